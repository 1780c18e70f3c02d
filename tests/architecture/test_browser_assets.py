"""What set-up puts beside our own style sheet and script."""

import re
from pathlib import Path

import pytest

from hatch_build import fill, fingerprint, own_host_only


@pytest.fixture(scope="module")
def vendor(root: Path) -> Path:
    return root / "app" / "static" / "vendor"


@pytest.mark.parametrize("name", ["nhsuk/nhsuk-frontend.min.css", "nhsuk/nhsuk-frontend.min.js", "htmx/htmx.min.js"])
def test_a_page_can_count_on_the_asset(vendor: Path, name: str) -> None:
    assert (vendor / name).stat().st_size > 10_000


def test_the_style_sheet_asks_only_for_files_that_are_there(vendor: Path) -> None:
    style = (vendor / "nhsuk" / "nhsuk-frontend.min.css").read_text()
    asked = {address.strip("\"'") for address in re.findall(r"url\(([^)]+)\)", style) if "data:" not in address}
    assert asked
    assert [address for address in asked if not (vendor / "nhsuk" / address).is_file()] == []


def test_no_asset_sends_the_browser_after_a_source_map(vendor: Path) -> None:
    assert [path.name for path in vendor.rglob("*.*s") if "sourceMappingURL" in path.read_text()] == []


def test_the_nhs_logo_is_not_among_the_images(vendor: Path) -> None:
    logos = re.compile(r"favicon|opengraph|mask|nhsuk-icon-\d+")
    assert [path.name for path in vendor.rglob("*") if logos.search(path.name)] == []


def test_fonts_of_another_host_are_left_out_and_images_stand_beside_the_style_sheet() -> None:
    style = "@font-face{src:url(https://elsewhere.example/a.woff2)}p{background:url(/assets/images/x.svg)}"
    assert own_host_only(style + "\n/*# sourceMappingURL=a.css.map */\n") == "p{background:url(assets/images/x.svg)}\n"


def test_nothing_is_fetched_while_the_assets_are_those_of_the_lock(root: Path, tmp_path: Path) -> None:
    (tmp_path / "fingerprint.txt").write_text(fingerprint(root))
    fill(root, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["fingerprint.txt"]
