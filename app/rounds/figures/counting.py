"""Counts what a round can do: for each learner her possible openings, for each opening its learners."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.rounds.figures.undecided import undecided_in_all
from app.rounds.inputs import Inputs
from app.rounds.possible_pairs import possible_in_blocks


@dataclass(frozen=True)
class Figures:
    """How many openings each request could be given, by its id, and how many requests could be given each opening.

    `undecided` are ids of people whom somebody named, each with that of a mentor who may be this person.
    """

    places: int
    possible: Mapping[int, int]
    chances: Mapping[int, int]
    undecided: Sequence[tuple[int, int]]

    @property
    def without_opening(self) -> int:
        return sum(not number for number in self.possible.values())


def figures_in(inputs: Inputs) -> Figures:
    """The one place where a round is counted."""
    possible = {request.id: 0 for request in inputs.requests}
    chances = np.zeros(len(inputs.openings), dtype=np.int64)
    for _, requests, _, fits in possible_in_blocks(inputs):
        possible |= zip((request.id for request in requests), fits.sum(axis=1).tolist(), strict=True)
        chances += fits.sum(axis=0)
    by_opening = dict(zip((opening.id for opening in inputs.openings), chances.tolist(), strict=True))
    mentors = list({opening.mentor_id: opening.mentor for opening in inputs.openings}.values())
    undecided = [(one.named.id, one.mentor.id) for one in undecided_in_all(inputs.requests, mentors)]
    return Figures(sum(inputs.places.values()), possible, by_opening, undecided)
