"""The three-way path: limits that cross, solved by prices first and by search only where prices leave a doubt.

The linear relaxation gives prices, and prices give every pair a loss: what the bound falls when the pair is chosen.
A solution better than the best one known can only use pairs whose losses fit into the gap, so an exact search (cuts
and cases, `matching.branching`) over a narrow band of small losses is enough; it is widened until the band covers the
gap, which proves the optimum. (Reduced-cost fixing, as in Dantzig, Fulkerson and Johnson 1954, as a search order.)
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matching.branching import MOST_CASES, Before, Verdict, search_cases
from matching.cases import Tree
from matching.duals import Multipliers, Relaxation, optimal_face, relax, shrink
from matching.face import HOURS, Bools, Face, Goal, Ints
from matching.optimum import Optimum
from matching.programme import Basis, Floats, Programme
from matching.relaxation import Foresight, foresee, solve_relaxation
from matching.rounding import whole_bound
from matching.solution import BY_CASES, BY_DUALS, BY_SEARCH
from matching.watch import Watch

ENOUGH_CASES = 300
NARROWEST = 500_000  # of the bound, the share of it that the first band may lose


def optimise(
    face: Face, goal: Goal, start: Bools | None, hint: Ints, watch: Watch, foreseen: Multipliers | None = None
) -> Optimum | None:
    """Return the best choice, or None when nothing satisfies the face.

    `start` is a choice known to satisfy it; `hint` (m,) says which pairs later goals will like; `foreseen` are
    prices from an earlier goal that solved this one's relaxation with it. Raises `NothingFound` when the time is
    over before any choice is known.
    """
    best, foresight, basis = start, None, None
    if foreseen is not None:
        relaxation = relax(face, goal, foreseen)
    else:
        foresight = foresee(face, goal, hint, start, watch) if _is_coarse(goal) else None
        if foresight is not None:
            relaxation = relax(face, goal, foresight.here)
        else:
            relaxed = solve_relaxation(face, goal, start, watch)
            if relaxed.outcome.status == "infeasible":
                return None
            relaxation, basis = relax(face, goal, relaxed.multipliers), relaxed.basis
            best = _better(face, goal, start, _rounded_choice(face, relaxed.outcome.share))
    if _is_coarse(goal) and not _closes(face, goal, best, relaxation):
        best = _better(face, goal, best, _at_the_bound(face, goal, hint, relaxation, foresight, watch))
    if best is not None and _closes(face, goal, best, relaxation):
        bound = relaxation.whole_bound
        then = foresight.then if foresight is not None else None
        return Optimum(best, bound, bound, BY_DUALS, relaxation, foreseen=then)
    return _search(face, goal, best, relaxation, basis, watch, is_near=foreseen is not None)


def _closes(face: Face, goal: Goal, best: Bools | None, relaxation: Relaxation) -> bool:
    return best is not None and face.value(goal, best) >= relaxation.whole_bound


def _is_coarse(goal: Goal) -> bool:
    """Goals that only count pairs reach their bound nearly always, but many choices look the same to them."""
    return not goal.squares and int(np.abs(goal.worth).max(initial=0)) <= 1


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


def _search(
    face: Face,
    goal: Goal,
    best: Bools | None,
    relaxation: Relaxation,
    basis: Basis | None,
    watch: Watch,
    *,
    is_near: bool,
) -> Optimum | None:
    """Search band after band; a band that holds everything better than the best known gives the proof.

    With a best that is near the optimum (`is_near`) that band is narrow, and the first.
    """
    scale, bound = relaxation.multipliers.scale, relaxation.whole_bound
    searched, bands, before = is_near, _bands(relaxation), Before(basis)
    while True:
        band = next(bands, math.inf)
        known = None if best is None else face.value(goal, best)
        if known is not None:
            needed = relaxation.bound - scale * (known + 1)
            band = needed if searched else min(band, needed)
        is_last = not math.isfinite(band) or (known is not None and band == needed)
        narrow, within = _narrowed(face, goal, relaxation, band)
        kept = np.isin(face.pair, narrow.pair, assume_unique=True)
        verdict = _search_band(narrow, within, known, watch, before.within(kept), is_last=is_last)
        tree, before = verdict.tree, Before(basis, verdict.cuts, verdict.tree)
        if verdict.chosen is not None:
            best = _widened(face, narrow, verdict.chosen)
        searched = searched or (best is not None and tree is not None)
        outside = (relaxation.bound - int(band) - 1) // scale if math.isfinite(band) else -math.inf
        if best is not None:
            value = face.value(goal, best)
            bound = int(max(value, min(bound, max(outside, verdict.bound))))
            watch.tell(value, bound)
            if bound == value and (tree is not None or is_last):
                return _proved(best, value, relaxation, tree)
        elif verdict.bound == -math.inf and is_last:
            return None
        if watch.is_over() or is_last:
            break
    if best is None:
        best = _one_by_one(face, relaxation)
    if best is None:
        watch.nothing_found()
    return Optimum(best, face.value(goal, best), bound, BY_SEARCH, relaxation)


def _one_by_one(face: Face, relaxation: Relaxation) -> Bools | None:
    """Whatever still has room, what loses least first; None when minimums or pins are not met that way."""
    room, is_free = face.high.tolist(), [True] * len(face.must)
    chosen = np.zeros(len(face.pair), dtype=bool)
    learners, rows, hours = face.learner.tolist(), face.rows.tolist(), face.hours.tolist()
    for pair in np.argsort(relaxation.pair_loss, kind="stable").tolist():
        amounts = [hours[pair] if column == HOURS else 1 for column in range(len(rows[pair]))]
        if is_free[learners[pair]] and all(room[r] >= a for r, a in zip(rows[pair], amounts, strict=True)):
            chosen[pair], is_free[learners[pair]] = True, False
            for row, amount in zip(rows[pair], amounts, strict=True):
                room[row] -= amount
    return chosen if face.admits(chosen) else None


def _proved(best: Bools, value: int, relaxation: Relaxation, tree: Tree | None) -> Optimum:
    """The optimum with the simplest proof there is."""
    if relaxation.whole_bound == value:
        return Optimum(best, value, value, BY_DUALS, relaxation)
    return Optimum(best, value, value, BY_CASES if tree else BY_SEARCH, relaxation, tree)


def _narrowed(face: Face, goal: Goal, relaxation: Relaxation, band: float) -> tuple[Face, Goal]:
    narrow = shrink(face, relaxation, int(band)) if math.isfinite(band) else face
    kept = np.isin(face.pair, narrow.pair, assume_unique=True)
    return narrow, Goal(goal.name, goal.worth[kept], goal.squares)


def _bands(relaxation: Relaxation) -> Iterator[float]:
    """Losses to search within, from narrow to everything."""
    band: float = 2 * relaxation.multipliers.scale + abs(relaxation.bound) // NARROWEST
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
    programme.highs.setOptionValue("mip_abs_gap", 0.9)
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
