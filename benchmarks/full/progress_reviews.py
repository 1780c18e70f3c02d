"""Rows of progress reviews: each placement has its initial one, prepared by both and signed by the mentor."""

from app.models.course.progress_reviews import (
    ProgressReview,
    ProgressReviewState,
    ReviewKind,
    ReviewPlan,
    ReviewPreparation,
)
from app.models.operations.parties import Party
from app.models.operations.signatures import Signature, SignedContent
from app.rules.signing.canonical import canonical_text, digest_of
from benchmarks.full.people import Rows
from benchmarks.full.sizes import NOW, TODAY, Size, days

SIGNED = canonical_text(
    {"content": {"met_on": None, "agreed": "As it was.", "statement": "", "seen": [], "numbers": {}}}
)


def plans(size: Size) -> Rows:
    """The first programme asks for reviews of all that began."""
    weeks = {"initial_weeks": 4, "final_weeks": 2, "short_weeks": 12}
    since = {"from_on": TODAY - days(2_000), "is_asked": True, "set_by_id": 1, "set_at": NOW}
    yield {"id": 1, "programme_id": 1, **since, **weeks}


def reviews(size: Size) -> Rows:
    for n in range(1, size.placements + 1):
        row = {"id": n, "placement_id": n, "kind": ReviewKind.INITIAL, "state": ProgressReviewState.TO_SIGN}
        said = {"met_on": TODAY - days(30), "agreed": "To screen alone.", "statement": "", "numbers": {}}
        yield {**row, **said, "revision": 2, "begun_at": NOW - days(40)}


def preparations(size: Size) -> Rows:
    for n in range(1, size.placements + 1):
        for at, party in enumerate((Party.LEARNER, Party.MENTOR), start=1):
            said = {"goes_well": "Much.", "is_hard": "", "comes_next": "", "handed_in_at": NOW - days(35)}
            yield {"id": 2 * n + at, "review_id": n, "party": party.value, "author_id": size.learner(n - 1), **said}


def contents(size: Size) -> Rows:
    yield {"digest": digest_of(SIGNED), "content": SIGNED}


def signatures(size: Size) -> Rows:
    """What was signed before a change."""
    for n in range(1, size.placements + 1):
        row = {"id": size.placements + n, "subject_type": ProgressReview.__name__, "subject_id": n, "revision": 1}
        signer = {"party": Party.LEARNER.value, "signer_id": size.learner(n - 1), "signer_name": f"Learner {n}"}
        signed = {"digest": digest_of(SIGNED), "wording": "review-1", "signed_at": NOW - days(30)}
        voided = {"voided_at": NOW - days(29), "voided_by_name": "", "voided_because": "The date."}
        yield {**row, **signer, **signed, **voided, "voided_by_id": size.learner(n - 1)}


TABLES = (
    (ReviewPlan, plans),
    (ProgressReview, reviews),
    (ReviewPreparation, preparations),
    (SignedContent, contents),
    (Signature, signatures),
)
