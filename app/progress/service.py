"""Deeds of a university: recording a credit decision."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.refusal import Refused
from app.models.people import Person
from app.models.programmes import CREDITS_A_LEVEL, CreditDecision, Enrolment, Module, ModuleKind
from app.platform.audit import record
from app.platform.outbox import queue_message
from app.progress import mails
from app.progress.credit import Held, counting, held_of
from app.rules.sign_offs.standing import modules_signed_off


def decide_credit(
    session: Session,
    lead: Person,
    enrolment: Enrolment,
    learner: Person,
    module: Module,
    *,
    is_earned: bool,
    decided_on: date,
    reason: str,
    now: datetime,
    today: date,
) -> CreditDecision:
    """Record the university's decision about a module and tell the learner; the newest decision counts.

    Raises Refused for a day that cannot be, a module of another programme, more credits than a level has, and the
    same decision twice; and where no placement for the module is signed off and nobody says why.
    """
    held = held_of(session, [enrolment])[enrolment.id]
    check_decision(enrolment, module, held, is_earned, decided_on, today)
    needs_reason = is_earned and is_without_sign_off(session, learner, module)
    if needs_reason and not reason.strip():
        raise Refused(
            f"No placement for {module.title} is signed off. Say why the credits are earned all the same.", "reason"
        )
    decision = CreditDecision(
        module_id=module.id,
        credits=held.to_earn(module) if is_earned else 0,
        decided_on=decided_on,
        decided_by_id=lead.id,
        recorded_at=now,
        reason=reason.strip() if needs_reason else "",
    )
    enrolment.decisions.append(decision)
    record(session, lead, "decided credit", decision, now=now, module=module.title, credits=decision.credits)
    held = held_of(session, [enrolment])[enrolment.id]
    queue_message(session, learner.email, mails.decision_made(enrolment, learner, module, decision, held.total), now)
    return decision


def is_without_sign_off(session: Session, learner: Person, module: Module) -> bool:
    """True of a module that is learnt in a placement, where none of the learner's is signed off."""
    return module.kind is ModuleKind.RPE and not modules_signed_off(session, learner.id, [module.id])


def check_decision(
    enrolment: Enrolment, module: Module, held: Held, is_earned: bool, decided_on: date, today: date
) -> None:
    if module not in enrolment.modules:
        raise Refused("That module is not part of this learner’s programme. Choose another.", "module")
    if decided_on > today:
        raise Refused("The date must be today or in the past.", "decided_on")
    if decided_on < enrolment.started_on:
        raise Refused(
            f"The date must be on or after {day_in_words(enrolment.started_on)}, when the learner enrolled.",
            "decided_on",
        )
    if is_earned and held.is_exempt(module):
        raise Refused("The credits of this module are recognised as prior learning, and count once.", "module")
    newest = counting(enrolment.decisions).get(module.id)
    earned = held.to_earn(module) if is_earned else 0
    if newest and newest.credits == earned and newest.decided_on == decided_on:
        raise Refused("That decision is recorded already.", "module")
    others = held.without(module)
    if others + earned > CREDITS_A_LEVEL:
        raise Refused(
            f"With these credits the learner would have {others + earned}; a level has {CREDITS_A_LEVEL}. Check the "
            "modules that were decided before.",
            "module",
        )
