"""Turns the shares of a relaxation into a good choice by dealing the places of mentors or of studies out.

Where one side's places are dealt out to its openings in whole numbers, its limits lie within the openings, and the
openings within the other side's limits: an assignment, whose relaxation has whole solutions. (A split of resources as
in Kornai and Liptak 1965, by the shares.) Nothing is proved by it; it gives the search something to beat.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matching.branch_and_bound.nodes import with_openings
from matching.deadline import Deadline
from matching.lp.column_generation import LpRelaxation
from matching.lp.highs_model import INTEGRALITY, Basis, Floats, HighsModel
from matching.lp.lagrangian import LagrangianBound
from matching.model.face import HOURS, Bools, Face, Goal, Ints

SIDES = (1, 0)  # the columns of studies and of mentors
NEAR = 3  # pairs for each learner that are looked at, those that lose least


def split_resources(
    face: Face, goal: Goal, relaxed: LpRelaxation, lagrangian: LagrangianBound, deadline: Deadline
) -> Bools | None:
    """The better choice of dealing out studies' places and of dealing out mentors'.

    None where there are limits from below, held goals or squared loads, which dealing does not look at.
    """
    has_lower_limits = face.low[:-1].any() or face.zero_ok.any()
    if relaxed.outcome.share is None or has_lower_limits or face.held or goal.squares:
        return None
    near = _near(face, lagrangian) | (relaxed.outcome.share > INTEGRALITY)
    narrow, wish = face.restricted(near), Goal(goal.name, goal.worth[near])
    share = relaxed.outcome.share[near]
    basis = relaxed.basis and relaxed.basis.within(near)
    shares = [share, *_shares_when_split(narrow, wish, share, basis, deadline)]
    choices = [greedy_choice(narrow, lagrangian.reduced_cost[near], share) for share in shares]
    best = max((one for one in choices if one is not None), key=lambda one: narrow.value(wish, one), default=None)
    if best is None:
        return None
    chosen = np.zeros(len(near), dtype=bool)
    chosen[np.flatnonzero(near)[best]] = True
    return chosen


def greedy_choice(face: Face, loss: Ints, share: Floats | None = None) -> Bools | None:
    """Whatever still has room: the largest shares first, then what loses least; None when minimums or pins are not met
    that way."""
    room, is_free = face.high.tolist(), [True] * len(face.must)
    chosen = np.zeros(len(face.pair), dtype=bool)
    learners, rows, hours = face.learner.tolist(), face.rows.tolist(), face.hours.tolist()
    order = np.argsort(loss, kind="stable") if share is None else np.lexsort((loss, -np.round(share, 6)))
    for pair in order.tolist():
        amounts = [hours[pair] if column == HOURS else 1 for column in range(len(rows[pair]))]
        if is_free[learners[pair]] and all(room[r] >= a for r, a in zip(rows[pair], amounts, strict=True)):
            chosen[pair], is_free[learners[pair]] = True, False
            for row, amount in zip(rows[pair], amounts, strict=True):
                room[row] -= amount
    return chosen if face.admits(chosen) else None


def _near(face: Face, lagrangian: LagrangianBound) -> Bools:
    count = NEAR * len(face.must)
    if count >= len(face.pair):
        return np.ones(len(face.pair), dtype=bool)
    near: Bools = lagrangian.reduced_cost <= np.partition(lagrangian.reduced_cost, count)[count]
    return near


def _shares_when_split(
    face: Face, goal: Goal, share: Floats, basis: Basis | None, deadline: Deadline
) -> Iterator[Floats]:
    """Shares of the relaxation with places dealt out on either side, each begun at the basis without."""
    branch = with_openings(face, np.unique(face.opening))
    for side in SIDES:
        model = HighsModel(branch, goal, np.arange(len(face.pair)), late_from=face.none)
        if basis is not None:
            model.begin_at(basis)
        for row, places in _places(branch, side, share):
            model.limit_load(row, 0, places)
        outcome = model.run(deadline.seconds_left())
        if outcome.share is not None:
            yield outcome.share


def _places(branch: Face, side: int, share: Floats) -> Iterator[tuple[int, int]]:
    """Places for each opening of the hosts whose places are all taken: the whole part of its load, and one more for
    those that lack least, until the host's limit is dealt out."""
    rows, first = np.unique(branch.rows[:, -1], return_index=True)
    loads = np.bincount(branch.rows[:, -1], share, minlength=branch.none + 1)[rows]
    host = branch.rows[first, side]
    taken = np.bincount(host, loads, minlength=branch.none + 1)
    places = np.floor(loads + INTEGRALITY).astype(np.int64)
    left = branch.high - np.bincount(host, places, minlength=branch.none + 1)
    order = np.lexsort((-loads, places - loads, host))
    place = np.arange(len(order)) - np.searchsorted(host[order], host[order])
    places[order] += place < left[host[order]]
    is_full = (taken >= branch.high - INTEGRALITY)[host] & (host != branch.none)
    return zip(rows[is_full].tolist(), places[is_full].tolist(), strict=True)
