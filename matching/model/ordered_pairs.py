"""The pairs of a problem in the order of their ids, without those that a pin rules out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.model.face import Bools, Ints, Small
from matching.model.pair_table import Columns
from matching.pair_columns import NO_RANK
from matching.problem import Problem


@dataclass(frozen=True, slots=True)
class OrderedPairs:
    """The pairs that can be formed, by learner, mentor and study.

    learner, mentor, study, opening   (m,) numbers among the ids of the problem
    score, rank, hours, stays         (m,) as a `Component` has them
    must                              (n,) the learner is pinned, and has only that pair
    """

    learner: Small
    mentor: Small
    study: Small
    opening: Ints
    score: Small
    rank: Small
    hours: Small
    stays: Bools
    must: Bools

    @property
    def learner_count(self) -> int:
        """n, how many learners there are, with a pair or without."""
        return len(self.must)


def ordered_pairs(problem: Problem, columns: Columns) -> OrderedPairs:
    """Return the pairs of a well-formed problem. O(m log m)."""
    names = columns.names
    pinned = names.numbers_of(problem.pins)
    must = np.zeros(len(names.learners), dtype=bool)
    must[pinned[0]] = True
    kept = ~must[columns.numbers[0]] | np.isin(columns.keys, names.keys_of(*pinned))
    order = columns.order[kept[columns.order]]
    learner, mentor, study = (number[order] for number in columns.numbers)
    rank = columns.rank[order]
    return OrderedPairs(
        learner=learner,
        mentor=mentor,
        study=study,
        opening=names.openings_of(mentor, study),
        score=columns.score[order],
        rank=np.where(rank == NO_RANK, columns.last_rank, rank),
        hours=columns.hours[order],
        stays=_stays(problem, columns, order),
        must=must,
    )


def _stays(problem: Problem, columns: Columns, order: Ints) -> Bools:
    """Whether the problem lists each pair under `previous`."""
    names = columns.names
    known = [one for one in problem.previous if names.know(one)]
    return np.isin(columns.keys[order], names.keys_of(*names.numbers_of(known)))
