"""Deeds of a university on the credit of one learner: a decision is recorded, or said to be void."""

from datetime import date

from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.programmes import CreditDecision, CreditVoid, Module
from app.platform.occasion import Occasion
from app.promises.credit import deciding
from app.promises.credit.deciding import Learner, ToDecide
from app.rules.credit.outcomes import Said
from app.rules.credit.thin import record_of
from app.rules.doubts import ask_about, doubts_about_text


def decide_credit(
    session: Session,
    occasion: Occasion,
    learner: Learner,
    module: Module,
    said: Said,
    decided_on: date,
    address: str,
    *,
    is_sure: bool,
) -> CreditDecision:
    """Record the university's decision about a module and tell the learner; the newest decision counts.

    `address` is where the learner reads it. Raises Refused as `deciding.decide` does, and where nothing on record and
    no words say what was considered.
    """
    words = (said.words, said.reason, said.considered, said.board_reference)
    ask_about(doubts_about_text(words, occasion.today), is_sure)
    deciding.check_nobody_favoured(session, deciding.actor_of(occasion), learner.person)
    deciding.hold(session, [learner.enrolment])
    on_record = record_of(session, learner.person.id, module)
    if not on_record.evidence and not said.considered.strip():
        raise Refused("Say what was considered, for instance the marks or a report.", "considered")
    decisions = deciding.decide(session, occasion, [ToDecide(learner, module, said, on_record)], decided_on)
    deciding.tell_decided(session, occasion, [learner], decisions, address)
    return decisions[0]


def make_void(
    session: Session,
    occasion: Occasion,
    learner: Learner,
    decision: CreditDecision,
    reason: str,
    address: str,
    *,
    is_sure: bool,
) -> CreditVoid:
    """Say that a decision does not count; raises as `deciding.make_void` does."""
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    return deciding.make_void(session, occasion, learner, decision, reason, address)
