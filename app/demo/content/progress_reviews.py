"""What learners and mentors of the demo say before a progress review, and what they agree in it."""

from dataclasses import dataclass
from functools import cache

from app.demo.content.reading import read


@dataclass(frozen=True)
class WrittenPreparation:
    """What one of the two hands in."""

    goes_well: str
    is_hard: str
    comes_next: str


@dataclass(frozen=True)
class WrittenAgreement:
    """What came out of a review."""

    words: str


@dataclass(frozen=True)
class ProgressReviews:
    """What each says in turn; `statement` is what a mentor saw, in a final review."""

    statement: str
    learner: tuple[WrittenPreparation, ...]
    mentor: tuple[WrittenPreparation, ...]
    agreed: tuple[WrittenAgreement, ...]


@cache
def progress_reviews() -> ProgressReviews:
    return read("progress_reviews.toml", ProgressReviews)
