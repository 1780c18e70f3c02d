"""The moves of progress reviews, and which of them void what was signed."""

from app.models.course.progress_reviews import ProgressReviewState, ReviewKind
from app.platform.lifecycle import Move, Party
from app.platform.signing.lifecycle import SignedLifecycle
from app.rules.progress_reviews.conditions import SIGNERS
from app.rules.progress_reviews.kind import PROGRESS_REVIEW

BOTH, SUPERVISOR = frozenset(SIGNERS), frozenset({Party.ACADEMIC_SUPERVISOR})
PREPARING, WRITING, TO_SIGN = (
    frozenset({one})
    for one in (ProgressReviewState.PREPARING, ProgressReviewState.WRITING, ProgressReviewState.TO_SIGN)
)
HANDED_IN, MET, WROTE, REOPENED, READ = (
    "handed in a preparation of a progress review",
    "met for a progress review",
    "wrote down a progress review",
    "reopened a progress review",
    "read a progress review",
)
REVIEWS = SignedLifecycle(
    PROGRESS_REVIEW,
    [
        Move(HANDED_IN, PREPARING, ProgressReviewState.PREPARING, BOTH),
        Move(MET, PREPARING, ProgressReviewState.WRITING, BOTH),
        Move(WROTE, WRITING, ProgressReviewState.TO_SIGN, BOTH),
        Move(REOPENED, TO_SIGN, ProgressReviewState.WRITING, BOTH | SUPERVISOR, needs_reason=True),
        Move(READ, TO_SIGN, ProgressReviewState.TO_SIGN, SUPERVISOR),
    ],
    signed_in=ProgressReviewState.TO_SIGN,
    voids={REOPENED: SIGNERS},
)


def writers_of(kind: ReviewKind) -> frozenset[Party]:
    """Who writes it down: a last review has what the mentor saw, so she does."""
    return frozenset({Party.MENTOR}) if kind.is_last else BOTH
