"""The tree of cases by which a search divides what prices leave possible, and how a wider face takes a tree over."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from matching.branch_and_bound.zero_half_cuts import Cut, with_rows
from matching.lp.highs_model import Outcome
from matching.lp.lagrangian import Multipliers
from matching.model.face import Bools, Face, Goal, Ints


@dataclass(frozen=True, slots=True)
class Split:
    """Either the load of row `at` is at most `most`, or more; for a pair (`is_pair`), left out or chosen."""

    is_pair: bool
    at: int
    most: int


@dataclass(slots=True)
class Case:
    """A node of the tree: what was decided on the way, and either its split into two cases or the closing prices.

    limits  load limits by row, `pairs` whether a pair is chosen, both by position in the branching face
    bound   what the goal cannot exceed here: believed as HiGHS says it, until `prices` show it
    outcome the programme's answer, while the case is open
    """

    limits: dict[int, tuple[int, int]]
    pairs: dict[int, bool]
    bound: int
    split: Split | None = None
    halves: tuple[int, int] | None = None
    prices: Multipliers | None = None
    outcome: Outcome | None = None


@dataclass(slots=True)
class Tree:
    """All cases, the first being the root.

    `face` has a row for every cut and then for each of `openings`, their numbers ascending, besides the limits' rows.
    `sharper` are prices that include the cuts: what loses too much at them was left out before the first case.
    """

    face: Face
    openings: Ints
    cuts: list[Cut]
    sharper: Multipliers | None
    cases: list[Case] = field(default_factory=list)

    @property
    def first_opening(self) -> int:
        return self.face.none - len(self.openings)

    @property
    def can_grow(self) -> bool:
        """Whether a wider face can take it over: what it says of single pairs may be of pairs that are not there. One
        that closed at once has nothing to spare a search that finds cuts of its own."""
        return len(self.cases) > 1 and all(case.split is None or not case.split.is_pair for case in self.cases)


def with_openings(face: Face, openings: Ints) -> Face:
    """The face with one row more for each of these openings, without limits, after the other rows."""
    return with_rows(face, np.searchsorted(openings, face.opening)[:, None], np.full(len(openings), len(face.must)))


def halves_of(face: Face, case: Case, split: Split, highest: int) -> tuple[Case, Case]:
    """A case's two halves, not yet bounded by more than `highest`: at most so many and more, or without the pair and
    with it."""
    if split.is_pair:
        without, with_it = ({**case.pairs, split.at: chosen} for chosen in (False, True))
        return Case(case.limits, without, highest), Case(case.limits, with_it, highest)
    low, high = case.limits.get(split.at, (int(face.low[split.at]), int(face.high[split.at])))
    least = 0 if face.zero_ok[split.at] else low
    below, above = (least, min(high, split.most)), (max(low, split.most + 1), high)
    first, second = ({**case.limits, split.at: loads} for loads in (below, above))
    return Case(first, case.pairs, highest), Case(second, case.pairs, highest)


def case_face(
    face: Face, goal: Goal, limits: dict[int, tuple[int, int]], pairs: dict[int, bool], needless: Bools
) -> tuple[Face, Goal]:
    """The face and goal with what a case has decided, without the pairs that are needless."""
    low, high, zero_ok, must = face.low.copy(), face.high.copy(), face.zero_ok.copy(), face.must.copy()
    for row, (least, most) in limits.items():
        low[row], high[row], zero_ok[row] = least, most, False
    keep = ~needless
    for pair, chosen in pairs.items():
        if chosen:
            must[face.learner[pair]] = True
            keep &= (face.learner != face.learner[pair]) | (np.arange(len(keep)) == pair)
        else:
            keep[pair] = False
    decided = replace(face, low=low, high=high, zero_ok=zero_ok, must=must).restricted(keep)
    return decided, Goal(goal.name, goal.worth[keep], goal.squares)


def rows_in(new: Tree, old: Tree) -> Ints:
    """Where the rows of a tree stand in another with the same cuts and at least the same openings."""
    row = np.arange(old.face.none + 1)
    row[old.first_opening : -1] = new.first_opening + np.searchsorted(new.openings, old.openings)
    row[-1] = new.face.none
    return row


def prices_in(new: Tree, row: Ints, prices: Multipliers | None) -> Multipliers:
    """Prices of a closed case of the other tree, for these rows."""
    assert prices is not None, "the tree was closed"
    rows = np.zeros(new.face.none + 1, dtype=np.int64)
    rows[row] = prices.rows
    return replace(prices, rows=rows)
