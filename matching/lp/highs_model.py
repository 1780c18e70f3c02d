"""A face and a goal as a linear programme for HiGHS, whose pairs may be added little by little."""

from __future__ import annotations

import math
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field, replace

import highspy
import numpy as np
from numpy.typing import NDArray

from matching.model.face import HOURS, Bools, Face, Goal, Ints

Floats = NDArray[np.float64]

INTEGRALITY = 1e-6  # what HiGHS says is a whole number when it is this near to one

# A mixed-integer model counts in this unit. Were the goal whole in it, HiGHS would drop nodes that come within 1e-6
# of the next whole number, which large sums of floats miss by more; so it drops what the absolute gap allows instead.
UNEVEN = 1 - math.sqrt(2) / 2000


@dataclass(frozen=True, slots=True)
class Basis:
    """Which pairs (m,), and which of what learners (n,) and limits (r,) leave free, are basic."""

    pairs: Bools
    learners: Bools
    limits: Bools

    def within(self, kept: Bools) -> Basis:
        """For a face with these pairs only (m,)."""
        return replace(self, pairs=self.pairs[kept])


@dataclass(frozen=True, slots=True)
class LpOutcome:
    """What HiGHS said: `status` is "optimal", "infeasible" or "stopped".

    share  (m,) how much of each pair is chosen, None when there is no solution
    row_duals (r + 1,), held_weights   its duals, for linear models
    bound  what the goal cannot exceed, infinite when unknown
    rays   for a node that is infeasible: row duals and weights, one of which shows it; the sign is open
    """

    status: str
    share: Floats | None
    row_duals: Floats
    held_weights: Floats
    bound: float
    rays: list[tuple[Floats, Floats]] = field(default_factory=list)


