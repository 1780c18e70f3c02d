"""Turns the shares of a relaxation into a good choice by splitting the places of mentors or of studies.

Where one side's places are split among its openings in whole numbers, its limits lie within the openings, and the
openings within the other side's limits: an assignment, whose relaxation has whole solutions. (A split of resources as
in Kornai and Liptak 1965, by the shares.) Nothing is proved by it; it gives the search something to beat.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matching.branch_and_bound.nodes import with_openings
from matching.deadline import Deadline
from matching.lp.column_generation import LpRelaxation
from matching.lp.highs_model import HighsModel
from matching.lp.lagrangian import LagrangianBound
from matching.lp.lp_outcome import INTEGRALITY, Basis
from matching.model.face import HOURS, Bools, Face, Floats, Ints
from matching.model.subproblem import Subproblem

SIDES = (1, 0)  # the columns of studies and of mentors
NEAR = 3  # pairs for each learner that are looked at, those of the smallest reduced costs


def split_resources(
    subproblem: Subproblem, relaxation: LpRelaxation, lagrangian: LagrangianBound, deadline: Deadline
) -> Bools | None:
    """The better choice (m,) of splitting studies' places and of splitting mentors'; a simplex run for each.

    None where there are limits from below, held goals or squared loads, which splitting does not look at.
    """
    face, share = subproblem.face, relaxation.outcome.share
    has_lower_limits = face.low[:-1].any() or face.zero_ok.any()
    if share is None or has_lower_limits or face.held or subproblem.goal.squares:
        return None
    near = subproblem.restricted(_near(face, lagrangian) | (share > INTEGRALITY))
    basis = relaxation.basis and relaxation.basis.within(near)
    share, reduced_cost = near.kept_of(share), near.kept_of(lagrangian.reduced_cost)
    incumbent: Bools | None = None
    for split in [share, *_shares_when_split(near, share, basis, deadline)]:
        incumbent = near.better(incumbent, greedy_choice(near.face, reduced_cost, split))
    return None if incumbent is None else near.lifted(incumbent)


def greedy_choice(face: Face, reduced_cost: Ints, share: Floats | None = None) -> Bools | None:
    """Whatever still has room: the largest shares (m,) first, then the smallest reduced costs; None when minimums or
    pins are not met that way. O(m log m)."""
    room, is_free = face.high.tolist(), [True] * len(face.must)
    chosen = np.zeros(len(face.pair), dtype=bool)
    learners, rows, hours = face.learner.tolist(), face.rows.tolist(), face.hours.tolist()
    largest_first = np.zeros(len(chosen)) if share is None else -np.round(share, 6)
    order = np.lexsort((reduced_cost, largest_first))
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
    subproblem: Subproblem, share: Floats, basis: Basis | None, deadline: Deadline
) -> Iterator[Floats]:
    """Shares of the relaxation with places split on either side, each begun at the basis without."""
    face = subproblem.face
    by_opening = with_openings(subproblem, np.unique(face.opening))
    for side in SIDES:
        model = HighsModel(by_opening, np.arange(len(face.pair)), lazy_from=face.none)
        if basis is not None:
            model.begin_at(basis)
        for row, places in _places(by_opening.face, side, share):
            model.limit_load(row, 0, places)
        outcome = model.run(deadline.seconds_left())
        if outcome.share is not None:
            yield outcome.share


def _places(face: Face, side: int, share: Floats) -> Iterator[tuple[int, int]]:
    """Places for each opening of the hosts whose places are all taken: the whole part of its load, and one more for
    those that lack least, until the host's limit is reached."""
    rows, first = np.unique(face.rows[:, -1], return_index=True)
    loads = np.bincount(face.rows[:, -1], share, minlength=face.none + 1)[rows]
    host = face.rows[first, side]
    taken = np.bincount(host, loads, minlength=face.none + 1)
    places = np.floor(loads + INTEGRALITY).astype(np.int64)
    room = face.high - np.bincount(host, places, minlength=face.none + 1)
    order = np.lexsort((-loads, places - loads, host))
    place = np.arange(len(order)) - np.searchsorted(host[order], host[order])
    places[order] += place < room[host[order]]
    is_full = (taken >= face.high - INTEGRALITY)[host] & (host != face.none)
    return zip(rows[is_full].tolist(), places[is_full].tolist(), strict=True)
