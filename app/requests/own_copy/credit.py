"""What was decided about a learner's credit, as it stands in her own copy; what is only proposed is no decision yet."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.people import Person
from app.models.programmes import CreditDecision, Enrolment
from app.phrasebook.of_programmes.credit import evidence_in_words, kept_thin_in_words


def credit_of_learner(session: Session, learner: Person) -> Sequence[CreditDecision]:
    """All decisions, the oldest first."""
    return session.scalars(
        select(CreditDecision)
        .join(CreditDecision.enrolment)
        .where(Enrolment.learner_id == learner.id)
        .options(joinedload(CreditDecision.module))
        .order_by(CreditDecision.id)
    ).all()


def decision_in_copy(one: CreditDecision) -> dict[str, Any]:
    return {
        "module": one.module.title,
        "outcome": one.outcome.value,
        "credits": one.credits,
        "until": one.until_on.isoformat() if one.until_on else None,
        "decided_on": one.decided_on.isoformat(),
        "board_reference": one.board_reference or None,
        "says": one.words or None,
        "considered": [*evidence_in_words(one.evidence), *([one.considered] if one.considered else [])],
        "missing_from_my_record": kept_thin_in_words(one.thin),
        "why_all_the_same": one.reason or None,
        "void_since": one.void.at.isoformat() if one.void else None,
        "void_because": one.void.reason if one.void else None,
    }
