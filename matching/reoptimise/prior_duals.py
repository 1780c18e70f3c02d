"""What a solution says about a component, whose limits may have changed since: duals and pairs."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np

from matching.branch_and_bound.zero_half_cuts import Cut
from matching.lp.lagrangian import Multipliers
from matching.model.component import Component
from matching.model.face import Face, Ints
from matching.model.objectives.registered import Plan
from matching.solution import Solution

Entry = dict[str, Any]


class PriorDuals:
    """The part of a solution that speaks of a component's learners. Raises `KeyError` where it has no certificate.

    Any duals bound any goal, so they need not fit: limits that are new have no dual, limits that are gone are
    passed over, and so are goals that were held then and are not now.
    """

    def __init__(self, component: Component, solution: Solution) -> None:
        self.component, self.solution = component, solution
        self._row = {name: row for row, name in enumerate(component.row_names)}
        self._learner = {id_: at for at, id_ in enumerate(component.learners)}
        self._entries: defaultdict[tuple[int, str], list[tuple[Entry, list[str]]]] = defaultdict(list)
        for part in solution.certificate["parts"]:
            if not self._learner.keys().isdisjoint(part["learners"]):
                for entry, held in _with_held(part["goals"]):
                    self._entries[entry["stage"], entry["goal"]].append((entry, held))

    def pairs(self) -> Ints:
        """Positions of the pairs of the component that were chosen (k,), ascending. O(m + placed * log m)."""
        return self.component.pair_keys.positions_of(
            (one.learner, one.mentor, one.study) for one in self.solution.placed
        )

    def duals(self, stage: int, goal: str, face: Face) -> Multipliers:
        """The duals of a goal of the stage at this position, for a face of the component; all 0 if there are none.

        Where the component was in parts, their duals come together over a common scale. O(r) for each.
        """
        entries = self._entries.get((stage, goal), [])
        scale = math.lcm(*(entry["scale"] for entry, _ in entries))
        rows = np.zeros(len(self._row) + 1, dtype=np.int64)
        weights: dict[str, int] = {}
        for entry, held in entries:
            times = scale // entry["scale"]
            for *name, dual in entry["prices"]:
                rows[self._row.get(tuple(name), -1)] += times * dual
            weights |= {name: times * weight for name, weight in zip(held, entry["held"], strict=True)}
        rows[-1] = 0  # where what is gone was added
        return Multipliers(scale, rows, tuple(weights.get(held.name, 0) for held in face.held))

    def cuts(self, stage: int, goal: str) -> list[Cut]:
        """The cuts that closed gaps of a goal, as far as what they add up is still there. O(their sizes)."""
        return [self._cut(cut) for entry, _ in self._entries.get((stage, goal), []) for cut in entry.get("cuts", ())]

    def duals_of(self, stage: str, plan: Plan, face: Face) -> Multipliers:
        """The duals of the goal that a stage and its goal are named after; all 0 where there is no such stage."""
        position = next((at for at, objective in enumerate(plan) if objective.name == stage), -1)
        return self.duals(position, stage, face)

    def _cut(self, told: Entry) -> Cut:
        """A cut, as far as what it adds up is still there."""
        rows = (self._row.get(tuple(name), -1) for name in told["rows"])
        learners = (self._learner.get(id_, -1) for id_ in told["learners"])
        return Cut(tuple(sorted(row for row in rows if row >= 0)), tuple(sorted(one for one in learners if one >= 0)))


def _with_held(goals: list[Entry]) -> Iterator[tuple[Entry, list[str]]]:
    """Each entry with the names of the goals that were held then: those after which there was one weight more."""
    held: list[str] = []
    for at, entry in enumerate(goals):
        if len(entry["held"]) > len(held):
            held = [*held, goals[at - 1]["goal"]]
        yield entry, held
