"""The three-way path: limits that cross, solved by prices first and by search only where prices leave a doubt.

The linear relaxation gives prices, and prices give every pair a loss: what the bound falls when the pair is chosen.
A solution better than the best one known can only use pairs whose losses fit into the gap, so an exact search (cuts
and cases, `matching.branch_and_bound.search`) over a narrow band of small losses is enough; it is widened until the
band covers the gap, which proves the optimum. (Reduced-cost fixing, as in Dantzig, Fulkerson and Johnson
1954, as a search order.)
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matching.branch_and_bound.nodes import Tree
from matching.branch_and_bound.optimum import Optimum
from matching.branch_and_bound.resource_split import dealt, one_by_one
from matching.branch_and_bound.search import MOST_CASES, Before, Verdict, search_cases
from matching.deadline import Watch
from matching.lp.column_generation import Foresight, Relaxed, foresee, solve_relaxation
from matching.lp.highs_model import Floats, Programme
from matching.lp.integer_duals import whole_bound
from matching.lp.lagrangian import Multipliers, Relaxation, optimal_face, relax, shrink
from matching.model.face import Bools, Face, Goal, Ints
from matching.solution import BY_CASES, BY_DUALS, BY_SEARCH

ENOUGH_CASES = 300
LITTLE_WIDER = 2  # times a band, so that the band is not worth a search of its own
NARROWEST = 500_000  # of the bound, the share of it that the first band may lose
WITH_BASIS = 9  # times as much for a search that begins with a basis, which does not mind a few pairs more


def optimise(
    face: Face,
    goal: Goal,
    start: Bools | None,
    hint: Ints,
    watch: Watch,
    foreseen: Multipliers | Foresight | None = None,
    before: Before | None = None,
) -> Optimum | None:
    """Return the best choice, or None when nothing satisfies the face.

    `start` is a choice known to satisfy it; `hint` (m,) says which pairs later goals will like; `foreseen` are
    prices from an earlier goal that solved this one's relaxation with it, or that came with `before`: a basis of this
    face and cuts, from which the search begins without trust in the start. For a goal that only counts pairs they may
    be those of the hint too. Raises `NothingFound` when the time is
    over before any choice is known.
    """
    best, foresight, relaxed = start, None, None
    if isinstance(foreseen, Multipliers):
        relaxation = relax(face, goal, foreseen)
    elif foreseen is not None:
        foresight, relaxation = foreseen, relax(face, goal, foreseen.here)
    else:
        foresight = foresee(face, goal, hint, start, watch) if goal.is_coarse else None
        if foresight is not None:
            relaxation = relax(face, goal, foresight.here)
        else:
            relaxed = solve_relaxation(face, goal, start, watch)
            if relaxed.outcome.status == "infeasible":
                return None
            relaxation = relax(face, goal, relaxed.multipliers)
            best = _better(face, goal, start, _rounded_choice(face, relaxed.outcome.share))
    if goal.is_coarse and not _closes(face, goal, best, relaxation):
        best = _better(face, goal, best, _at_the_bound(face, goal, hint, relaxation, foresight, watch))
    if best is not None and _closes(face, goal, best, relaxation):
        bound = relaxation.whole_bound
        then = foresight.then if foresight is not None else None
        return Optimum(best, bound, bound, BY_DUALS, relaxation, foreseen=then)
    return _Search(face, goal, best, relaxation, relaxed, watch, before).run()


def _closes(face: Face, goal: Goal, best: Bools | None, relaxation: Relaxation) -> bool:
    return best is not None and face.value(goal, best) >= relaxation.whole_bound


def _at_the_bound(
    face: Face, goal: Goal, hint: Ints, relaxation: Relaxation, foresight: Foresight | None, watch: Watch
) -> Bools | None:
    """Suppose that the bound is reached and look for a choice that does so by following the hint."""
    guess = optimal_face(face, goal, relaxation, relaxation.whole_bound)
    wish = Goal("hint", hint[np.isin(face.pair, guess.pair, assume_unique=True)])
    if foresight is not None:
        wished = relax(guess, wish, foresight.then)
    else:
        relaxed = solve_relaxation(guess, wish, None, watch)
        if relaxed.outcome.status != "optimal":
            return None
        wished = relax(guess, wish, relaxed.multipliers)
    for band in list(_bands(wished))[:4]:
        narrow, within = _narrowed(guess, wish, wished, band)
        found = search_cases(narrow, within, None, watch, any_will_do=True).chosen
        if found is not None:
            return _widened(face, narrow, found)
    return None


class _Search:
    """Searches band after band; a band that holds everything better than the best known gives the proof.

    Where the prices were foreseen, with nothing to begin with, the best is near the optimum: that band is the first.
    """

    def __init__(
        self,
        face: Face,
        goal: Goal,
        best: Bools | None,
        relaxation: Relaxation,
        relaxed: Relaxed | None,
        watch: Watch,
        before: Before | None,
    ) -> None:
        self.face, self.goal, self.best, self.watch = face, goal, best, watch
        self.relaxation, self.relaxed = relaxation, relaxed
        self.bound = relaxation.whole_bound
        self.is_near, self.first_band = relaxed is None and before is None, 1 if before is None else WITH_BASIS
        self.before = before or Before(None if relaxed is None else relaxed.basis)

    def run(self) -> Optimum | None:
        for band in _bands(self.relaxation, self.first_band):
            band, is_last = self._widest_needed(band)
            verdict = self._search_within(band, is_last=is_last)
            self._learn(verdict)
            if self.best is None and is_last and verdict.bound == -math.inf:
                return None
            if self.best is not None and self._is_proved(verdict, band, is_last=is_last):
                return _proved(self.best, self.bound, self.relaxation, verdict.tree)
            if self.watch.is_over() or is_last:
                break
        return self._best_effort()

    def _widest_needed(self, band: float) -> tuple[float, bool]:
        """What something better than the best may lose, when that is little or the best is near the optimum; else this
        band."""
        if self.best is None:
            return band, not math.isfinite(band)
        known = self.face.value(self.goal, self.best)
        needed = self.relaxation.bound - self.relaxation.multipliers.scale * (known + 1)
        is_last = self.is_near or needed <= LITTLE_WIDER * band
        return (needed if is_last else band), is_last

    def _search_within(self, band: float, *, is_last: bool) -> Verdict:
        narrow, within = _narrowed(self.face, self.goal, self.relaxation, band)
        kept = np.isin(self.face.pair, narrow.pair, assume_unique=True)
        known = None if self.best is None else self.face.value(self.goal, self.best)
        verdict = _search_band(narrow, within, known, self.watch, self.before.within(kept), is_last=is_last)
        return replace(verdict, chosen=_widened(self.face, narrow, verdict.chosen))

    def _learn(self, verdict: Verdict) -> None:
        """Take over what a search brought; where it gave up without any choice, deal places out."""
        self.before = Before(self.before.basis, verdict.cuts, verdict.tree)
        if verdict.chosen is not None:
            self.best = verdict.chosen
            self.is_near = self.is_near or verdict.tree is not None
        elif self.best is None and verdict.gave_up and self.relaxed is not None:
            self.best = dealt(self.face, self.goal, self.relaxed, self.relaxation, self.watch)

    def _is_proved(self, verdict: Verdict, band: float, *, is_last: bool) -> bool:
        """Whether nothing better is left, inside the band as the search shows and outside as the prices do."""
        assert self.best is not None
        value, scale = self.face.value(self.goal, self.best), self.relaxation.multipliers.scale
        outside = (self.relaxation.bound - int(band) - 1) // scale if math.isfinite(band) else -math.inf
        self.bound = int(max(value, min(self.bound, max(outside, verdict.bound))))
        self.watch.tell(value, self.bound)
        return self.bound == value and (verdict.tree is not None or is_last)

    def _best_effort(self) -> Optimum:
        if self.best is None:
            self.best = one_by_one(self.face, self.relaxation.pair_loss)
        if self.best is None:
            self.watch.nothing_found()
        value = self.face.value(self.goal, self.best)
        return Optimum(self.best, value, self.bound, BY_SEARCH, self.relaxation)


def _proved(best: Bools, value: int, relaxation: Relaxation, tree: Tree | None) -> Optimum:
    """The optimum with the simplest proof there is."""
    if relaxation.whole_bound == value:
        return Optimum(best, value, value, BY_DUALS, relaxation)
    return Optimum(best, value, value, BY_CASES if tree else BY_SEARCH, relaxation, tree)


def _narrowed(face: Face, goal: Goal, relaxation: Relaxation, band: float) -> tuple[Face, Goal]:
    narrow = shrink(face, relaxation, int(band)) if math.isfinite(band) else face
    kept = np.isin(face.pair, narrow.pair, assume_unique=True)
    return narrow, Goal(goal.name, goal.worth[kept], goal.squares)


def _bands(relaxation: Relaxation, times: int = 1) -> Iterator[float]:
    """Losses to search within, from `times` the narrowest to everything."""
    band: float = times * (2 * relaxation.multipliers.scale + abs(relaxation.bound) // NARROWEST)
    while band < abs(relaxation.bound):
        yield band
        band *= 3
    yield math.inf


def _search_band(
    narrow: Face, goal: Goal, known: int | None, watch: Watch, before: Before, *, is_last: bool
) -> Verdict:
    """The best choice above `known` if any, a bound on all of them, and the tree that proves it.

    By cases first; where these become too many in the last band, by the branch and cut of HiGHS, which leaves no
    tree. Bands before the last only have to bring a good choice.
    """
    most_cases = MOST_CASES if is_last else ENOUGH_CASES
    verdict = search_cases(narrow, goal, known, watch, before=before, most_cases=most_cases)
    if verdict.tree is not None or not is_last:
        return verdict
    programme = Programme(narrow, goal, np.arange(len(narrow.pair)), whole=True)
    programme.highs.setOptionValue("mip_rel_gap", 0.0)
    programme.highs.setOptionValue("mip_abs_gap", 0.5)  # values are whole, sums of floats are not quite
    if verdict.chosen is not None:
        programme.start_from(verdict.chosen)
    outcome = programme.run(watch.seconds_left())
    chosen = _better(narrow, goal, verdict.chosen, _rounded_choice(narrow, outcome.share))
    if chosen is not None and known is not None and narrow.value(goal, chosen) <= known:
        chosen = None
    return replace(verdict, chosen=chosen, bound=min(verdict.bound, whole_bound(outcome.bound)))


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
