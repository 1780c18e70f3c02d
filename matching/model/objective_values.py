"""What each stage counts for some chosen pairs of a problem."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from matching.model.face import Ints
from matching.model.pair_table import NO_RANK, Columns
from matching.problem import BEST_SCORE, Problem
from matching.solution import Value

Key = tuple[str, str, str]


def stage_values(problem: Problem, columns: Columns, chosen: Iterable[Key]) -> list[Value]:
    """The values of all stages but `lottery` for the pairs with these keys. O(m + k log m)."""
    pairs, ranks = columns.places_of(chosen), columns.ranks
    rank = np.where(columns.rank[pairs] == NO_RANK, columns.last_rank, columns.rank[pairs])
    at_rank: list[int] = [int((rank == one).sum()) for one in ranks]
    values: dict[str, Value] = {
        "placed": len(pairs),
        "score": int(columns.score[pairs].sum()),
        "rank_sum": int(rank.sum()),
        "first_choices": tuple(at_rank),
        "fewest_last": tuple(count for one, count in zip(ranks[::-1], at_rank[::-1], strict=True) if one > 1),
        "floor": int(columns.score[pairs].min(initial=BEST_SCORE)),
        "even_load": int((np.bincount(columns.numbers[1][pairs]) ** 2).sum()),
        "stay": _kept(problem, columns, pairs),
    }
    return [values[stage] for stage in problem.stages if stage != "lottery"]


def _kept(problem: Problem, columns: Columns, pairs: Ints) -> int:
    before = [one for one in problem.previous if columns.names.know(one)]
    return int(np.isin(columns.keys[pairs], columns.names.keys_of(*columns.names.numbers_of(before))).sum())
