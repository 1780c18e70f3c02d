"""The stage `lottery`: one solution out of those that are left, by lots that the seed decides."""

from __future__ import annotations

import hashlib
import json

import numpy as np

from matching.model.face import Bools, Goal
from matching.model.objectives.objective import Key, Objective, Pairs

DIGIT_HEX_LENGTH = 3
DIGITS_IN_HASH = 64 // DIGIT_HEX_LENGTH
OTHER = "other"


class Lottery(Objective):
    """The largest sum of lots, digit after digit, until a single solution is left."""

    name = "lottery"
    aim = "one solution out of those that are left, by lot"
    is_listed = True
    is_open_ended = True
    is_by_lot = True

    def goal(self, pairs: Pairs, number: int) -> Goal:
        """The largest sum of digits, each from 1 to 4096, drawn by hash for every pair: O(m) hashes."""
        lots = [lot(self.seed, key, number) for key in pairs.keys]
        return Goal(f"lot {number}", np.array(lots, dtype=np.int64))


def other_goal(chosen: Bools) -> Goal:
    """Fewest pairs of the choice: when all of them are needed, it is the only solution left."""
    return Goal(OTHER, -chosen.astype(np.int64))


def lot(seed: str, key: Key, digit: int) -> int:
    """The lot's digit number `digit` of a pair, 1 to 4096: three hex digits of a SHA-256 of seed, pair and block."""
    block, place = divmod(digit, DIGITS_IN_HASH)
    text = json.dumps([seed, *key, block], ensure_ascii=True, separators=(",", ":"))
    hexed = hashlib.sha256(text.encode()).hexdigest()
    return 1 + int(hexed[DIGIT_HEX_LENGTH * place : DIGIT_HEX_LENGTH * (place + 1)], 16)
