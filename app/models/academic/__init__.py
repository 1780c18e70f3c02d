"""What a university keeps about its learners beside their course: their way, supervisors, notes, and credit."""

from app.models.academic import (
    boards,
    dissertations,
    enrolment_steps,
    notes,
    prior_awards,
    prior_learning,
    record_shares,
    supervisors,
    unplaced,
    way_asked,
)

__all__ = [
    "boards",
    "dissertations",
    "enrolment_steps",
    "notes",
    "prior_awards",
    "prior_learning",
    "record_shares",
    "supervisors",
    "unplaced",
    "way_asked",
]
