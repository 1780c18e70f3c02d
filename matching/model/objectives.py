"""What each stage counts, as goals on the pairs that are still in the running."""

from __future__ import annotations

import hashlib
import json

import numpy as np

from matching.model.components import Component
from matching.model.face import Bools, Face, Goal, Ints

DIGIT_HEX_LENGTH = 3
DIGITS_IN_HASH = 64 // DIGIT_HEX_LENGTH


def linear_goal(stage: str, component: Component, face: Face) -> Goal:
    """The goal of a stage that has only one: `placed`, `score`, `rank_sum`, `stay` or `even_load`."""
    pair = face.pair
    if stage == "even_load":
        return Goal(stage, np.zeros(len(pair), dtype=np.int64), squares=True)
    worth: dict[str, Ints] = {
        "placed": np.ones(len(component.score), dtype=np.int64),
        "score": component.score,
        "rank_sum": -component.rank,
        "stay": component.stays,
    }
    return Goal(stage, worth[stage][pair])


def rank_goal(component: Component, face: Face, rank: int, sign: int) -> Goal:
    """Most (sign 1) or fewest (sign -1) learners at this rank."""
    return Goal(f"rank {rank}", sign * (component.rank[face.pair] == rank))


def above_goal(component: Component, face: Face, threshold: int) -> Goal:
    """Fewest learners with a score below the threshold."""
    return Goal(f"below {threshold}", -1 * (component.score[face.pair] < threshold))


def digit_goal(component: Component, face: Face, seed: str, digit: int) -> Goal:
    """The largest sum of lot digits, each from 1 to 4096, drawn by hash for every pair still in the running."""
    keys = component.pair_keys
    return Goal(f"lot {digit}", np.array([lot(seed, keys[pair], digit) for pair in face.pair.tolist()], dtype=np.int64))


def other_goal(chosen: Bools) -> Goal:
    """Fewest pairs of the choice: when all of them are needed, it is the only solution left."""
    return Goal("other", -chosen.astype(np.int64))


def lot(seed: str, key: tuple[str, str, str], digit: int) -> int:
    """The lot's digit number `digit` of a pair, 1 to 4096: three hex digits of a SHA-256 of seed, pair and block."""
    block, place = divmod(digit, DIGITS_IN_HASH)
    text = json.dumps([seed, *key, block], ensure_ascii=True, separators=(",", ":"))
    hexed = hashlib.sha256(text.encode()).hexdigest()
    return 1 + int(hexed[DIGIT_HEX_LENGTH * place : DIGIT_HEX_LENGTH * (place + 1)], 16)
