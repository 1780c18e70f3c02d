"""Conventions of templates, style sheets and scripts that a reader and a strict content security policy rely on."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

LONGEST_LINE = 120
INLINE = re.compile(r"""<[^>]*\s(style|on[a-z]+|hx-on[:\w-]*)\s*=|<style\b|<script(?![^>]*\ssrc=)|javascript:""")
SUMMARY_LIST = "components/summary_list.html"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CLASS = re.compile(r"\.(app-[a-z][\w-]*)")


@pytest.fixture(scope="module")
def templates(our_files: list[Path], root: Path) -> list[Path]:
    return [path for path in our_files if path.is_relative_to(root / "templates")]


@pytest.fixture(scope="module")
def style_sheets(our_files: list[Path], root: Path) -> list[Path]:
    return [path for path in our_files if path.parent == root / "app" / "static" and path.suffix == ".css"]


@pytest.fixture(scope="module")
def scripts(our_files: list[Path], root: Path) -> list[Path]:
    return [path for path in our_files if path.parent == root / "app" / "static" and path.suffix == ".js"]


def test_no_line_is_longer_than_a_reader_sees(
    templates: list[Path], style_sheets: list[Path], scripts: list[Path]
) -> None:
    kinds = [templates, style_sheets, scripts]
    assert all(kinds)
    assert [place for paths in kinds for path in paths for place in long_lines(path)] == []


def test_the_content_security_policy_blocks_nothing_of_a_template(templates: list[Path]) -> None:
    assert [f"{path}: {found.group()}" for path in templates for found in INLINE.finditer(path.read_text())] == []


@pytest.mark.parametrize(
    "line",
    ['<p style="color: red">', '<a href="#" onclick="go()">', "<form hx-on:submit='go()'>", "<script>go()</script>"],
)
def test_what_the_policy_blocks_is_recognised(line: str) -> None:
    assert INLINE.search(line)


def test_a_page_stands_in_the_folder_of_the_views_that_show_it(our_files: list[Path], root: Path) -> None:
    views = [path for path in our_files if path.is_relative_to(root / "app") and path.stem.endswith("views")]
    shown = [(str(path.parent.relative_to(root / "app")), page) for path in views for page in pages_of(path)]
    assert shown
    assert [(folder, page) for folder, page in shown if page.rpartition("/")[0] not in {folder, "components"}] == []


def test_a_component_says_how_it_is_called(templates: list[Path]) -> None:
    components = [path for path in templates if path.parent.name == "components"]
    assert [path.name for path in components if not path.read_text().startswith("{# ")] == []


def test_summary_lists_are_written_by_their_macro(templates: list[Path], root: Path) -> None:
    by_hand = [path for path in templates if "nhsuk-summary-list" in path.read_text()]
    assert by_hand == [root / "templates" / SUMMARY_LIST]


def test_templates_build_on_nothing_but_our_own(templates: list[Path], root: Path) -> None:
    """The macros of the NHS package take most of the time that a form costs."""
    named = {
        name
        for path in templates
        for name in re.findall(r"""{%-?\s*(?:from|import|include|extends)\s+["']([^"']+)""", path.read_text())
    }
    assert "components/fields.html" in named
    assert [name for name in sorted(named) if not (root / "templates" / name).is_file()] == []


def test_a_style_sheet_has_one_declaration_a_line(style_sheets: list[Path]) -> None:
    assert [place for path in style_sheets for place in crowded_lines(path.read_text())] == []


@pytest.mark.parametrize("rule", ["p { margin: 0; }", "p {\n  margin: 0; padding: 0;\n}", "p { color: red }"])
def test_a_crowded_line_is_recognised(rule: str) -> None:
    assert list(crowded_lines(rule))


def test_every_class_of_our_style_sheets_is_used(
    style_sheets: list[Path], scripts: list[Path], templates: list[Path]
) -> None:
    shown = "\n".join(path.read_text() for path in templates + scripts)
    ours = {name for path in style_sheets for name in CLASS.findall(without_comments(path.read_text()))}
    assert [name for name in sorted(ours) if not is_named(name, shown)] == []


def long_lines(path: Path) -> Iterator[str]:
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if len(line) > LONGEST_LINE:
            yield f"{path}:{number}: {len(line)}"


def crowded_lines(css: str) -> Iterator[str]:
    """Lines that hold more than a selector with its brace, one declaration or a closing brace."""
    for line in without_comments(css).splitlines():
        content = line.strip()
        if sum(map(content.count, "{};")) > 1 or ("{" in content and not content.endswith("{")):
            yield content


def without_comments(css: str) -> str:
    return COMMENT.sub("", css)


def is_named(name: str, shown: str) -> bool:
    """Say whether a class stands in what is shown, whole or as `app-heat--{{ ... }}`, whose end is a number."""
    stem = re.sub(r"(?<=--)\d+$", "{{", name)
    return re.search(rf"(?<![\w-]){re.escape(stem)}(?![\w-])", shown) is not None


def pages_of(views: Path) -> Iterator[str]:
    """The templates that a module names."""
    for node in ast.walk(ast.parse(views.read_text())):
        if isinstance(node, ast.Constant) and str(node.value).endswith(".html"):
            yield str(node.value)
