"""Part of `check`: what the entries of a certificate say, read strictly: anything odd is no certificate.

The words are those of the file: a price is the dual of a row, a case a node of the search tree, its halves are that
node's children, and sharper prices are the duals of the root with its cuts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matching.checker.rows import Row

MOST_DIGITS = 1000  # of a number: far beyond any real price, and what is added up from them can still be shown


class Unproved(Exception):
    """The certificate is not one; says why."""


UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, Unproved)


@dataclass(frozen=True, slots=True)
class Prices:
    """One entry of a certificate: whole-number prices of rows and weights of held counts, over `scale`."""

    scale: int
    rows: dict[Row, int]
    held: list[int]

    def of(self, row: Row) -> int:
        """The price of a row, 0 where nothing is said."""
        return self.rows.get(row, 0)


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """A case of a certificate: closed by `prices`, or split at a row or a pair into two later cases."""

    prices: Prices | None = None
    row: Row = ()
    most: int = 0
    pair: tuple[str, ...] = ()
    halves: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """The certificate of one count: prices for the whole and, if these leave a gap, cuts and cases.

    A cut is a set of mentors' and studies' rows and a set of learners. `sharper` are prices with the cuts, at which
    what loses too much is left out once more.
    """

    prices: Prices
    cases: list[CaseEntry]
    cuts: list[tuple[set[Row], set[str]]]
    sharper: Prices | None


def read_entry(entry: dict[str, Any]) -> Entry:
    """Read an entry. Raises one of `UNREADABLE` when it has not the right shape. O(cases * log cases)."""
    cases = [_read_case(at, case) for at, case in enumerate(entry.get("cases", []))]
    halves = [half for case in cases for half in case.halves]
    if sorted(halves) != list(range(1, len(cases))):
        raise Unproved("its cases are no tree, in which each but the first is half of one before")
    sharper = _read_prices(entry["sharper"]) if "sharper" in entry else None
    return Entry(_read_prices(entry), cases, [_read_cut(cut) for cut in entry.get("cuts", [])], sharper)


def _read_case(at: int, case: dict[str, Any]) -> CaseEntry:
    if "halves" not in case:
        return CaseEntry(prices=_read_prices(case))
    below, above = (whole(half) for half in case["halves"])
    if min(below, above) <= at:
        raise Unproved("a case is split into earlier cases")
    if "pair" in case:
        learner, mentor, study = map(str, case["pair"])
        return CaseEntry(pair=(learner, mentor, study), halves=(below, above))
    row = tuple(str(name) for name in case["row"])
    if row[:1] not in (("opening",), ("mentor",), ("study",)) or len(row) != 2 + (row[0] == "opening"):
        raise Unproved(f"there is no limit {row} to split at")
    return CaseEntry(row=row, most=whole(case["most"]), halves=(below, above))


def _read_cut(cut: dict[str, Any]) -> tuple[set[Row], set[str]]:
    rows = {(str(kind), str(id_)) for kind, id_ in cut["rows"]}
    if any(kind not in ("mentor", "study") for kind, _ in rows):
        raise Unproved("a cut adds up something else than limits of mentors and studies")
    return set(rows), {str(learner) for learner in cut["learners"]}


def _read_prices(entry: dict[str, Any]) -> Prices:
    rows = {tuple(str(name) for name in priced[:-1]): whole(priced[-1]) for priced in entry["prices"]}
    held = [whole(weight) for weight in entry["held"]]
    scale = whole(entry["scale"])
    if scale < 1 or any(weight < 0 for weight in held) or len(rows) != len(entry["prices"]):
        raise Unproved("a scale or weight is negative, or a price is said twice")
    return Prices(scale, rows, held)


def whole(number: Any) -> int:
    """The number itself. Raises `Unproved` where it is no whole number, or a far too long one."""
    if type(number) is not int:
        raise Unproved(f"{number!r} is not a whole number")
    if abs(number) >= 10**MOST_DIGITS:
        raise Unproved(f"a number has more than {MOST_DIGITS} digits")
    return number


def read_goals(goals: list[dict[str, Any]]) -> dict[tuple[int, str], Entry]:
    """The entries of a part by the position of their stage and the name of their count. Raises one of `UNREADABLE`."""
    entries = {(whole(goal["stage"]), str(goal["goal"])): read_entry(goal) for goal in goals}
    if len(entries) != len(goals):
        raise Unproved("it has two entries for the same count")
    return entries
