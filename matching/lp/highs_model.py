"""A subproblem as a linear programme for HiGHS, whose pairs may be added little by little."""

from __future__ import annotations

import math
from collections.abc import Iterable
from copy import copy

import highspy
import numpy as np

from matching.lp.lp_outcome import Basis, LpOutcome
from matching.lp.model_layout import ModelLayout
from matching.model.face import Bools, Face, Floats, Ints
from matching.model.subproblem import Subproblem

# A mixed-integer model counts in this unit. Were the goal whole in it, HiGHS would drop nodes that come within 1e-6
# of the next whole number, which large sums of floats miss by more; so it drops what the absolute gap allows instead.
UNEVEN = 1 - math.sqrt(2) / 2000


class HighsModel:
    """The linear (or, with `whole`, mixed-integer) model of a subproblem over some of its pairs.

    Its rows and columns are those of `ModelLayout`; limits of the face from `lazy_from` on come in only when they are
    asked for. To build it takes O(m + n + r), to solve it a run of the simplex method, from where the last one ended.
    """

    def __init__(
        self, subproblem: Subproblem, pairs: Ints, *, whole: bool = False, lazy_from: int | None = None
    ) -> None:
        """`pairs` are positions in the face."""
        self.face, self.goal, self.whole = subproblem.face, subproblem.goal, whole
        self.unit = UNEVEN if whole else 1.0
        self.layout = ModelLayout(subproblem, lazy_from)
        self.lazy: list[int] = []
        self.highs = _quiet_highs()
        self._add_rows()
        self._add_extra_columns()
        self.extra = self.highs.getNumCol()
        self.pairs = pairs[:0]
        self.add(pairs)

    def twin(self) -> HighsModel:
        """Another model that says the same and begins where this one has ended."""
        other = copy(self)
        other.lazy, other.highs = [*self.lazy], _quiet_highs()
        other.highs.setOptionValue("presolve", "off")
        other.highs.passModel(self.highs.getLp())
        other.highs.setBasis(self.highs.getBasis())
        return other

    def add(self, pairs: Ints) -> None:
        """Add pairs (positions in the face) as columns."""
        starts, index, value = self.layout.entries(pairs)
        count = len(pairs)
        cost = -self.unit * self.goal.worth[pairs].astype(float)
        self.highs.addCols(count, cost, np.zeros(count), np.ones(count), len(index), starts, index, value)
        if self.whole and count:
            columns = np.arange(self.extra + len(self.pairs), self.extra + len(self.pairs) + count, dtype=np.int32)
            self.highs.changeColsIntegrality(count, columns, np.ones(count, dtype=np.uint8))
        self.pairs = np.concatenate([self.pairs, pairs])

    def start_from(self, chosen: Bools) -> None:
        """Tell a mixed-integer model a solution (m,) it may begin with."""
        columns = (self.extra + np.arange(len(self.pairs))).astype(np.int32)
        self.highs.setSolution(len(columns), columns, chosen[self.pairs].astype(float))

    @property
    def is_plain(self) -> bool:
        """Whether it has nothing but pairs, learners and limits."""
        return self.layout.is_plain and not (self.extra or self.lazy or self.whole)

    def begin_at(self, basis: Basis) -> None:
        """Begin the simplex method at a basis of a plain model's face; HiGHS repairs one that is none."""
        kinds = highspy.HighsBasisStatus
        started = highspy.HighsBasis()
        started.valid = started.alien = True
        rows = np.concatenate([basis.learners, basis.limits[: self.layout.limit_count]]).tolist()
        started.col_status = [kinds.kBasic if basic else kinds.kLower for basic in basis.pairs[self.pairs].tolist()]
        started.row_status = [kinds.kBasic if basic else kinds.kUpper for basic in rows]
        self.highs.setOptionValue("presolve", "off")
        self.highs.setBasis(started)

    def basis(self) -> Basis | None:
        """Where the last run of a plain model ended."""
        if not (self.highs.getBasis().valid and self.is_plain):
            return None
        # columns are told from 0 up, rows from -1 down
        status, basic = self.highs.getBasicVariables()  # type: ignore[attr-defined]
        if status != highspy.HighsStatus.kOk:
            return None
        pairs = np.zeros(len(self.face.pair), dtype=bool)
        pairs[self.pairs[basic[basic >= 0]]] = True
        rows = np.zeros(self.layout.first_link, dtype=bool)
        rows[-1 - basic[basic < 0]] = True
        return Basis(pairs, *np.split(rows, [self.layout.learner_count]))

    def run(self, seconds: float) -> LpOutcome:
        """Solve within `seconds`, which may be infinite; without any, nothing is tried."""
        if self.highs.getNumCol() == 0:
            return self._without_columns()
        if seconds <= 0:
            return self._outcome("stopped", None, math.inf)
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + seconds)
        self.highs.run()
        status = self.highs.getModelStatus()
        kinds = highspy.HighsModelStatus
        if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
            return self._outcome("infeasible", None, -math.inf)
        info = self.highs.getInfo()
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        solution = self.highs.getSolution() if found else None
        name = "optimal" if status in (kinds.kOptimal, kinds.kModelEmpty) else "stopped"
        return self._outcome(name, solution, self._bound(info, is_optimal=name == "optimal"))

    def _bound(self, info: highspy.HighsInfo, *, is_optimal: bool) -> float:
        if self.whole:
            return -info.mip_dual_bound / self.unit
        return -info.objective_function_value if is_optimal else math.inf

    def _without_columns(self) -> LpOutcome:
        """Nothing can be chosen, which HiGHS does not call a solution."""
        nobody = np.zeros(len(self.face.pair), dtype=bool)
        duals, weights = np.zeros(self.face.none + 1), np.zeros(len(self.face.held))
        if self.face.admits(nobody):
            return LpOutcome("optimal", nobody.astype(float), duals, weights, 0.0)
        return LpOutcome("infeasible", None, duals, weights, -math.inf)

    def _outcome(self, status: str, solution: highspy.HighsSolution | None, bound: float) -> LpOutcome:
        face = self.face
        duals, weights = np.zeros(face.none + 1), np.zeros(len(face.held))
        if solution is None:
            return LpOutcome(status, None, duals, weights, bound)
        share = np.zeros(len(face.pair))
        share[self.pairs] = np.array(solution.col_value)[self.extra :]
        if solution.dual_valid:
            duals, weights = self._duals(np.array(solution.row_dual))
        return LpOutcome(status, share, duals, weights, bound)

    def _duals(self, dual: Floats) -> tuple[Floats, Floats]:
        """What duals of the model's rows say about the face's rows and held goals."""
        duals = self.layout.duals_of_limits(dual, self.lazy, self.face.none)
        return duals, self.layout.weights_of_held(dual)

    def rays(self) -> list[tuple[Floats, Floats]]:
        """Row duals and weights one of which shows that the last run had no solution; the sign is open."""
        _, has_ray, dual = self.highs.getDualRay()  # type: ignore[attr-defined]
        return [self._duals(sign * np.array(dual)) for sign in (1.0, -1.0)] if has_ray else []

    def limit_load(self, row: int, low: float, high: float) -> None:
        """Change the loads a limit may have; of one that may also be empty, decide whether it is."""
        switch = self.layout.switch_of(row)
        if switch is None:
            self.highs.changeRowBounds(self._place(row), float(low), float(high))
        else:
            used = float(low > 0)
            self.highs.changeColBounds(switch, used, used)

    def free_load(self, row: int) -> None:
        """Give a limit back the loads that the face permits."""
        switch = self.layout.switch_of(row)
        if switch is None:
            self.highs.changeRowBounds(self._place(row), float(self.face.low[row]), float(self.face.high[row]))
        else:
            self.highs.changeColBounds(switch, 0.0, 1.0)

    def limit_pair(self, position: int, low: float, high: float) -> None:
        """Leave a pair out, demand it, or free it again; the model must hold all pairs."""
        self.highs.changeColBounds(self.extra + position, low, high)

    def add_lazy(self, face: Face, rows: Iterable[int]) -> None:
        """Add lazy limits of the face, which the model is about from now on; pairs that come later are not in
        them."""
        self.face = face
        for row in rows:
            inside = np.flatnonzero((face.rows[self.pairs] == row).any(axis=1)).astype(np.int32)
            self.highs.addRow(
                float(face.low[row]), float(face.high[row]), len(inside), self.extra + inside, np.ones(len(inside))
            )
            self.lazy.append(row)

    def keep_lazy(self, face: Face, kept: list[int]) -> None:
        """Keep the lazy limits at these places among them, which are the first lazy rows of `face`, in order."""
        gone = sorted(set(range(len(self.lazy))) - set(kept))
        if gone:
            first = self.layout.first_lazy
            self.highs.deleteRows(len(gone), np.array([first + place for place in gone], dtype=np.int32))
        first = self.layout.limit_count
        self.face, self.lazy = face, list(range(first, first + len(kept)))

    def _place(self, row: int) -> int:
        """Where a limit stands among the model's rows; a lazy one that is not there yet comes in."""
        if row < self.layout.limit_count:
            return self.layout.learner_count + row
        if row not in self.lazy:
            self.add_lazy(self.face, [row])
        return self.layout.first_lazy + self.lazy.index(row)

    def _add_rows(self) -> None:
        low, high = self.layout.row_bounds()
        nothing = np.zeros(0, dtype=np.int32)
        self.highs.addRows(len(low), low, high, 0, np.zeros(len(low), dtype=np.int32), nothing, np.zeros(0))

    def _add_extra_columns(self) -> None:
        for _, high, index, value in self.layout.switches():
            self.highs.addCol(0.0, 0.0, high, len(index), index, value)
            if self.whole:
                self.highs.changeColIntegrality(self.highs.getNumCol() - 1, highspy.HighsVarType.kInteger)
        for cost, high, index, value in self.layout.levels():
            self.highs.addCol(cost * self.unit, 0.0, high, len(index), index, value)


def _quiet_highs() -> highspy.Highs:
    """HiGHS on one thread, saying nothing, the same every time."""
    highs = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("parallel", "off"), ("random_seed", 0)):
        highs.setOptionValue(option, value)
    return highs
