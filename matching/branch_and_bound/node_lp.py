"""The linear programme of a face, solved for one case after the other, each from where the last one ended."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from matching.branch_and_bound.nodes import Case
from matching.deadline import Watch
from matching.lp.highs_model import Outcome, Programme
from matching.lp.presolve import Remainder
from matching.model.face import Bools

PAIRS_WORTH_A_TWIN = 1_000  # whose programmes take much longer than to begin a thread


class CaseProgramme:
    """The programme of what is left to decide of a face. What goes in and comes out is about the whole face."""

    def __init__(self, programme: Programme, left: Remainder, watch: Watch) -> None:
        self.left, self.watch = left, watch
        self.needless = np.zeros(len(left.open), dtype=bool)
        self._programmes = [_Told(programme, left)]

    def solve(self, case: Case) -> Outcome:
        return self._programmes[0].solve(case, self.needless, self.watch.seconds_left())

    def solve_all(self, cases: list[Case]) -> list[Outcome]:
        """Solve for several cases, two side by side where that takes long. How many processors there are does not
        change what comes out, only when."""
        pairs = [cases[at : at + 2] for at in range(0, len(cases), 2)]
        return [outcome for pair in pairs for outcome in self._solve_two(pair)]

    def _solve_two(self, cases: list[Case]) -> list[Outcome]:
        if len(cases) == 1 or len(self.left.face.pair) < PAIRS_WORTH_A_TWIN:
            return [self.solve(case) for case in cases]
        if len(self._programmes) == 1:
            self._programmes.append(self._programmes[0].twin())
        (first, second), seconds = self._programmes, self.watch.seconds_left()
        with ThreadPoolExecutor(1) as beside:
            other = beside.submit(second.solve, cases[1], self.needless, seconds)
            return [first.solve(cases[0], self.needless, seconds), other.result()]

    def leave_out(self, needless: Bools) -> None:
        """Leave these pairs (m,) out from now on, among them all that were left out before."""
        fresh = np.flatnonzero(needless & ~self.needless & self.left.open).tolist()
        for told in self._programmes:
            told.leave_out(fresh)
        self.needless = needless


class _Told:
    """A programme that remembers what it was told last, so that only what is different has to be."""

    def __init__(self, programme: Programme, left: Remainder) -> None:
        self.programme, self.left = programme, left
        self.position = np.cumsum(left.open) - 1
        self.limits: dict[int, tuple[int, int]] = {}
        self.pairs: dict[int, bool] = {}

    def twin(self) -> _Told:
        """Another one that goes on from here."""
        other = _Told(self.programme.twin(), self.left)
        other.limits, other.pairs = self.limits, self.pairs
        return other

    def solve(self, case: Case, needless: Bools, seconds: float) -> Outcome:
        for row in self.limits.keys() - case.limits.keys():
            self.programme.free_load(row)
        for row, (low, high) in case.limits.items():
            if self.limits.get(row) != (low, high):
                taken = int(self.left.taken[row])
                self.programme.limit_load(row, low - taken, high - taken)
        for pair in self.pairs.keys() - case.pairs.keys():
            self.programme.limit_pair(int(self.position[pair]), 0.0, float(not needless[pair]))
        for pair, chosen in case.pairs.items():
            if self.pairs.get(pair) != chosen:
                self.programme.limit_pair(int(self.position[pair]), float(chosen), float(chosen))
        self.limits, self.pairs = case.limits, case.pairs
        outcome = self.left.of_whole(self.programme.run(seconds))
        return replace(outcome, rays=self.programme.rays()) if outcome.status == "infeasible" else outcome

    def leave_out(self, pairs: list[int]) -> None:
        for pair in pairs:
            self.programme.limit_pair(int(self.position[pair]), 0.0, 0.0)
