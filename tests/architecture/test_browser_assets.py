"""What set-up puts beside our own style sheet and script."""

import re
from pathlib import Path

import pytest

from hatch_build import NHS_PARTS, NHS_SCRIPTS, fill, fingerprint, only_used, part_of

NHS_CLASS = re.compile(r"(?<![\w-])nhsuk-([a-z][\w-]*)")
HOOKS = ("js-", "component", "frontend-", "skip-link-focused")  # what scripts look for or set, and no rule names


@pytest.fixture(scope="module")
def vendor(root: Path) -> Path:
    return root / "app" / "static" / "vendor"


@pytest.mark.parametrize("name", ["nhsuk/nhsuk.min.css", "nhsuk/nhsuk.min.js", "htmx/htmx.min.js"])
def test_a_page_can_count_on_the_asset(vendor: Path, name: str) -> None:
    assert (vendor / name).stat().st_size > 10_000


def test_the_style_sheet_asks_only_for_files_that_are_there(vendor: Path) -> None:
    style = (vendor / "nhsuk" / "nhsuk.min.css").read_text()
    asked = {address.strip("\"'") for address in re.findall(r"url\(([^)]+)\)", style) if "data:" not in address}
    assert asked
    assert [address for address in asked if not (vendor / "nhsuk" / address).is_file()] == []


def test_no_asset_sends_the_browser_after_a_source_map(vendor: Path) -> None:
    assert [path.name for path in vendor.rglob("*.*s") if "sourceMappingURL" in path.read_text()] == []


def test_the_nhs_logo_is_not_among_the_images(vendor: Path) -> None:
    logos = re.compile(r"favicon|opengraph|mask|nhsuk-icon-\d+")
    assert [path.name for path in vendor.rglob("*") if logos.search(path.name)] == []


def test_fonts_of_another_host_are_left_out() -> None:
    assert only_used("@font-face{src:url(https://elsewhere.example/a.woff2)}p{margin:0}") == "p{margin:0}"


def test_rules_of_parts_that_no_page_uses_are_left_out() -> None:
    kept = "p,.nhsuk-button--secondary:not(.nhsuk-hero a){margin:0}"
    assert (
        only_used(".nhsuk-hero{margin:0}p,.nhsuk-hero p,.nhsuk-button--secondary:not(.nhsuk-hero a){margin:0}") == kept
    )
    assert only_used("@media print{.nhsuk-hero p{margin:0}@supports (gap:0){.nhsuk-hero{gap:0}}}") == ""
    assert only_used("@media print{.nhsuk-tag{margin:0}.nhsuk-hero{margin:0}}") == "@media print{.nhsuk-tag{margin:0}}"


@pytest.fixture(scope="module")
def named(our_files: list[Path], root: Path, vendor: Path) -> set[str]:
    """The parts of the NHS design system that our templates and scripts name, and the scripts of its components."""
    ours = [
        path for path in our_files if path.is_relative_to(root / "templates") or path.parent == root / "app" / "static"
    ]
    shown = [*ours, vendor / "nhsuk" / "nhsuk.min.js"]
    return {part_of(name) for path in shown for name in NHS_CLASS.findall(path.read_text())}


def test_every_part_that_a_page_names_is_in_the_style_sheet(named: set[str]) -> None:
    hooks = {name for name in named if name.startswith(HOOKS) or name.endswith("-")}
    assert named - hooks - set(NHS_PARTS.split()) == set()


def test_no_part_is_sent_that_no_page_names(named: set[str]) -> None:
    assert set(NHS_PARTS.split()) - named == set()


def test_the_script_has_the_components_that_pages_name(our_files: list[Path], root: Path) -> None:
    markup = "".join(path.read_text() for path in our_files if path.suffix == ".html")
    script = (root / "app" / "static" / "app.js").read_text()
    for name in NHS_SCRIPTS:
        words = "-".join(re.findall("[A-Z][a-z]+", name)).lower()
        assert f'"nhsuk-{words}"' in markup
        assert name in script


def test_nothing_is_fetched_while_the_assets_are_those_of_the_lock(root: Path, tmp_path: Path) -> None:
    (tmp_path / "fingerprint.txt").write_text(fingerprint(root))
    fill(root, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["fingerprint.txt"]
