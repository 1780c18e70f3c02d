"""Conventions of the code that a reader relies on."""

import ast
import re
from pathlib import Path

import pytest

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common"}
SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z])")


@pytest.fixture(scope="module")
def modules(our_files: list[Path]) -> list[Path]:
    return [path for path in our_files if path.suffix == ".py"]


def test_a_module_opens_with_one_sentence(modules: list[Path], root: Path) -> None:
    offenders = [
        str(path.relative_to(root)) for path in modules if path.stat().st_size and not opens_with_one_sentence(path)
    ]
    assert offenders == []


def test_no_module_is_named_after_nothing(modules: list[Path], root: Path) -> None:
    assert [str(path.relative_to(root)) for path in modules if path.stem in FORBIDDEN_NAMES] == []


def opens_with_one_sentence(path: Path) -> bool:
    opening = (ast.get_docstring(ast.parse(path.read_text())) or "").split("\n\n")[0]
    return opening.endswith((".", "?", "!")) and not SENTENCE_END.search(opening)
