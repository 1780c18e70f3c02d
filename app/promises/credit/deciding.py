"""Deeds on credit that a lead and a board share: decisions are recorded, or one is said to be void."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.language.refusal import Overtaken, Refused
from app.models.people import Person
from app.models.programmes import CREDITS_A_LEVEL, CreditDecision, CreditOutcome, CreditVoid, Enrolment, Module
from app.platform.audit import add_line, line_of, record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message, queue_messages
from app.promises.credit import mails
from app.promises.credit.telling import tell_whoever_recognised
from app.rules.credit.conflicts import Tie, ties_of
from app.rules.credit.counting import counting
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


@dataclass(frozen=True)
class ToDecide:
    """What is decided about one module of a learner, and what stands on record for it."""

    learner: Learner
    module: Module
    said: Said
    on_record: ModuleRecord


def hold(session: Session, enrolments: Iterable[Enrolment]) -> None:
    """Let whoever decides about one of these learners meanwhile wait, and read anew what was decided until then.

    They are held in one order, so that nobody waits for ever.
    """
    statement = select(Enrolment).where(Enrolment.id.in_([one.id for one in enrolments])).order_by(Enrolment.id)
    held = statement.options(selectinload(Enrolment.decisions)).with_for_update()
    session.scalars(held, execution_options={"populate_existing": True}).all()


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


def decide(session: Session, occasion: Occasion, wanted: Sequence[ToDecide], decided_on: date) -> list[CreditDecision]:
    """Record decisions of one day, in some statements however many they are; a module of a learner stands there once.

    Whoever calls has held the enrolments and asked for conflicts, and tells the learners. Raises Refused for a day
    that cannot be, a module of another programme, more credits than a level has, the same decision twice, and where
    something is missing and nobody says why the credits are earned all the same.
    """
    held = held_of(session, [one.learner.enrolment for one in wanted])
    for one in wanted:
        check(one, held[one.learner.enrolment.id], decided_on, occasion.today)
    for enrolment_id, hers in by_enrolment(wanted).items():
        together = held[enrolment_id]
        check_fits(together, {one.module.id: one.said.credits_for(one.module, together) for one in hers})
    made = [decision_of(one, held[one.learner.enrolment.id], decided_on, occasion) for one in wanted]
    session.add_all(made)
    session.flush()
    for one, decision in zip(wanted, made, strict=True):
        details = {"module": one.module.title, "credits": decision.credits, "outcome": decision.outcome.value}
        name = one.learner.person.name
        add_line(session, line_of(occasion.actor, "decided credit", decision, now=occasion.now, name=name, **details))
    taken = [one for one in made if not one.credits and held[one.enrolment_id].decided.get(one.module_id)]
    tell_whoever_recognised(session, occasion, taken)
    return made


def check(one: ToDecide, held: Held, decided_on: date, today: date) -> None:
    """Raise Refused for what cannot be decided about one module, whatever is decided about others."""
    enrolment = one.learner.enrolment
    check_module(enrolment, one.module)
    check_day(enrolment, decided_on, today)
    check_said(one.said, decided_on, is_thin=bool(one.on_record.thin))
    check_new(enrolment, one.module, one.said, decided_on)
    check_not_recognised(one.module, one.said, held)


def by_enrolment(wanted: Iterable[ToDecide]) -> dict[int, list[ToDecide]]:
    found: defaultdict[int, list[ToDecide]] = defaultdict(list)
    for one in wanted:
        found[one.learner.enrolment.id].append(one)
    return found


def decision_of(one: ToDecide, held: Held, decided_on: date, occasion: Occasion) -> CreditDecision:
    said, on_record = one.said, one.on_record
    is_earned = said.outcome is CreditOutcome.EARNED
    return CreditDecision(
        enrolment=one.learner.enrolment,
        module=one.module,
        outcome=said.outcome,
        credits=said.credits_for(one.module, held),
        until_on=said.until_on if said.outcome.has_day else None,
        decided_on=decided_on,
        decided_by_id=actor_of(occasion).id,
        recorded_at=occasion.now,
        reason=said.reason.strip() if is_earned and on_record.thin else "",
        words=said.words.strip(),
        considered=said.considered.strip(),
        board_reference=said.board_reference.strip(),
        evidence=on_record.evidence,
        thin=on_record.plain_thin,
        void=None,  # or each would be asked for, where it is read next
    )


def tell_decided(
    session: Session, occasion: Occasion, learners: Iterable[Learner], decisions: Sequence[CreditDecision], address: str
) -> None:
    """Each learner once, however many modules of however many of her programmes were decided."""
    every = {one.enrolment.id: one for one in learners}
    held = held_of(session, [one.enrolment for one in every.values()])
    parts: defaultdict[Person, list[mails.Part]] = defaultdict(list)
    for id_, learner in every.items():
        hers = [one for one in decisions if one.enrolment_id == id_]
        parts[learner.person].append(mails.Part(learner.enrolment, hers, held[id_].total))
    queue_messages(
        session, [(person.email, mails.decided(person, hers, address)) for person, hers in parts.items()], occasion.now
    )


def make_void(
    session: Session, occasion: Occasion, learner: Learner, decision: CreditDecision, reason: str, address: str
) -> CreditVoid:
    """Say that a decision does not count, for a reason; the learner hears what counts now.

    Raises Overtaken where it is void already, and Refused where what counted before does not fit any more.
    """
    decider = actor_of(occasion)
    hold(session, [learner.enrolment])
    if decision.void is not None:
        raise Overtaken("This decision is void already. What counts now is said below.")
    check_nobody_favoured(session, decider, learner.person)
    counted = counting(learner.enrolment.decisions).get(decision.module_id) is decision
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
    tell_whoever_recognised(session, occasion, [decision] if counted else [])
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
