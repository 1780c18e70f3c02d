"""Who is told what becomes of a claim of prior learning."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from app.models.academic.prior_learning import ClaimDecision, PriorLearningClaim
from app.models.people import Person
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.prior_learning import mails
from app.rules.academic.supervisors import assignments_of, leads_at
from app.rules.coordinators import administrators


def tell_sent(session: Session, by: Occasion, claim: PriorLearningClaim, learner: Person) -> None:
    """Everybody who may decide."""
    for lead in those_who_decide(session, claim, learner):
        queue_message(session, lead.email, mails.to_decide(lead, claim, learner, by.home), by.now)


def tell_appealed(session: Session, by: Occasion, claim: PriorLearningClaim, learner: Person) -> None:
    """Everybody who may decide now; where nobody may, the administrators, who can name somebody."""
    first = first_decider_id(claim)
    others = [one for one in those_who_decide(session, claim, learner) if one.id != first]
    for lead in others:
        queue_message(session, lead.email, mails.to_decide_appeal(lead, claim, learner, by.home), by.now)
    if not others:
        for one in administrators(session):
            queue_message(session, one.email, mails.nobody_can_decide(one, claim, by.home), by.now)


def tell_sent_back(session: Session, by: Occasion, claim: PriorLearningClaim, learner: Person, reason: str) -> None:
    if learner.is_active:
        queue_message(session, learner.email, mails.sent_back(learner, claim, reason, by.home), by.now)


def tell_decided(
    session: Session,
    by: Occasion,
    claim: PriorLearningClaim,
    learner: Person,
    decision: ClaimDecision,
    last: date | None,
) -> None:
    """The learner, her academic supervisor, and on appeal whoever decided first."""
    if learner.is_active:
        queue_message(session, learner.email, mails.decided(learner, claim, decision, last, by.home), by.now)
    for supervisor in supervisors_of(session, claim, by):
        mail = mails.known_to_supervisor(supervisor, claim, learner, decision, by.home)
        queue_message(session, supervisor.email, mail, by.now)
    if decision.number > 1:
        first = claim.decisions[0].decided_by
        if first.is_active:
            queue_message(session, first.email, mails.appeal_decided(first, claim, learner, decision, by.home), by.now)


def tell_void(session: Session, by: Occasion, claim: PriorLearningClaim, learner: Person, reason: str) -> None:
    readers = [*([learner] if learner.is_active else []), *supervisors_of(session, claim, by)]
    for reader in readers:
        queue_message(session, reader.email, mails.made_void(reader, claim, learner, reason, by.home), by.now)


def those_who_decide(session: Session, claim: PriorLearningClaim, learner: Person) -> list[Person]:
    """The programme leads of the university, but for the learner herself."""
    leads = leads_at(session, claim.enrolment.programme.provider_id)
    return [one for one in leads if one.id != learner.id]


def supervisors_of(session: Session, claim: PriorLearningClaim, by: Occasion) -> Iterable[Person]:
    """Her academic supervisor, unless that is who does it."""
    assigned = assignments_of(session, [claim.enrolment_id]).get(claim.enrolment_id)
    actor_id = by.actor.id if by.actor else None
    return [assigned.supervisor] if assigned and assigned.supervisor_id != actor_id else []


def first_decider_id(claim: PriorLearningClaim) -> int | None:
    return claim.decisions[0].decided_by_id if claim.decisions else None
