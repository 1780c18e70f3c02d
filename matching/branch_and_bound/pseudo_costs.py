"""Chooses where to split a case, by what splits have cost."""

from __future__ import annotations

import math

import numpy as np

from matching.branch_and_bound.nodes import Case, Split
from matching.lp.highs_model import WHOLE, Floats
from matching.model.face import Face, Ints


class Turns:
    """What splitting a row has cost so far for each unit, down and up (pseudo-costs: Benichou et al. 1971)."""

    def __init__(self, face: Face, first_opening: int) -> None:
        """The last rows of the face, from `first_opening` on, are openings."""
        self.face = face
        self.openings = np.arange(first_opening, face.none)
        self.cost = np.zeros((2, face.none))
        self.times = np.zeros((2, face.none))

    def split(self, case: Case) -> Split | None:
        """An opening whose number of learners is not whole; else a row between none and enough; else a pair. None
        where nothing is left to decide."""
        if case.outcome is None or case.outcome.share is None:
            return None
        face, share = self.face, case.outcome.share
        loads = face.shared_loads(share)
        parts = self.openings[np.abs(loads[self.openings] - np.rint(loads[self.openings])) > WHOLE]
        if len(parts):
            at = self._most_telling(parts, loads[parts])
            return Split(False, at, math.floor(loads[at]))
        between = face.zero_ok & (loads > WHOLE) & (loads < face.low - WHOLE)
        for row in np.flatnonzero(between).tolist():
            if row not in case.limits:
                return Split(False, row, 0)
        apart = np.abs(share - np.rint(share))
        return Split(True, int(np.argmax(apart)), 0) if apart.max(initial=0.0) > WHOLE else None

    def beyond(self, case: Case, split: Split) -> float:
        """How far the load that is split lies above `most`."""
        if split.is_pair or case.outcome is None or case.outcome.share is None:
            return 0.0
        return float(self.face.shared_loads(case.outcome.share)[split.at]) - split.most

    def learn(self, row: int, beyond: float, losses: list[float]) -> None:
        """Remember what the bound lost in both halves of a split so far beyond a whole load."""
        for way, (loss, distance) in enumerate(zip(losses, (beyond, 1 - beyond), strict=True)):
            if math.isfinite(loss) and distance > WHOLE:
                self.cost[way, row] += loss / distance
                self.times[way, row] += 1

    def _most_telling(self, rows: Ints, loads: Floats) -> int:
        """The row whose two halves are likely to lose most, both of them."""
        above = loads - np.floor(loads)
        usual = self.cost.sum(axis=1) / np.maximum(1, self.times.sum(axis=1))
        known = self.cost[:, rows] / np.maximum(1, self.times[:, rows])
        likely = np.where(self.times[:, rows] > 0, known, np.maximum(usual, WHOLE)[:, None])
        promise = np.maximum(likely[0] * above, WHOLE) * np.maximum(likely[1] * (1 - above), WHOLE)
        return int(rows[np.argmax(promise)])