class HighsModel:
    """The linear (or, with `whole`, mixed-integer) model of a face and a goal over some of its pairs.

    Columns: for each row that may be empty or full a switch, for each mentor whose squared load counts one column
    for each learner more, then pairs. Rows: learners, limits, links of these extra columns, held goals, and late
    limits: rows of the face from `late_from` on come in only when they are asked for.
    """

    def __init__(
        self, face: Face, goal: Goal, pairs: Ints, *, whole: bool = False, late_from: int | None = None
    ) -> None:
        self.face, self.goal, self.whole = face, goal, whole
        self._unit = UNEVEN if whole else 1.0
        self.pairs = pairs[:0]
        self.late: list[int] = []
        self._early = face.none if late_from is None else late_from
        self._squared = _squared_rows(face, goal)
        self._switched = np.flatnonzero(face.zero_ok)
        self._first_link = len(face.must) + self._early
        self._first_full = self._first_link + len(self._squared)
        self._first_held = self._first_full + 2 * len(self._switched)
        self._first_late = self._first_held + len(face.held)
        self.highs = _quiet_highs()
        self._pass_rows()
        self._add_switches()
        self._add_levels()
        self.extra = self.highs.getNumCol()
        self.add(pairs)

    def twin(self) -> HighsModel:
        """Another model that says the same and begins where this one has ended."""
        other = copy(self)
        other.late, other.highs = [*self.late], _quiet_highs()
        other.highs.setOptionValue("presolve", "off")
        other.highs.passModel(self.highs.getLp())
        other.highs.setBasis(self.highs.getBasis())
        return other

    def add(self, pairs: Ints) -> None:
        """Add pairs (positions in the face) as columns."""
        starts, index, value = self._entries(pairs)
        count = len(pairs)
        self.highs.addCols(
            count,
            -self._unit * self.goal.worth[pairs].astype(float),
            np.zeros(count),
            np.ones(count),
            len(index),
            starts,
            index,
            value,
        )
        if self.whole and count:
            columns = np.arange(self.extra + len(self.pairs), self.extra + len(self.pairs) + count, dtype=np.int32)
            self.highs.changeColsIntegrality(count, columns, np.ones(count, dtype=np.uint8))
        self.pairs = np.concatenate([self.pairs, pairs])

    def start_from(self, chosen: Bools) -> None:
        """Tell a mixed-integer model a solution it may begin with."""
        columns = (self.extra + np.arange(len(self.pairs))).astype(np.int32)
        self.highs.setSolution(len(columns), columns, chosen[self.pairs].astype(float))

    @property
    def is_plain(self) -> bool:
        """Whether it has nothing but pairs, learners and limits."""
        has_links = len(self._squared) or len(self._switched)
        return not (self.extra or has_links or self.face.held or self.late or self.whole)

    def begin_at(self, basis: Basis) -> None:
        """Begin the simplex method at a basis of a plain model's face; HiGHS repairs one that is none."""
        kinds = highspy.HighsBasisStatus
        started = highspy.HighsBasis()
        started.valid = started.alien = True
        limits = basis.limits[: self._early]
        rows = np.concatenate([basis.learners, limits]).tolist()
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
        rows = np.zeros(self._first_link, dtype=bool)
        rows[-1 - basic[basic < 0]] = True
        learners = len(self.face.must)
        return Basis(pairs, rows[:learners], rows[learners:])

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
        if self.whole:
            bound = -info.mip_dual_bound / self._unit
        else:
            bound = -info.objective_function_value if name == "optimal" else math.inf
        return self._outcome(name, solution, bound)

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
            duals, weights = self._as_prices(np.array(solution.row_dual))
        return LpOutcome(status, share, duals, weights, bound)

    def _as_prices(self, dual: Floats) -> tuple[Floats, Floats]:
        """What duals of the model's rows say about the face's rows and held goals."""
        face = self.face
        duals = np.zeros(face.none + 1)
        duals[: self._early] = -dual[len(face.must) : self._first_link]
        duals[self.late] = -dual[self._first_late :]
        duals[self._squared] -= dual[self._first_link : self._first_full]
        duals[self._switched] -= dual[self._first_full : self._first_held : 2]
        duals[self._switched] -= dual[self._first_full + 1 : self._first_held : 2]
        return duals, dual[self._first_held : self._first_late]

    def rays(self) -> list[tuple[Floats, Floats]]:
        """Row duals and weights one of which shows that the last run had no solution; the sign is open."""
        _, has_ray, dual = self.highs.getDualRay()  # type: ignore[attr-defined]
        return [self._as_prices(sign * np.array(dual)) for sign in (1.0, -1.0)] if has_ray else []

    def limit_load(self, row: int, low: float, high: float) -> None:
        """Change the loads a row may have; of a row that may also be empty, decide whether it is."""
        at = np.flatnonzero(self._switched == row)
        if len(at):
            used = float(low > 0)
            self.highs.changeColBounds(int(at[0]), used, used)
        else:
            self.highs.changeRowBounds(self._place(row), float(low), float(high))

    def free_load(self, row: int) -> None:
        at = np.flatnonzero(self._switched == row)
        if len(at):
            self.highs.changeColBounds(int(at[0]), 0.0, 1.0)
        else:
            self.highs.changeRowBounds(self._place(row), float(self.face.low[row]), float(self.face.high[row]))

    def add_late(self, face: Face, rows: Iterable[int]) -> None:
        """Add late limits of the face, which the model is about from now on; pairs that come later are not in
        them."""
        self.face = face
        for row in rows:
            inside = np.flatnonzero((face.rows[self.pairs] == row).any(axis=1)).astype(np.int32)
            self.highs.addRow(
                float(face.low[row]), float(face.high[row]), len(inside), self.extra + inside, np.ones(len(inside))
            )
            self.late.append(row)

    def keep_late(self, face: Face, kept: list[int]) -> None:
        """Keep the late limits at these places among them, which are the first late rows of `face`, in order."""
        gone = sorted(set(range(len(self.late))) - set(kept))
        if gone:
            self.highs.deleteRows(len(gone), np.array([self._first_late + place for place in gone], dtype=np.int32))
        self.face, self.late = face, list(range(self._early, self._early + len(kept)))

    def _place(self, row: int) -> int:
        """Where a limit stands among the model's rows; a late one that is not there yet comes in."""
        if row < self._early:
            return len(self.face.must) + row
        if row not in self.late:
            self.add_late(self.face, [row])
        return self._first_late + self.late.index(row)

    def limit_pair(self, position: int, low: float, high: float) -> None:
        """Leave a pair out, demand it, or free it again; the model must hold all pairs."""
        self.highs.changeColBounds(self.extra + position, low, high)

    def _pass_rows(self) -> None:
        face, switched = self.face, len(self._switched)
        low, high = face.low[: self._early].astype(float), face.high[: self._early].astype(float)
        low[self._switched], high[self._switched] = -math.inf, math.inf
        lower = [face.must.astype(float), low, np.zeros(len(self._squared)), np.tile([-math.inf, 0.0], switched)]
        upper = [np.ones(len(face.must)), high, np.zeros(len(self._squared)), np.tile([0.0, math.inf], switched)]
        lower.append(np.array([held.value for held in face.held], dtype=float))
        upper.append(np.full(len(face.held), math.inf))
        low, high = np.concatenate(lower), np.concatenate(upper)
        nothing = np.zeros(0, dtype=np.int32)
        self.highs.addRows(len(low), low, high, 0, np.zeros(len(low), dtype=np.int32), nothing, np.zeros(0))

    def _add_switches(self) -> None:
        for position, row in enumerate(self._switched.tolist()):
            full = self._first_full + 2 * position
            spread = np.array([full, full + 1], dtype=np.int32)
            empty = self.face.low[row] > self.face.high[row]
            limits = np.array([-self.face.high[row], -self.face.low[row]], dtype=float)
            self.highs.addCol(0.0, 0.0, 0.0 if empty else 1.0, 2, spread, limits)
            if self.whole:
                self.highs.changeColIntegrality(self.highs.getNumCol() - 1, highspy.HighsVarType.kInteger)

    def _add_levels(self) -> None:
        """The k-th learner of a mentor costs 2k - 1, so that k of them cost k squared."""
        reach = np.bincount(self.face.rows[:, 0], minlength=self.face.none + 1)
        for position, row in enumerate(self._squared.tolist()):
            for level in range(min(int(self.face.high[row]), int(reach[row]))):
                cost = 2 * level + 1
                entries = [(self._first_link + position, -1.0)]
                for at, held in enumerate(self.face.held):
                    if held.squares:
                        entries.append((self._first_held + at, -float(cost)))
                index = np.array([entry[0] for entry in entries], dtype=np.int32)
                value = np.array([entry[1] for entry in entries])
                self.highs.addCol(cost * self.goal.squares * self._unit, 0.0, 1.0, len(index), index, value)

    def _entries(self, pairs: Ints) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
        """Column starts, row indices and values of these pairs."""
        face = self.face
        learners = len(face.must)
        rows = face.rows[pairs]
        links = np.full((3, face.none + 1), -1)
        links[0, self._squared] = self._first_link + np.arange(len(self._squared))
        links[1, self._switched] = self._first_full + 2 * np.arange(len(self._switched))
        links[2, self._switched] = links[1, self._switched] + 1
        ones = np.ones(rows.shape)
        ones[:, HOURS] = face.hours[pairs]
        index = [face.learner[pairs][:, None], np.where(rows >= self._early, -1, learners + rows)]
        value = [np.ones((len(pairs), 1)), ones]
        for link in links:
            if (link >= 0).any():
                index.append(link[rows])
                value.append(ones)
        for at, held in enumerate(face.held):
            index.append(np.full((len(pairs), 1), self._first_held + at))
            value.append(held.worth[pairs][:, None].astype(float))
        indices, values = np.concatenate(index, axis=1), np.concatenate(value, axis=1)
        real = (indices >= 0) & (values != 0)
        starts = np.concatenate([[0], np.cumsum(real.sum(axis=1))])[:-1]
        return starts.astype(np.int32), indices[real].astype(np.int32), values[real]


def _quiet_highs() -> highspy.Highs:
    """HiGHS on one thread, saying nothing, the same every time."""
    highs = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("parallel", "off"), ("random_seed", 0)):
        highs.setOptionValue(option, value)
    return highs


def _squared_rows(face: Face, goal: Goal) -> Ints:
    counts = goal.squares or any(held.squares for held in face.held)
    return np.flatnonzero(face.is_mentor) if counts else np.zeros(0, dtype=np.int64)
