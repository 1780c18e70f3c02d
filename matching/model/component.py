"""A connected part of a problem: its face, and what the numbers in it stand for."""

from __future__ import annotations

from dataclasses import dataclass

from matching.model.face import Bools, Face, Ints, Small
from matching.model.limit_rows import RowName
from matching.model.pair_keys import PairKeys


@dataclass(frozen=True, slots=True)
class Component:
    """One connected part of a problem.

    learners   ids, ascending; the positions that `face.learner` speaks of
    row_names  ("mentor", id), ("study", id), ("opening", mentor, study) or ("hours", mentor) for each row
    pair_keys  (learner, mentor, study) of each pair of the component, ascending
    score, rank, stays   (m,) what the stages count; unranked pairs have the rank `unranked`, after the last
    """

    learners: list[str]
    row_names: list[RowName]
    pair_keys: PairKeys
    score: Ints
    rank: Small
    stays: Bools
    unranked: int
    face: Face
