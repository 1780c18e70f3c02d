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


# A day that was read from a registry, and days of the demonstration, which is made at noon.
OTHER_DAYS = {"app/registries/clinicaltrials_gov.py", "app/demo/playing/people_rows.py"}


def test_one_place_says_on_which_day_a_moment_falls(modules: list[Path], root: Path) -> None:
    """The date() of a moment is that of UTC: for an hour of every summer night it is not the day in London."""
    with_days = {
        str(path.relative_to(root)) for path in modules if path.is_relative_to(root / "app") and asks_for_days(path)
    }
    assert with_days - OTHER_DAYS == {"app/language/times.py"}


def asks_for_days(path: Path) -> bool:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return any(isinstance(called, ast.Attribute) and called.attr == "date" for called in calls)
