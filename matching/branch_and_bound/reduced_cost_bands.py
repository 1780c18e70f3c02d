"""The three-way path: limits that cross, solved by duals first and by search only where they leave a gap.

The linear relaxation gives duals, and duals give every pair a reduced cost: what the bound falls when the pair is
chosen. A solution better than the incumbent can only use pairs whose reduced costs fit into the gap, so an exact
search (cuts and nodes, `matching.branch_and_bound.search`) over a narrow band of small reduced costs is enough; it is
widened until the band covers the gap, which proves the optimum. (Reduced-cost fixing, as in Dantzig, Fulkerson and
Johnson 1954, as a search order.)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from matching.assignment.decided_loads import choice_of_shares
from matching.branch_and_bound.nodes import SearchTree
from matching.branch_and_bound.optimum import Optimum
from matching.branch_and_bound.resource_split import greedy_choice, split_resources
from matching.branch_and_bound.root import WarmStart
from matching.branch_and_bound.search import MOST_NODES, SearchResult, branch_and_bound
from matching.deadline import Deadline
from matching.lp.branch_and_cut import branch_and_cut
from matching.lp.column_generation import solve_lp_relaxation
from matching.lp.first_bound import FirstBound, first_bound
from matching.lp.integer_duals import integer_bound
from matching.lp.lagrangian import LagrangianBound, Multipliers, fixed_by_reduced_cost, lagrangian_bound, optimal_face
from matching.lp.two_goals import TwoGoalDuals, hint_on
from matching.model.face import Bools, Ints
from matching.model.subproblem import Restriction, Subproblem
from matching.solution import BY_CASES, BY_DUALS, BY_SEARCH, KNOWN, PROGRAMME, PROGRAMME_AND_ASSIGNMENT, SEARCH

ENOUGH_NODES = 300
LITTLE_WIDER = 2  # times a band, so that the band is not worth a search of its own
NARROWEST = 500_000  # of the bound, the share of it that is the first band
HINTED_BANDS = 4  # in which a choice at the bound is looked for
NEARLY_WHOLE = 1e-4
WITH_BASIS = 9  # times as much for a search that begins with a basis, which does not mind a few pairs more


Finder = Callable[[Subproblem, Ints, FirstBound, Deadline], Bools | None]


def optimise(
    subproblem: Subproblem,
    start: Bools | None,
    hint: Ints,
    deadline: Deadline,
    known_duals: Multipliers | TwoGoalDuals | None = None,
    warm_start: WarmStart | None = None,
) -> Optimum | None:
    """Return the best choice, or None when nothing satisfies the limits.

    `start` is a choice (m,) known to satisfy them; `hint` (m,) says which pairs later goals will like; `known_duals`
    are duals from an earlier goal that solved this one's relaxation with it, or that came with `warm_start`: a basis
    and cuts, from which the search begins without trust in the start. For a goal that only counts pairs they may be
    those of the hint too. Mostly a few simplex runs; exponential at worst, where limits cross badly. Raises
    `NothingFound` when the time is over before any choice is known.
    """
    first = first_bound(subproblem, start, hint, deadline, known_duals)
    if first.is_infeasible:
        return None
    incumbent, method = start, KNOWN
    for name, find in _finders(subproblem):
        if not first.is_reached(subproblem, incumbent):
            incumbent, method = subproblem.better(incumbent, find(subproblem, hint, first, deadline)), name
    if incumbent is not None and first.is_reached(subproblem, incumbent):
        bound = first.lagrangian.integer_bound
        return Optimum(incumbent, bound, bound, BY_DUALS, first.lagrangian, None, first.hint_duals, method)
    return _BandSearch(subproblem, incumbent, first, deadline, warm_start).run()


def _finders(subproblem: Subproblem) -> Iterator[tuple[str, Finder]]:
    """What may find a choice at the bound, the quickest first."""
    yield PROGRAMME, _rounded
    if subproblem.goal.is_coarse:
        yield PROGRAMME_AND_ASSIGNMENT, _assigned
        yield SEARCH, _at_the_bound


def _rounded(subproblem: Subproblem, hint: Ints, first: FirstBound, deadline: Deadline) -> Bools | None:
    return subproblem.rounded(first.share, NEARLY_WHOLE)


def _assigned(subproblem: Subproblem, hint: Ints, first: FirstBound, deadline: Deadline) -> Bools | None:
    """A choice at the bound with as many learners in each opening as goal and hint together say."""
    if first.share_of_both is None:
        return None
    near = optimal_face(subproblem, first.lagrangian, first.lagrangian.integer_bound)
    found = choice_of_shares(hint_on(near, hint), near.kept_of(first.share_of_both))
    return None if found is None else near.lifted(found)


def _at_the_bound(subproblem: Subproblem, hint: Ints, first: FirstBound, deadline: Deadline) -> Bools | None:
    """Suppose that the bound is reached and look for a choice that does so by following the hint."""
    near = optimal_face(subproblem, first.lagrangian, first.lagrangian.integer_bound)
    hinted, duals = hint_on(near, hint), first.hint_duals
    if duals is None:
        relaxation = solve_lp_relaxation(hinted, None, deadline)
        if relaxation.outcome.status != "optimal":
            return None
        duals = relaxation.multipliers
    lagrangian = lagrangian_bound(hinted, duals)
    for band in islice(_bands(lagrangian), HINTED_BANDS):
        narrow = _within(hinted, lagrangian, band)
        found = branch_and_bound(narrow, None, deadline, any_will_do=True).chosen
        if found is not None:
            return near.lifted(narrow.lifted(found))
    return None


class _BandSearch:
    """Searches band after band; a band that holds everything better than the incumbent gives the proof.

    Where the duals were known before, with nothing to begin with, the optimum is near them: that band is the first.
    """

    def __init__(
        self,
        subproblem: Subproblem,
        incumbent: Bools | None,
        first: FirstBound,
        deadline: Deadline,
        warm_start: WarmStart | None,
    ) -> None:
        self.subproblem, self.incumbent, self.deadline = subproblem, incumbent, deadline
        self.lagrangian, self.relaxation = first.lagrangian, first.relaxation
        self.bound = first.lagrangian.integer_bound
        self.is_near = first.relaxation is None and warm_start is None
        self.first_band = 1 if warm_start is None else WITH_BASIS
        self.warm_start = warm_start or WarmStart(None if first.relaxation is None else first.relaxation.basis)

    @property
    def incumbent_value(self) -> int | None:
        return None if self.incumbent is None else self.subproblem.value(self.incumbent)

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
        """The reduced cost that something better than the incumbent may have, when that is little or the incumbent is
        near the optimum; else this band."""
        value = self.incumbent_value
        if value is None:
            return band, not math.isfinite(band)
        needed = self.lagrangian.gap(value + 1)
        is_last = self.is_near or needed <= LITTLE_WIDER * band
        return (needed if is_last else band), is_last

    def _search_within(self, band: float, *, is_last: bool) -> SearchResult:
        narrow = _within(self.subproblem, self.lagrangian, band)
        warm_start = self.warm_start.within(narrow)
        result = _search_band(narrow, self.incumbent_value, self.deadline, warm_start, is_last=is_last)
        return result if result.chosen is None else replace(result, chosen=narrow.lifted(result.chosen))

    def _learn(self, result: SearchResult) -> None:
        """Take over what a search brought; where it gave up without any choice, split places."""
        self.warm_start = WarmStart(self.warm_start.basis, result.cuts, result.tree)
        if result.chosen is not None:
            self.incumbent = result.chosen
            self.is_near = self.is_near or result.tree is not None
        elif self.incumbent is None and result.gave_up and self.relaxation is not None:
            self.incumbent = split_resources(self.subproblem, self.relaxation, self.lagrangian, self.deadline)

    def _is_proved(self, result: SearchResult, band: float, *, is_last: bool) -> bool:
        """Whether nothing better is left, inside the band as the search shows and outside as the duals do."""
        value, scale = self.incumbent_value, self.lagrangian.multipliers.scale
        assert value is not None
        outside = (self.lagrangian.bound - int(band) - 1) // scale if math.isfinite(band) else -math.inf
        self.bound = int(max(value, min(self.bound, max(outside, result.bound))))
        self.deadline.tell(value, self.bound)
        return self.bound == value and (result.tree is not None or is_last)

    def _best_effort(self) -> Optimum:
        if self.incumbent is None:
            self.incumbent = greedy_choice(self.subproblem.face, self.lagrangian.reduced_cost)
        if self.incumbent is None:
            self.deadline.nothing_found()
        value = self.subproblem.value(self.incumbent)
        return Optimum(self.incumbent, value, self.bound, BY_SEARCH, self.lagrangian)


def _proved(incumbent: Bools, value: int, lagrangian: LagrangianBound, tree: SearchTree | None) -> Optimum:
    """The optimum with the simplest proof there is."""
    if lagrangian.integer_bound == value:
        return Optimum(incumbent, value, value, BY_DUALS, lagrangian)
    return Optimum(incumbent, value, value, BY_CASES if tree else BY_SEARCH, lagrangian, tree)


def _within(subproblem: Subproblem, lagrangian: LagrangianBound, band: float) -> Restriction:
    """What has a reduced cost within the band."""
    if math.isfinite(band):
        return fixed_by_reduced_cost(subproblem, lagrangian, int(band))
    return subproblem.unrestricted()


def _bands(lagrangian: LagrangianBound, times: int = 1) -> Iterator[float]:
    """Reduced costs to search within, from `times` the narrowest to everything."""
    band: float = times * (2 * lagrangian.multipliers.scale + abs(lagrangian.bound) // NARROWEST)
    while band < abs(lagrangian.bound):
        yield band
        band *= 3
    yield math.inf


def _search_band(
    narrow: Subproblem, incumbent_value: int | None, deadline: Deadline, warm_start: WarmStart, *, is_last: bool
) -> SearchResult:
    """The best choice above the incumbent's value if any, a bound on all of them, and the tree that proves it.

    By branch and bound first; where its nodes become too many in the last band, by the branch and cut of HiGHS,
    which leaves no tree. Bands before the last only have to bring a good choice.
    """
    most_nodes = MOST_NODES if is_last else ENOUGH_NODES
    result = branch_and_bound(narrow, incumbent_value, deadline, warm_start=warm_start, most_nodes=most_nodes)
    if result.tree is not None or not is_last:
        return result
    return _improved_by_highs(narrow, incumbent_value, deadline, result)


def _improved_by_highs(
    narrow: Subproblem, incumbent_value: int | None, deadline: Deadline, before: SearchResult
) -> SearchResult:
    """What a search found before, improved by the mixed-integer solver of HiGHS. Exponential at worst."""
    outcome = branch_and_cut(narrow, before.chosen, deadline)
    chosen = narrow.better(before.chosen, narrow.rounded(outcome.share, NEARLY_WHOLE))
    if chosen is not None and incumbent_value is not None and narrow.value(chosen) <= incumbent_value:
        chosen = None
    return replace(before, chosen=chosen, bound=min(before.bound, integer_bound(outcome.bound)))
