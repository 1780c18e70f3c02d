"""The best choice found for one goal, and what proves it."""

from __future__ import annotations

from dataclasses import dataclass

from matching.branch_and_bound.nodes import SearchTree
from matching.lp.lagrangian import LagrangianBound, Multipliers
from matching.model.face import Bools
from matching.solution import SEARCH


@dataclass(frozen=True, slots=True)
class Optimum:
    """`bound` is what the value cannot exceed; `rests_on` says what shows it; `tree` the nodes, if they do;
    `known_duals` are duals for the next goal, if that is what the hint was; `method` says what found
    the choice."""

    chosen: Bools
    value: int
    bound: int
    rests_on: str
    lagrangian: LagrangianBound
    tree: SearchTree | None = None
    known_duals: Multipliers | None = None
    method: str = SEARCH

    @property
    def proved(self) -> bool:
        """Whether nothing is better."""
        return self.value == self.bound
