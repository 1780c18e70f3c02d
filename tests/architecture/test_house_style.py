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


OF_DAYS = "app/language/dates_and_times.py"
READ_AS_A_DAY = "app/registries/clinicaltrials_gov.py"  # never was a moment
DAYS_OF_THE_CLOCK = {"date", "today", "utcnow", "current_date", "localtime", "gmtime"}


def test_one_place_says_on_which_day_a_moment_falls(modules: list[Path], root: Path) -> None:
    """The date() of a moment is that of UTC: for an hour of every summer night it is not the day in London."""
    with_days = {str(path.relative_to(root)) for path in modules if asks_for_days(ast.parse(path.read_text()))}
    assert with_days == {OF_DAYS, READ_AS_A_DAY}


def asks_for_days(module: ast.AST) -> bool:
    """Whether a day is made out of a moment or the machine's clock, in Python or in the database."""
    return any(
        isinstance(called := node.func, ast.Attribute) and called.attr in DAYS_OF_THE_CLOCK
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
    )


@pytest.mark.parametrize(
    ("line", "is_caught"),
    [
        ("day = now.date()", True),
        ("day = datetime.now(UTC).date()", True),
        ("day = date.today()", True),
        ("day = func.date(Offer.offered_at)", True),
        ("day = func.current_date()", True),
        ("day = today()", False),
        ("day = day_of(now)", False),
        ("day = date(2026, 3, 3)", False),
    ],
)
def test_what_counts_as_asking_for_a_day(line: str, is_caught: bool) -> None:
    assert asks_for_days(ast.parse(line)) == is_caught


def test_a_page_says_what_was_done_only_once_it_is_committed(root: Path) -> None:
    """`flash` of Flask speaks at once, also of what is rolled back afterwards; ours waits."""
    too_soon = re.compile(r"from flask import [^\n]*\bflash\b|flask\.flash\(")
    found = {path.name for path in (root / "app").rglob("*.py") if too_soon.search(path.read_text(encoding="utf-8"))}
    assert found == {"messages.py"}
