"""Pairs in columns as the rows of a problem file, many times quicker than one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain

from matching.files.distinct import distinct
from matching.pair_columns import PairColumns

BETWEEN = ", "


def rows_of_columns(pairs: PairColumns, at_once: int) -> Iterator[str]:
    """The pairs as the objects that the file has of them, so many in each piece; what is as it is by default is left
    out.

    Each learner, each opening and each set of numbers is put into words once. O(m log m), and memory for a piece.
    """
    learners, mentors, studies = ([_json(one) for one in ids] for ids in pairs.ids)
    opening, which_opening = distinct(pairs.mentor, pairs.study)
    number, which_number = distinct(pairs.score, pairs.rank, pairs.hours)
    openings = zip(pairs.mentor[opening].tolist(), pairs.study[opening].tolist(), strict=True)
    numbers = zip(*(column[number].tolist() for column in (pairs.score, pairs.rank, pairs.hours)), strict=True)
    words = (
        [f'{{"learner": {learner}' for learner in learners],
        [f', "mentor": {mentors[mentor]}, "study": {studies[study]}' for mentor, study in openings],
        [f"{_numbers(*each)}}}{BETWEEN}" for each in numbers],
    )
    columns = (pairs.learner, which_opening, which_number)
    for start in range(0, len(pairs), at_once):
        parts = (column[start : start + at_once].tolist() for column in columns)
        told = (map(own.__getitem__, part) for own, part in zip(words, parts, strict=True))
        piece = "".join(chain.from_iterable(zip(*told, strict=True)))
        yield piece if start + at_once < len(pairs) else piece.removesuffix(BETWEEN)


def _numbers(score: int, rank: int, hours: int) -> str:
    told = {"score": score, "rank": rank, "hours": hours}  # no rank is 0 as well
    return "".join(f', "{name}": {number}' for name, number in told.items() if number)


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
