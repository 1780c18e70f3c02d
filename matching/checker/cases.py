"""Part of `check`: a tree of cases, each closed by prices, shows that nothing better exists."""

from __future__ import annotations

from matching.checker.bounds import Part, Priced
from matching.checker.entries import CaseEntry, Entry


def cases_close(part: Part, priced: Priced, entry: Entry, value: int) -> bool:
    """Whether the cases show that the count cannot be above the value. O(m + r) for each of them."""
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
