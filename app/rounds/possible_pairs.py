"""All pairs that a round may form, as columns of numbers: a large round has millions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

import matching
from app.models.requests import PlacementRequest
from app.rounds.inputs import Inputs
from app.rounds.names_in_problem import LEARNERS, MENTORS, STUDIES
from app.rules.capacity import hours_needed
from app.rules.fit import interest_of
from app.rules.length import LengthTable
from matching.interest import InterestIndex

REQUESTS_AT_ONCE = 250  # 250 requests x 5,000 openings x 4 bytes = 5 MB
NOT_LISTED = 0

Table = NDArray[np.int32]


def pairs_in(inputs: Inputs, index: InterestIndex, pinned: Mapping[int, int]) -> matching.PairColumns:
    """Each pair that may be formed; a pinned one also where the opening is not on a list that takes no others.

    `pinned` are opening ids by request id.
    """
    none = np.zeros((5, 0), dtype=np.int32)
    request, opening, score, rank, hours = np.concatenate([none, *_blocks(inputs, index, pinned)], axis=1)
    mentors, mentor = np.unique([one.mentor_id for one in inputs.openings], return_inverse=True)
    studies, study = np.unique([one.study_id for one in inputs.openings], return_inverse=True)
    return matching.PairColumns(
        [LEARNERS.encode(one.id) for one in inputs.requests],
        map(MENTORS.encode, mentors.tolist()),
        map(STUDIES.encode, studies.tolist()),
        learner=request,
        mentor=mentor[opening],
        study=study[opening],
        score=score,
        rank=rank,
        hours=hours,
    )


Block = tuple[int, Sequence[PlacementRequest], Table, NDArray[np.bool_]]


def possible_in_blocks(inputs: Inputs) -> Iterator[Block]:
    """Some requests after others, from the place of the first: their ranks, and which openings they could be given."""
    columns = inputs.obstacle_table.columns
    for start, requests in blocks_of(inputs):
        ranks = ranks_in(requests, columns)
        possible = (inputs.obstacle_table.rows(requests) == 0) & wanted(requests, ranks)
        possible[[not request.networks for request in requests]] = False  # she has not said where
        for row, request in enumerate(requests):
            declined = inputs.declined.get(request.id, frozenset()) & columns.keys()
            possible[row, [columns[opening_id] for opening_id in declined]] = False
        yield start, requests, ranks, possible


def _blocks(inputs: Inputs, index: InterestIndex, pinned: Mapping[int, int]) -> Iterator[Table]:
    """(request, opening, score, rank, hours) of each pair, request and opening by their places in the inputs."""
    columns, lengths = inputs.obstacle_table.columns, LengthTable(inputs.openings, inputs.today)
    scored = scores_in_blocks(inputs, index)
    for (start, requests, ranks, possible), scores in zip(possible_in_blocks(inputs), scored, strict=True):
        for at, request in enumerate(requests):
            if request.id in pinned:
                possible[at, columns[pinned[request.id]]] = True
        fits, hours = lengths.pulled(scores, requests), np.array([hours_needed(request) for request in requests])
        row, column = np.nonzero(possible)
        yield np.array([row + start, column, fits[row, column], ranks[row, column], hours[row]], dtype=np.int32)


def scores_in_blocks(inputs: Inputs, index: InterestIndex) -> Iterator[NDArray[Any]]:
    """How well interests alone fit, in the same blocks."""
    keys = [str(opening.id) for opening in inputs.openings]
    return index.scores_of_many(([interest_of(one) for one in requests] for _, requests in blocks_of(inputs)), keys)


def blocks_of(inputs: Inputs) -> Iterator[tuple[int, Sequence[PlacementRequest]]]:
    for start in range(0, len(inputs.requests) if inputs.openings else 0, REQUESTS_AT_ONCE):
        yield start, inputs.requests[start : start + REQUESTS_AT_ONCE]


def ranks_in(requests: Sequence[PlacementRequest], columns: Mapping[int, int]) -> Table:
    """The place of each opening (columns) on the list of each request (rows), 1 for the first."""
    ranks = np.full((len(requests), len(columns)), NOT_LISTED, dtype=np.int32)
    for row, request in enumerate(requests):
        for listed in request.ranked:
            if listed.opening_id in columns:
                ranks[row, columns[listed.opening_id]] = listed.position
    return ranks


def wanted(requests: Sequence[PlacementRequest], ranks: Table) -> NDArray[np.bool_]:
    """As `wants`: on the learner's list, or any other that fits where she takes them (rule R3)."""
    takes_any = np.array([bool(request.takes_any_other) for request in requests])
    found: NDArray[np.bool_] = takes_any[:, None] | (ranks != NOT_LISTED)
    return found
