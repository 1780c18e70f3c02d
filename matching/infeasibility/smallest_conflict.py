"""Finds what clashes when nothing satisfies a problem, as whoever can edit it knows it, and what resolves it.

The smallest clash is found through its opposite: every clash meets every set of limits whose release makes the
problem solvable. Sets of both kinds are grown in turn until a smallest set that meets all releases found so far is
itself a clash (Ignatiev, Previti, Liffiton and Marques-Silva 2015, "Smallest MUS extraction with minimal hitting
set dualization").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

from matching.errors import ClashItem, Infeasible, LimitKind, Release
from matching.infeasibility.soft_limits import SoftLimit, SoftLimits, soft_limits_of
from matching.problem import Problem

MOST_ROUNDS = 150


def infeasible(problem: Problem, learners: Sequence[str], hosts: Sequence[tuple[str, ...]]) -> Infeasible:
    """Return the error to raise for a problem without solution; `learners` and `hosts` say where it has none.

    At most `MOST_ROUNDS` times two mixed-integer programmes, then one for each limit; exponential at worst.
    """
    soft = soft_limits_of(problem, learners, hosts)
    clash = _smallest_clash(soft)
    return Infeasible(tuple(_item(soft.limits[at]) for at in sorted(clash)), tuple(_remedies(soft, clash)))


def _smallest_clash(soft: SoftLimits) -> set[int]:
    releases: list[set[int]] = []
    for _ in range(MOST_ROUNDS):
        candidate = _smallest_meeting(releases, len(soft.limits))
        release = soft.smallest_release(kept=candidate)
        if release is None:
            return candidate
        releases.append(set(release))
    return _irreducible(soft)


def _smallest_meeting(releases: list[set[int]], count: int) -> set[int]:
    """A smallest set of limits that has one in common with every release."""
    if not releases:
        return set()
    rows = np.repeat(np.arange(len(releases)), [len(release) for release in releases])
    columns = np.concatenate([sorted(release) for release in releases])
    matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(releases), count))
    found = milp(
        np.ones(count), integrality=np.ones(count), bounds=(0, 1), constraints=LinearConstraint(matrix, 1, np.inf)
    )
    return set(np.flatnonzero(found.x > 0.5).tolist())


def _irreducible(soft: SoftLimits) -> set[int]:
    """A clash none of whose parts can be spared, by leaving out one limit after the other."""
    clash = set(range(len(soft.limits)))
    for at in range(len(soft.limits)):
        if soft.smallest_release(kept=clash - {at}) is None:
            clash.remove(at)
    return clash


def _remedies(soft: SoftLimits, clash: set[int]) -> Iterator[tuple[Release, ...]]:
    """What alone makes the problem solvable, or else a smallest set of changes that does together."""
    found = False
    for at in sorted(clash):
        release = soft.smallest_release(kept=set(range(len(soft.limits))) - {at})
        if release is not None:
            found = True
            yield (_release(soft.limits[at], release.get(at, 0)),)
    together = {} if found else soft.smallest_release(kept=set())
    if together:
        yield tuple(_release(soft.limits[at], by) for at, by in sorted(together.items()))


def _item(limit: SoftLimit) -> ClashItem:
    return ClashItem(limit.kind, limit.of, limit.amount, limit.reason)


def _release(limit: SoftLimit, by: int) -> Release:
    if limit.kind is LimitKind.PIN:
        return Release(_item(limit), 0)
    return Release(_item(limit), max(0, limit.amount + (by if limit.at_most else -by)))
