"""Part of `check`: what each stage counts, written again from its definition and from nothing else."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from matching.problem import Pair, Problem

Worth = Callable[[Pair], int]


@dataclass(frozen=True, slots=True)
class Count:
    """One thing a stage makes as large as possible: the sum of `worth`, less squared mentor loads if `squares`."""

    name: str
    worth: Worth
    squares: bool = False

    def of(self, chosen: Iterable[Pair]) -> int:
        """What the pairs add up to. O(chosen pairs)."""
        chosen = list(chosen)
        loads = Counter(pair.mentor for pair in chosen) if self.squares else Counter()
        return sum(map(self.worth, chosen)) - sum(load * load for load in loads.values())


class Counts:
    """The counts of a problem's stages. Unranked pairs count one rank worse than the worst rank given."""

    def __init__(self, problem: Problem) -> None:
        given = {pair.rank for pair in problem.pairs}
        self._unranked = 1 + max((rank for rank in given if rank is not None), default=0)
        self.ranks = sorted(self._unranked if rank is None else rank for rank in given)
        self._previous = {previous.key for previous in problem.previous}
        self._seed = problem.seed
        self._of_stage = self._defined()

    def _rank(self, pair: Pair) -> int:
        return self._unranked if pair.rank is None else pair.rank

    def knows(self, stage: str) -> bool:
        """Whether the stage is defined here: it is not enough that the solver knows it."""
        return stage in self._of_stage

    def of_stage(self, stage: str) -> list[Count]:
        """The counts of a stage in turn; none for `floor` and `lottery`, where they depend on what is claimed: see
        `below`, `digit` and `shared_with`. Raises `KeyError` where it is not known."""
        return self._of_stage[stage]

    def _defined(self) -> dict[str, list[Count]]:
        return {
            "placed": [Count("placed", lambda pair: 1)],
            "score": [Count("score", lambda pair: pair.score)],
            "rank_sum": [Count("rank_sum", lambda pair: -self._rank(pair))],
            "first_choices": [self._at_rank(rank, 1) for rank in self.ranks],
            "fewest_last": [self._at_rank(rank, -1) for rank in reversed(self.ranks) if rank > 1],
            "floor": [],
            "even_load": [Count("even_load", lambda pair: 0, squares=True)],
            "stay": [Count("stay", lambda pair: int(pair.key in self._previous))],
            "lottery": [],
        }

    def _at_rank(self, rank: int, sign: int) -> Count:
        return Count(f"rank {rank}", lambda pair: sign * (self._rank(pair) == rank))

    def below(self, line: int) -> Count:
        """Fewest pairs with a score below the line."""
        return Count(f"below {line}", lambda pair: -(pair.score < line))

    def digit(self, digit: int) -> Count:
        """Three hex digits, from place 3 * digit on, of SHA-256 hashes of seed and pair, counted from 1."""
        block, place = digit // 21, 3 * (digit % 21)

        def lot(pair: Pair) -> int:
            text = json.dumps([self._seed, *pair.key, block], separators=(",", ":"))
            return 1 + int(hashlib.sha256(text.encode("ascii")).hexdigest()[place : place + 3], 16)

        return Count(f"lot {digit}", lot)

    def shared_with(self, chosen: Iterable[Pair]) -> Count:
        """Fewest of these pairs."""
        keys = {pair.key for pair in chosen}
        return Count("other", lambda pair: -(pair.key in keys))
