"""Deeds on credit that a lead and a board share: a decision is recorded, or said to be void."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.people import Person
from app.models.programmes import CREDITS_A_LEVEL, CreditDecision, CreditOutcome, CreditVoid, Enrolment, Module
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.credit import mails
from app.rules.credit.conflicts import Tie, ties_of
from app.rules.credit.held import Held, held_of
from app.rules.credit.outcomes import (
    Said,
    check_day,
    check_fits,
    check_module,
    check_new,
    check_not_recognised,
    check_said,
)
from app.rules.credit.thin import ModuleRecord


@dataclass(frozen=True)
class Learner:
    """A learner on the programme whose credit is decided."""

    enrolment: Enrolment
    person: Person


def hold(session: Session, enrolments: Iterable[Enrolment]) -> None:
    """Let whoever decides about one of these learners meanwhile wait; in one order, so that nobody waits for ever."""
    held = list(enrolments)
    ids = [one.id for one in held]
    session.execute(select(Enrolment.id).where(Enrolment.id.in_(ids)).order_by(Enrolment.id).with_for_update()).all()
    for one in held:
        session.expire(one, ["decisions"])


def check_nobody_favoured(session: Session, decider: Person, learner: Person) -> None:
    """Raise Refused for a decision about oneself, or about whom one mentors."""
    tie = ties_of(session, [decider.id], [learner.id]).get(learner.id, {}).get(decider.id)
    if tie in (Tie.LEARNER, Tie.MENTOR):
        raise Refused(
            f"You mentor {learner.name}, so you do not decide about this credit. A colleague who leads programmes of "
            "your university does."
            if tie is Tie.MENTOR
            else "Nobody decides about her own credit. A colleague who leads programmes of your university does."
        )


def decide(
    session: Session,
    occasion: Occasion,
    learner: Learner,
    module: Module,
    said: Said,
    decided_on: date,
    on_record: ModuleRecord,
) -> CreditDecision:
    """Record one decision; whoever calls has held the enrolment and asked for conflicts, and tells the learner.

    Raises Refused for a day that cannot be, a module of another programme, more credits than a level has, the same
    decision twice, and where something is missing and nobody says why the credits are earned all the same.
    """
    decider = actor_of(occasion)
    check_module(learner.enrolment, module)
    check_day(learner.enrolment, decided_on, occasion.today)
    check_said(said, decided_on, is_thin=bool(on_record.thin))
    check_new(learner.enrolment, module, said, decided_on)
    held = held_now(session, learner.enrolment)
    check_not_recognised(module, said, held)
    check_fits(held, {module.id: said.credits_for(module, held)})
    is_earned = said.outcome is CreditOutcome.EARNED
    decision = CreditDecision(
        module=module,
        outcome=said.outcome,
        credits=said.credits_for(module, held),
        until_on=said.until_on if said.outcome.has_day else None,
        decided_on=decided_on,
        decided_by_id=decider.id,
        recorded_at=occasion.now,
        reason=said.reason.strip() if is_earned and on_record.thin else "",
        words=said.words.strip(),
        considered=said.considered.strip(),
        board_reference=said.board_reference.strip(),
        evidence=on_record.evidence,
        thin=on_record.plain_thin,
    )
    learner.enrolment.decisions.append(decision)
    details = {"module": module.title, "credits": decision.credits, "outcome": decision.outcome.value}
    record(session, decider, "decided credit", decision, now=occasion.now, name=learner.person.name, **details)
    return decision


def tell_decided(
    session: Session, occasion: Occasion, learner: Learner, decisions: Sequence[CreditDecision], address: str
) -> None:
    """The learner, once, however many modules were decided."""
    total = held_now(session, learner.enrolment).total
    mail = mails.decided(learner.enrolment, learner.person, decisions, total, address)
    queue_message(session, learner.person.email, mail, occasion.now)


def make_void(
    session: Session, occasion: Occasion, learner: Learner, decision: CreditDecision, reason: str, address: str
) -> CreditVoid:
    """Say that a decision does not count, for a reason; the learner hears what counts now.

    Raises Overtaken where it is void already, and Refused where what counted before does not fit any more.
    """
    decider = actor_of(occasion)
    hold(session, [learner.enrolment])
    session.refresh(decision, ["void"])
    if decision.void is not None:
        raise Overtaken("This decision is void already. What counts now is said below.")
    check_nobody_favoured(session, decider, learner.person)
    void = CreditVoid(decision_id=decision.id, reason=reason.strip(), by_id=decider.id, at=occasion.now)
    session.add(void)
    session.flush()
    session.refresh(decision, ["void"])
    total = check_fits_without(held_now(session, learner.enrolment))
    module = decision.module.title
    record(
        session, decider, "said a decision is void", decision, now=occasion.now, name=learner.person.name, module=module
    )
    mail = mails.voided(learner.enrolment, learner.person, decision, void, total, address)
    queue_message(session, learner.person.email, mail, occasion.now)
    return void


def check_fits_without(held: Held) -> int:
    """What was decided before counts again: how much is held then. Raises Refused where that is too much."""
    if held.uncapped > CREDITS_A_LEVEL:
        raise Refused(
            "Without this decision an earlier one would count again, and the learner would have more credits than a "
            "level has. Decide about the module anew instead."
        )
    return held.total


def held_now(session: Session, enrolment: Enrolment) -> Held:
    return held_of(session, [enrolment])[enrolment.id]


def actor_of(occasion: Occasion) -> Person:
    assert occasion.actor is not None
    return occasion.actor
