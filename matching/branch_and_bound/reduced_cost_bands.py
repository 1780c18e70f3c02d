"""The three-way path: limits that cross, solved by duals first and by search only where they leave a gap.

The linear relaxation gives duals, and duals give every pair a reduced cost: what the bound falls when the pair is
chosen. A solution better than the incumbent can only use pairs whose reduced costs fit into the gap, so an exact
search (cuts and nodes, `matching.branch_and_bound.search`) over a narrow band of small reduced costs is enough; it is
widened until the band covers the gap, which proves the optimum. (Reduced-cost fixing, as in Dantzig, Fulkerson and
Johnson 1954, as a search order.)
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matching.branch_and_bound.nodes import SearchTree
from matching.branch_and_bound.optimum import Optimum
from matching.branch_and_bound.resource_split import greedy_choice, split_resources
from matching.branch_and_bound.search import MOST_NODES, SearchResult, WarmStart, branch_and_bound
from matching.deadline import Deadline
from matching.lp.column_generation import LpRelaxation, TwoGoalDuals, solve_both_goals, solve_lp_relaxation
from matching.lp.highs_model import Floats, HighsModel
from matching.lp.integer_duals import integer_bound
from matching.lp.lagrangian import LagrangianBound, Multipliers, fixed_by_reduced_cost, lagrangian_bound, optimal_face
from matching.model.face import Bools, Face, Goal, Ints
from matching.solution import BY_CASES, BY_DUALS, BY_SEARCH

ENOUGH_NODES = 300
LITTLE_WIDER = 2  # times a band, so that the band is not worth a search of its own
NARROWEST = 500_000  # of the bound, the share of it that the first band may lose
WITH_BASIS = 9  # times as much for a search that begins with a basis, which does not mind a few pairs more


def optimise(
    face: Face,
    goal: Goal,
    start: Bools | None,
    hint: Ints,
    deadline: Deadline,
    known_duals: Multipliers | TwoGoalDuals | None = None,
    warm_start: WarmStart | None = None,
) -> Optimum | None:
    """Return the best choice, or None when nothing satisfies the face.

    `start` is a choice known to satisfy it; `hint` (m,) says which pairs later goals will like; `known_duals` are
    duals from an earlier goal that solved this one's relaxation with it, or that came with `warm_start`: a basis of
    this face and cuts, from which the search begins without trust in the start. For a goal that only counts pairs they
    may be those of the hint too. Raises `NothingFound` when the time is over before any choice is known.
    """
    incumbent, both_duals, relaxed = start, None, None
    if isinstance(known_duals, Multipliers):
        lagrangian = lagrangian_bound(face, goal, known_duals)
    elif known_duals is not None:
        both_duals, lagrangian = known_duals, lagrangian_bound(face, goal, known_duals.here)
    else:
        both_duals = solve_both_goals(face, goal, hint, start, deadline) if goal.is_coarse else None
        if both_duals is not None:
            lagrangian = lagrangian_bound(face, goal, both_duals.here)
        else:
            relaxed = solve_lp_relaxation(face, goal, start, deadline)
            if relaxed.outcome.status == "infeasible":
                return None
            lagrangian = lagrangian_bound(face, goal, relaxed.multipliers)
            incumbent = _better(face, goal, start, _rounded_choice(face, relaxed.outcome.share))
    if goal.is_coarse and not _closes(face, goal, incumbent, lagrangian):
        incumbent = _better(face, goal, incumbent, _at_the_bound(face, goal, hint, lagrangian, both_duals, deadline))
    if incumbent is not None and _closes(face, goal, incumbent, lagrangian):
        bound = lagrangian.integer_bound
        then = both_duals.then if both_duals is not None else None
        return Optimum(incumbent, bound, bound, BY_DUALS, lagrangian, known_duals=then)
    return _BandSearch(face, goal, incumbent, lagrangian, relaxed, deadline, warm_start).run()


def _closes(face: Face, goal: Goal, incumbent: Bools | None, lagrangian: LagrangianBound) -> bool:
    return incumbent is not None and face.value(goal, incumbent) >= lagrangian.integer_bound


def _at_the_bound(
    face: Face, goal: Goal, hint: Ints, lagrangian: LagrangianBound, both_duals: TwoGoalDuals | None, deadline: Deadline
) -> Bools | None:
    """Suppose that the bound is reached and look for a choice that does so by following the hint."""
    near_optimal_start = optimal_face(face, goal, lagrangian, lagrangian.integer_bound)
    wish = Goal("hint", hint[np.isin(face.pair, near_optimal_start.pair, assume_unique=True)])
    if both_duals is not None:
        wished = lagrangian_bound(near_optimal_start, wish, both_duals.then)
    else:
        relaxed = solve_lp_relaxation(near_optimal_start, wish, None, deadline)
        if relaxed.outcome.status != "optimal":
            return None
        wished = lagrangian_bound(near_optimal_start, wish, relaxed.multipliers)
    for band in list(_bands(wished))[:4]:
        narrow, within = _narrowed(near_optimal_start, wish, wished, band)
        found = branch_and_bound(narrow, within, None, deadline, any_will_do=True).chosen
        if found is not None:
            return _widened(face, narrow, found)
    return None


class _BandSearch:
    """Searches band after band; a band that holds everything better than the incumbent gives the proof.

    Where the duals were foreseen, with nothing to begin with, the best is near the optimum: that band is the first.
    """

    def __init__(
        self,
        face: Face,
        goal: Goal,
        incumbent: Bools | None,
        lagrangian: LagrangianBound,
        relaxed: LpRelaxation | None,
        deadline: Deadline,
        warm_start: WarmStart | None,
    ) -> None:
        self.face, self.goal, self.incumbent, self.deadline = face, goal, incumbent, deadline
        self.lagrangian, self.relaxed = lagrangian, relaxed
        self.bound = lagrangian.integer_bound
        self.is_near, self.first_band = relaxed is None and warm_start is None, 1 if warm_start is None else WITH_BASIS
        self.warm_start = warm_start or WarmStart(None if relaxed is None else relaxed.basis)

    def run(self) -> Optimum | None:
        for band in _bands(self.lagrangian, self.first_band):
            band, is_last = self._widest_needed(band)
            result = self._search_within(band, is_last=is_last)
            self._learn(result)
            if self.incumbent is None and is_last and result.bound == -math.inf:
                return None
            if self.incumbent is not None and self._is_proved(result, band, is_last=is_last):
                return _proved(self.incumbent, self.bound, self.lagrangian, result.tree)
            if self.deadline.is_over() or is_last:
                break
        return self._best_effort()

    def _widest_needed(self, band: float) -> tuple[float, bool]:
        """What something better than the best may lose, when that is little or the best is near the optimum; else this
        band."""
        if self.incumbent is None:
            return band, not math.isfinite(band)
        known = self.face.value(self.goal, self.incumbent)
        needed = self.lagrangian.bound - self.lagrangian.multipliers.scale * (known + 1)
        is_last = self.is_near or needed <= LITTLE_WIDER * band
        return (needed if is_last else band), is_last

    def _search_within(self, band: float, *, is_last: bool) -> SearchResult:
        narrow, within = _narrowed(self.face, self.goal, self.lagrangian, band)
        kept = np.isin(self.face.pair, narrow.pair, assume_unique=True)
        known = None if self.incumbent is None else self.face.value(self.goal, self.incumbent)
        result = _search_band(narrow, within, known, self.deadline, self.warm_start.within(kept), is_last=is_last)
        return replace(result, chosen=_widened(self.face, narrow, result.chosen))

    def _learn(self, result: SearchResult) -> None:
        """Take over what a search brought; where it gave up without any choice, deal places out."""
        self.warm_start = WarmStart(self.warm_start.basis, result.cuts, result.tree)
        if result.chosen is not None:
            self.incumbent = result.chosen
            self.is_near = self.is_near or result.tree is not None
        elif self.incumbent is None and result.gave_up and self.relaxed is not None:
            self.incumbent = split_resources(self.face, self.goal, self.relaxed, self.lagrangian, self.deadline)

    def _is_proved(self, result: SearchResult, band: float, *, is_last: bool) -> bool:
        """Whether nothing better is left, inside the band as the search shows and outside as the duals do."""
        assert self.incumbent is not None
        value, scale = self.face.value(self.goal, self.incumbent), self.lagrangian.multipliers.scale
        outside = (self.lagrangian.bound - int(band) - 1) // scale if math.isfinite(band) else -math.inf
        self.bound = int(max(value, min(self.bound, max(outside, result.bound))))
        self.deadline.tell(value, self.bound)
        return self.bound == value and (result.tree is not None or is_last)

    def _best_effort(self) -> Optimum:
        if self.incumbent is None:
            self.incumbent = greedy_choice(self.face, self.lagrangian.reduced_cost)
        if self.incumbent is None:
            self.deadline.nothing_found()
        value = self.face.value(self.goal, self.incumbent)
        return Optimum(self.incumbent, value, self.bound, BY_SEARCH, self.lagrangian)


def _proved(incumbent: Bools, value: int, lagrangian: LagrangianBound, tree: SearchTree | None) -> Optimum:
    """The optimum with the simplest proof there is."""
    if lagrangian.integer_bound == value:
        return Optimum(incumbent, value, value, BY_DUALS, lagrangian)
    return Optimum(incumbent, value, value, BY_CASES if tree else BY_SEARCH, lagrangian, tree)


def _narrowed(face: Face, goal: Goal, lagrangian: LagrangianBound, band: float) -> tuple[Face, Goal]:
    narrow = fixed_by_reduced_cost(face, lagrangian, int(band)) if math.isfinite(band) else face
    kept = np.isin(face.pair, narrow.pair, assume_unique=True)
    return narrow, Goal(goal.name, goal.worth[kept], goal.squares)


def _bands(lagrangian: LagrangianBound, times: int = 1) -> Iterator[float]:
    """Losses to search within, from `times` the narrowest to everything."""
    band: float = times * (2 * lagrangian.multipliers.scale + abs(lagrangian.bound) // NARROWEST)
    while band < abs(lagrangian.bound):
        yield band
        band *= 3
    yield math.inf


def _search_band(
    narrow: Face, goal: Goal, known: int | None, deadline: Deadline, warm_start: WarmStart, *, is_last: bool
) -> SearchResult:
    """The best choice above `known` if any, a bound on all of them, and the tree that proves it.

    By branch and bound first; where its nodes become too many in the last band, by the branch and cut of HiGHS,
    which leaves no tree. Bands before the last only have to bring a good choice.
    """
    most_nodes = MOST_NODES if is_last else ENOUGH_NODES
    result = branch_and_bound(narrow, goal, known, deadline, warm_start=warm_start, most_nodes=most_nodes)
    if result.tree is not None or not is_last:
        return result
    model = HighsModel(narrow, goal, np.arange(len(narrow.pair)), whole=True)
    model.highs.setOptionValue("mip_rel_gap", 0.0)
    model.highs.setOptionValue("mip_abs_gap", 0.5)  # values are whole, sums of floats are not quite
    if result.chosen is not None:
        model.start_from(result.chosen)
    outcome = model.run(deadline.seconds_left())
    chosen = _better(narrow, goal, result.chosen, _rounded_choice(narrow, outcome.share))
    if chosen is not None and known is not None and narrow.value(goal, chosen) <= known:
        chosen = None
    return replace(result, chosen=chosen, bound=min(result.bound, integer_bound(outcome.bound)))


def _rounded_choice(face: Face, share: Floats | None) -> Bools | None:
    """The choice that the shares round to, if it obeys every limit exactly."""
    if share is None or (np.abs(share - np.rint(share)) > 1e-4).any():
        return None
    chosen = share > 0.5
    return chosen if face.admits(chosen) else None


def _widened(face: Face, narrow: Face, chosen: Bools | None) -> Bools | None:
    if chosen is None:
        return None
    return np.isin(face.pair, narrow.pair[chosen], assume_unique=True)


def _better(face: Face, goal: Goal, one: Bools | None, other: Bools | None) -> Bools | None:
    if one is None or other is None:
        return other if one is None else one
    return other if face.value(goal, other) > face.value(goal, one) else one
