"""A test of a page asks for its elements: it never looks for words in the raw text of an answer."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

# Where the raw text itself is the point.
RAW_ON_PURPOSE = {
    "bursaries/test_deciding.py": "whether a seed stands anywhere in an answer, attributes too",
    "ledgers/test_ledgers.py": "whether a file is a PDF",
    "calendars/test_calendar_feed.py": "whether words stand anywhere in a calendar file",
    "supervision/contribution/test_contribution_pages.py": "whether a file is a PDF",
    "supervision/test_private_notes.py": "whether words stand anywhere in any answer, files and attributes too",
    "security/test_security_pages.py": "whether what people typed is escaped, once and not twice",
}
RAW = {"text", "data", "get_data", "html"}
STILL_TEXT = {"casefold", "decode", "join", "lower", "removeprefix", "replace", "split", "strip"}
SEARCHES = {"count", "endswith", "find", "index", "startswith"}


def is_raw(node: ast.expr, names: set[str]) -> bool:
    """Whether an expression is the text of an answer, or that text cut or joined."""
    match node:
        case ast.Attribute(value=value, attr=attribute):
            return attribute in RAW and not (isinstance(value, ast.Name) and value.id == "caplog")
        case ast.Name(id=name):
            return name in names
        case ast.Subscript(value=value):
            return is_raw(value, names)
        case ast.Call(func=ast.Attribute(value=value, attr=attribute), args=args):
            return attribute in RAW or (attribute in STILL_TEXT and any(is_raw(one, names) for one in [value, *args]))
    return False


def looks(node: ast.AST, names: set[str]) -> bool:
    """Whether words are looked for in raw text, or it is handed out for others to look."""
    match node:
        case ast.Compare(ops=ops, comparators=within):
            pairs = zip(ops, within, strict=True)
            return any(isinstance(op, ast.In | ast.NotIn) and is_raw(one, names) for op, one in pairs)
        case ast.Call(func=ast.Attribute(value=value, attr=attribute)):
            return attribute in SEARCHES and is_raw(value, names)
        case ast.Return(value=ast.expr() as value):
            return is_raw(value, names)
    return False


def raw_assertions(path: Path) -> Iterator[int]:
    """The lines of a module on which a function looks for words in raw text."""
    for function in ast.walk(ast.parse(path.read_text())):
        if isinstance(function, ast.FunctionDef):
            names: set[str] = set()
            for node in ast.walk(function):
                if isinstance(node, ast.Assign) and is_raw(node.value, names):
                    names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
            yield from (node.lineno for node in ast.walk(function) if looks(node, names))  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def found(root: Path) -> dict[str, list[int]]:
    """The lines with such assertions, by module."""
    tests = root / "tests" / "app"
    lines = {str(path.relative_to(tests)): sorted(set(raw_assertions(path))) for path in tests.rglob("*.py")}
    return {module: where for module, where in lines.items() if where}


def test_pages_are_read_by_their_elements(found: dict[str, list[int]]) -> None:
    assert {module: lines for module, lines in found.items() if module not in RAW_ON_PURPOSE} == {}


def test_each_exception_is_needed(found: dict[str, list[int]]) -> None:
    assert RAW_ON_PURPOSE.keys() - found.keys() == set()


@pytest.mark.parametrize(
    ("lines", "is_caught"),
    [
        ('assert "Save" in answer.text', True),
        ('assert "Save" not in browser.get("/").text', True),
        ('page = " ".join(browser.get("/").text.split())\n    assert "Save" in page', True),
        ('assert (answer.status_code, "Save" in answer.get_data(as_text=True)) == (200, True)', True),
        ('assert answer.text.count("Save") == 2', True),
        ('return browser.get("/").text.split("<main>")[1]', True),
        ('assert "Save" in shown(answer).buttons', False),
        ('assert json.loads(answer.text)["name"] in names', False),
    ],
)
def test_what_counts_as_looking_into_raw_text(tmp_path: Path, lines: str, is_caught: bool) -> None:
    module = tmp_path / "module.py"
    module.write_text(f"def test_it():\n    {lines}\n")
    assert bool(list(raw_assertions(module))) == is_caught
