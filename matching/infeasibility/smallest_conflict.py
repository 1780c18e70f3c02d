"""Names what clashes when nothing satisfies a problem, in the words of whoever can edit it, and what resolves it.

The smallest clash is found through its opposite: every clash meets every set of limits whose release makes the
problem solvable. Sets of both kinds are grown in turn until a smallest set that meets all releases found so far is
itself a clash (Ignatiev, Previti, Liffiton and Marques-Silva 2015, "Smallest MUS extraction with minimal hitting
set dualization").
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

from matching.errors import ClashItem, Infeasible
from matching.infeasibility.soft_limits import SoftLimit, SoftLimits, soft_limits_of
from matching.problem import Problem

MOST_ROUNDS = 150


def infeasible(problem: Problem, learners: Sequence[str], hosts: Sequence[tuple[str, ...]]) -> Infeasible:
    """Return the error to raise for a problem without solution; `learners` and `hosts` say where it has none."""
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


def _remedies(soft: SoftLimits, clash: set[int]) -> list[str]:
    """What alone makes the problem solvable, or else a smallest set of changes that does together."""
    alone = []
    for at in sorted(clash):
        release = soft.smallest_release(kept=set(range(len(soft.limits))) - {at})
        if release is not None:
            alone.append(_remedy(soft.limits[at], release.get(at, 0)))
    if alone:
        return alone
    release = soft.smallest_release(kept=set()) or {}
    together = "; and ".join(_remedy(soft.limits[at], amount).rstrip(".") for at, amount in sorted(release.items()))
    return [f"Together: {together}."] if together else []


def _item(limit: SoftLimit) -> ClashItem:
    name = _host_name(limit)
    sentence = {
        "pin": f"{limit.of[1]} is pinned to {' on '.join(limit.of[2:])}"
        + (f" ({limit.reason})" if limit.reason else ""),
        "capacity": f"{name} takes at most {_learners(limit.amount)}",
        "minimum": f"{name} must have at least {_learners(limit.amount)}",
        "minimum_if_used": f"{name} takes none or at least {_learners(limit.amount)}",
        "hours": f"{name} has {limit.amount} hours",
    }[limit.kind]
    return ClashItem(limit.kind, limit.of, sentence)


def _remedy(limit: SoftLimit, amount: int) -> str:
    name = _host_name(limit)
    if limit.kind == "pin":
        return f"Remove the pin of {limit.of[1]} to {' on '.join(limit.of[2:])}."
    if limit.kind == "capacity":
        return f"Let {name} take {_learners(limit.amount + amount)} instead of {limit.amount}."
    if limit.kind == "hours":
        return f"Give {name} {limit.amount + amount} hours instead of {limit.amount}."
    if limit.kind == "minimum" and amount >= limit.amount:
        return f"Let {name} do without a minimum."
    if limit.kind == "minimum":
        return f"Let {name} do with at least {_learners(limit.amount - amount)} instead of {limit.amount}."
    return f"Let {name} start with {_learners(limit.amount - amount)} instead of {limit.amount}."


def _host_name(limit: SoftLimit) -> str:
    if limit.of[0] == "opening":
        return f"mentor {limit.of[1]} on study {limit.of[2]}"
    return f"{limit.of[0]} {limit.of[1]}"


def _learners(count: int) -> str:
    return f"{count} learner" if count == 1 else f"{count} learners"
