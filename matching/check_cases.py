"""Part of `check`: a tree of cases, each closed by prices, shows that nothing better exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matching.check_bounds import Part, Priced, Prices, Row


class Unproved(Exception):
    """The certificate is not one; says why."""


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """A case of a certificate: closed by `prices`, or split at a row or a pair into two later cases."""

    prices: Prices | None = None
    row: Row = ()
    most: int = 0
    pair: tuple[str, ...] = ()
    halves: tuple[int, int] = (0, 0)


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
    """Read an entry; raises `Unproved`, `KeyError`, `TypeError` or `ValueError` when it has not the right shape."""
    cases = [_read_case(at, case) for at, case in enumerate(entry.get("cases", []))]
    if any(half >= len(cases) for case in cases for half in case.halves if case.prices is None):
        raise Unproved("a case is split into cases that are not there")
    sharper = _read_prices(entry["sharper"]) if "sharper" in entry else None
    return Entry(_read_prices(entry), cases, [_read_cut(cut) for cut in entry.get("cuts", [])], sharper)


def cases_close(part: Part, priced: Priced, entry: Entry, value: int) -> bool:
    """Whether the cases show that the count cannot be above the value."""
    if not entry.cases:
        return False
    count = priced.count
    whole_part = part.better_than(priced, value)
    if any(not rows <= whole_part.limits.keys() for rows, _ in entry.cuts):
        return False
    whole_part = whole_part.with_cuts(entry.cuts)
    if entry.sharper is not None:
        if not whole_part.fits(entry.sharper):
            return False
        whole_part = whole_part.better_than(whole_part.priced(count, entry.sharper), value)
    waiting = [(0, whole_part)]
    while waiting:
        at, left = waiting.pop()
        case = entry.cases[at]
        if case.prices is not None:
            if not left.fits(case.prices) or left.bound(count, case.prices) // case.prices.scale > value:
                return False
        else:
            waiting += zip(case.halves, _halves(left, case), strict=True)
    return True


def _halves(part: Part, case: CaseEntry) -> tuple[Part, Part]:
    if case.pair:
        return part.decide(case.pair, chosen=False), part.decide(case.pair, chosen=True)
    return part.limit(case.row, at_most=case.most), part.limit(case.row, at_least=case.most + 1)


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
    if type(number) is not int:
        raise Unproved(f"{number!r} is not a whole number")
    return number
