"""How far a component has come in a solve: its face, its incumbent, and what each goal reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from matching.lp.lagrangian import Multipliers
from matching.model.component import Component
from matching.model.face import Bools, Face, Ints
from matching.model.pair_views import ComponentPairs

ASSIGNMENT = "assignment"
THREE_WAY = "three-way"
NO_PAIRS = np.zeros(0, dtype=np.int64)


class ComponentInfeasible(Exception):
    """Nothing satisfies the limits, minimums and pins of the component with these learners and rows."""

    def __init__(self, learners: list[str], rows: list[tuple[str, ...]]) -> None:
        super().__init__(learners, rows)
        self.learners, self.rows = learners, rows


@dataclass(frozen=True, slots=True)
class GoalRecord:
    """What one goal reached in one component; `certificate` is the entry that `check` verifies, `method` what found the
    choice, if anything was solved for it."""

    stage: int
    name: str
    value: int
    bound: int | None
    rests_on: str
    certificate: dict[str, Any] | None
    method: str = ""


@dataclass(slots=True)
class ComponentState:
    """A component on its way through the stages.

    face         the solutions still in the running: those that are optimal for every goal so far
    incumbent    the best of them that is known, as positions of pairs (k,); None before there is one
    records      what each goal reached, in turn
    unproved     whether a goal was left without a proof, so that no later one can have any
    known_duals  duals of the goal that decides between equals, where the last search came by them
    """

    component: Component
    face: Face
    incumbent: Ints | None = None
    records: list[GoalRecord] = field(default_factory=list)
    three_way: bool = False
    unproved: bool = False
    seconds: float = 0.0
    known_duals: Multipliers | None = None

    @property
    def path(self) -> str:
        """How it was solved, as a `ComponentReport` says it."""
        return THREE_WAY if self.three_way else ASSIGNMENT

    def pairs(self) -> ComponentPairs:
        """Those still in the running."""
        return ComponentPairs(self.component, self.face.pair)

    def incumbent_pairs(self) -> ComponentPairs:
        """Those of the incumbent, none before there is one."""
        return ComponentPairs(self.component, NO_PAIRS if self.incumbent is None else self.incumbent)

    def mask(self) -> Bools | None:
        """The incumbent among the pairs still in the running (m,)."""
        return None if self.incumbent is None else self.face.mask_of(self.incumbent)


def component_infeasible(state: ComponentState) -> ComponentInfeasible:
    """The error to raise for a component without solution."""
    return ComponentInfeasible(state.component.learners, state.component.row_names)


def fresh_state(component: Component) -> ComponentState:
    """A component before its first stage."""
    return ComponentState(component, component.face)
