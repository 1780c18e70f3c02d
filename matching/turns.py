"""Remembers what splits have cost, to choose the next one."""

from __future__ import annotations

import math

import numpy as np

from matching.face import Ints
from matching.programme import Floats

WHOLE = 1e-6


class Turns:
    """What splitting a row has cost so far for each unit, down and up (pseudo-costs: Benichou et al. 1971)."""

    def __init__(self, rows: int) -> None:
        self.cost = np.zeros((2, rows))
        self.times = np.zeros((2, rows))

    def learn(self, row: int, share: float, losses: list[float]) -> None:
        for way, (loss, distance) in enumerate(zip(losses, (share, 1 - share), strict=True)):
            if math.isfinite(loss) and distance > WHOLE:
                self.cost[way, row] += loss / distance
                self.times[way, row] += 1

    def most_telling(self, rows: Ints, loads: Floats) -> int:
        """The row whose two halves are likely to lose most, both of them."""
        above = loads - np.floor(loads)
        usual = self.cost.sum(axis=1) / np.maximum(1, self.times.sum(axis=1))
        known = self.cost[:, rows] / np.maximum(1, self.times[:, rows])
        likely = np.where(self.times[:, rows] > 0, known, np.maximum(usual, WHOLE)[:, None])
        promise = np.maximum(likely[0] * above, WHOLE) * np.maximum(likely[1] * (1 - above), WHOLE)
        return int(rows[np.argmax(promise)])
