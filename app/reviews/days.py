"""Until when a learner can ask for a review, and by when she has an answer, in working days."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReviewDays:
    """How many working days a learner has to ask, and a coordinator to answer: settings of the service."""

    to_ask: int
    to_answer: int
