"""Rows of learning agreements, one for each placement: to be signed by mentor and university again, after a change."""

from app.models.course.agreements import AgreementState, Cadence, LearningAgreement, Objective
from app.models.hours import HoursCategory
from app.models.operations.parties import Party
from app.models.operations.signatures import Signature, SignedContent
from app.rules.signing.canonical import canonical_text, digest_of
from benchmarks.full.people import Rows
from benchmarks.full.sizes import NOW, Size, days

OBJECTIVES = 3  # of each
NOTHING = {"objectives": [], "minutes_by_category": {}, "minutes_by_month": {}, "sessions": "", "working_pattern": ""}
BEFORE = canonical_text({"content": NOTHING | {"adjustments": ""}})


def agreements(size: Size) -> Rows:
    for n in range(1, size.placements + 1):
        row = {"id": n, "placement_id": n, "state": AgreementState.TO_SIGN, "revision": 2, "sessions": Cadence.MONTH}
        plan = {HoursCategory.WORKPLACE.value: 3_600}
        hours = {"minutes_by_category": plan, "minutes_by_month": {"2026-03": 3_600}}
        yield {**row, **hours, "working_pattern": "On Tuesdays.", "adjustments": "", "begun_at": NOW - days(60)}


def objectives(size: Size) -> Rows:
    for n in range(1, size.placements + 1):
        for one in range(OBJECTIVES):
            words = "To screen for a trial on my own."
            yield {"id": (n - 1) * OBJECTIVES + one + 1, "agreement_id": n, "words": words}


def contents(size: Size) -> Rows:
    yield {"digest": digest_of(BEFORE), "content": BEFORE}


def signatures(size: Size) -> Rows:
    """Each learner has signed what it said before it was changed."""
    for n in range(1, size.placements + 1):
        learner = size.learner(n - 1)
        row = {"id": n, "subject_type": LearningAgreement.__name__, "subject_id": n, "revision": 1}
        signer = {"party": Party.LEARNER.value, "signer_id": learner, "signer_name": f"Learner {n}"}
        signed = {"digest": digest_of(BEFORE), "wording": "agreement-1", "signed_at": NOW - days(50)}
        voided = {"voided_at": NOW - days(40), "voided_by_id": learner, "voided_by_name": "", "voided_because": ""}
        yield {**row, **signer, **signed, **voided}


TABLES = (
    (LearningAgreement, agreements),
    (Objective, objectives),
    (SignedContent, contents),
    (Signature, signatures),
)
