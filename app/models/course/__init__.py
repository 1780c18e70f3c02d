"""What is asked and offered in the course of a placement, so that it can start, pause, end, go on or be exchanged."""

from app.models.course import (
    acknowledged,
    agreements,
    better_places,
    capabilities,
    changes_asked,
    deputies,
    evidence,
    next_places,
    progress_reviews,
    readiness,
    records_of_elsewhere,
    sign_offs,
    signed_records,
    starting_set,
    swaps,
)

__all__ = [
    "acknowledged",
    "agreements",
    "better_places",
    "capabilities",
    "changes_asked",
    "deputies",
    "evidence",
    "next_places",
    "progress_reviews",
    "readiness",
    "records_of_elsewhere",
    "sign_offs",
    "signed_records",
    "starting_set",
    "swaps",
]
