"""Rows of prior learning: one enrolment in ten has a claim, of which half wait for a decision and half are granted."""

from app.models.academic.prior_learning import (
    ClaimDecision,
    ClaimState,
    CreditUse,
    PriorLearningClaim,
    PriorSource,
    PriorSourceFile,
    SourceKind,
)
from app.models.people import Role
from app.rules.prior_learning.same import key_of
from benchmarks.full.people import Rows
from benchmarks.full.sizes import CAST, NOW, TODAY, Size, days

ONE_IN = 10
TITLE, BODY = "Trials", "University of Somewhere"


def numbers(size: Size) -> range:
    """The claims count from 1; the first is of the first enrolment."""
    return range(1, size.enrolments // ONE_IN + 1)


def enrolment_of(claim: int) -> int:
    return (claim - 1) * ONE_IN + 1


def is_granted(claim: int) -> bool:
    return claim % 2 == 0


def claims(size: Size) -> Rows:
    for n in numbers(size):
        state = ClaimState.GRANTED if is_granted(n) else ClaimState.SENT
        made = {"made_at": NOW - days(20), "sent_at": NOW - days(19), "revision": 1}
        yield {
            "id": n,
            "enrolment_id": enrolment_of(n),
            "module_id": None,
            "credits": 5,
            "words": "-",
            "state": state,
            **made,
        }


def sources(size: Size) -> Rows:
    what = {"title": TITLE, "body": BODY, "key": key_of(TITLE, BODY), "level": 7, "credits": 15}
    said = {"kind": SourceKind.MODULE, "finished_on": TODAY - days(300), "words": "", "link": "", "added_at": NOW}
    for n in numbers(size):
        yield {"id": n, "claim_id": n, "form_key": str(n), **what, **said}


def files(size: Size) -> Rows:
    """Of the first source alone: a file that is not there."""
    yield {
        "source_id": 1,
        "name": "transcript.pdf",
        "kept_as": "b" * 32,
        "media_type": "application/pdf",
        "size_bytes": 8,
        "digest": "of eight bytes",
    }


def decisions(size: Size) -> Rows:
    by = {"decided_by_id": CAST[Role.PROGRAMME_LEAD], "recorded_at": NOW - days(9), "decided_on": TODAY - days(9)}
    said = {"number": 1, "revision": 1, "credits": 5, "reason": "", "exempted_by": "", "exemption_reference": ""}
    for n in filter(is_granted, numbers(size)):
        yield {"id": n, "claim_id": n, **said, **by}


def uses(size: Size) -> Rows:
    what = {"key": key_of(TITLE, BODY), "credits": 5, "is_experience": False}
    for n in filter(is_granted, numbers(size)):
        of = {"decision_id": n, "claim_id": n, "source_id": n, "learner_id": size.learner(enrolment_of(n) - 1)}
        yield {"id": n, **of, **what}


TABLES = (
    (PriorLearningClaim, claims),
    (PriorSource, sources),
    (PriorSourceFile, files),
    (ClaimDecision, decisions),
    (CreditUse, uses),
)
