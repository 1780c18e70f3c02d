"""Deeds with an award from elsewhere: a learner names it, and a lead of the university asked confirms it or not."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.enrolments import mails
from app.enrolments.moves import CONFIRM, NOT_CONFIRM, PRIOR_AWARDS, REMOVE
from app.language.refusal import Refused
from app.models.academic.prior_awards import PriorAward, PriorAwardState
from app.models.people import Person
from app.models.programmes import Level, Provider
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.rules.academic.supervisors import leads_at
from app.rules.doubts import ask_about, doubts_about_text


@dataclass(frozen=True)
class Named:
    """What stands on the certificate, and who is asked to confirm it."""

    level: Level
    title: str
    awarded_by: str
    awarded_on: date
    reference: str
    provider: Provider


def name_award(session: Session, occasion: Occasion, named: Named, *, is_sure: bool) -> PriorAward:
    """Keep it, and ask the leads of the university; raises Refused for a day to come."""
    learner = occasion.actor
    assert isinstance(learner, Person)
    if named.awarded_on > occasion.today:
        raise Refused("The date of the award must be today or in the past.", "awarded_on")
    ask_about(doubts_about_text((named.title, named.awarded_by, named.reference), occasion.today), is_sure)
    award = PriorAward(
        learner=learner,
        provider=named.provider,
        level=named.level,
        title=named.title,
        awarded_by=named.awarded_by,
        awarded_on=named.awarded_on,
        reference=named.reference,
        state=PriorAwardState.WAITING,
        recorded_at=occasion.now,
    )
    session.add(award)
    record(session, learner, "named an award from elsewhere", award, now=occasion.now, name=learner.name)
    for lead in leads_at(session, named.provider.id):
        queue_message(session, lead.email, mails.award_named(lead, award, occasion.home), occasion.now)
    return award


def take_back(session: Session, occasion: Occasion, award: PriorAward) -> None:
    """Raises Overtaken where a lead has answered by now."""
    hold(session, award)
    PRIOR_AWARDS.move(session, award, REMOVE, Party.LEARNER, occasion.actor, occasion.now, name=award.learner.name)


def answer(session: Session, occasion: Occasion, award: PriorAward, *, confirms: bool, why: str, is_sure: bool) -> None:
    """Confirm it, or say why not; the learner hears. A lead who finds out later can still not confirm it.

    Raises Overtaken where it was answered or taken back by now, Refused without a reason.
    """
    ask_about(doubts_about_text((why,), occasion.today), is_sure)
    hold(session, award)
    deed, name = CONFIRM if confirms else NOT_CONFIRM, award.learner.name
    PRIOR_AWARDS.move(session, award, deed, Party.PROGRAMME_LEAD, occasion.actor, occasion.now, reason=why, name=name)
    assert isinstance(occasion.actor, Person)
    award.answer, award.answered_at, award.answered_by = why.strip(), occasion.now, occasion.actor
    if confirms:
        queue_message(session, award.learner.email, mails.award_confirmed(award, occasion.home), occasion.now)
    else:
        queue_message(session, award.learner.email, mails.award_not_confirmed(award, occasion.home), occasion.now)


def hold(session: Session, award: PriorAward) -> None:
    session.refresh(award, ["state"], with_for_update=True)
