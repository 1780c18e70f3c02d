"""What a learner asks about her way: it is sent, taken back, agreed by doing it, or not agreed with a reason."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enrolments import mails
from app.enrolments.moves import (
    AGREED,
    ASKED,
    COMPLETE,
    NOT_AGREED,
    READMIT,
    RETURN,
    STEP_OUT,
    TOOK_BACK,
    TRANSFER,
    WITHDRAW,
)
from app.language.dates_and_times import day_in_words
from app.language.refusal import Overtaken, Refused
from app.models.academic.enrolment_steps import WayReason
from app.models.academic.way_asked import WayAsked, WayAskedKind, WayAskedState
from app.models.people import Person
from app.models.programmes import Enrolment, Programme
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.rules.academic.supervisors import leads_at
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.enrolments.standing import LONGEST_AWAY, Standing, Way, steps_of, way_of
from app.rules.enrolments.starts import ENROLMENT_AHEAD, Start

ANSWERING = {
    STEP_OUT: WayAskedKind.STEP_OUT,
    RETURN: WayAskedKind.RETURN,
    READMIT: WayAskedKind.RETURN,
    WITHDRAW: WayAskedKind.LEAVE,
    TRANSFER: WayAskedKind.LEAVE,
    COMPLETE: WayAskedKind.LEAVE,
}
# What somebody can ask who stands so.
POSSIBLE = {
    Standing.ENROLLED: (WayAskedKind.STEP_OUT, WayAskedKind.LEAVE),
    Standing.STEPPED_OUT: (WayAskedKind.RETURN, WayAskedKind.STEP_OUT, WayAskedKind.LEAVE),
    Standing.WITHDRAWN: (WayAskedKind.RETURN,),
    Standing.TRANSFERRED: (WayAskedKind.RETURN,),
    Standing.COMPLETED: (),
}


@dataclass(frozen=True)
class Words:
    """What is said with a wish: from when, until when, why."""

    day: date | None = None
    returns_on: date | None = None
    reason: WayReason | None = None
    words: str = ""


def apply(
    session: Session,
    occasion: Occasion,
    learner: Person,
    start: Start,
    leaving: Enrolment | None,
    words: str,
    *,
    is_sure: bool,
) -> WayAsked:
    """Ask for a place on a programme; `leaving` is the enrolment that would end with it.

    Raises Refused where she is or was on it, or has asked for it already.
    """
    known = select(Enrolment).where(Enrolment.learner_id == learner.id, Enrolment.programme_id == start.programme.id)
    if session.scalar(known) is not None:
        raise Refused(
            "You are on this programme, or were. Its entry under “Your programme” says what you can do.", "start"
        )
    return send(
        session,
        occasion,
        WayAsked(
            learner=learner,
            programme=start.programme,
            kind=WayAskedKind.TRANSFER if leaving else WayAskedKind.INTEREST,
            enrolment=leaving,
            cohort=start.cohort,
            words=words,
        ),
        is_sure=is_sure,
    )


def ask(
    session: Session, occasion: Occasion, enrolment: Enrolment, kind: WayAskedKind, said: Words, *, is_sure: bool
) -> WayAsked:
    """Ask to step out, to return or to leave.

    Raises Overtaken where she stands otherwise by now, Refused for a day that cannot be or where she has asked already.
    """
    way = way_of(enrolment, steps_of(session, [enrolment.id])[enrolment.id])
    check(way, kind, said, occasion.today)
    learner = occasion.actor
    assert isinstance(learner, Person)
    return send(
        session,
        occasion,
        WayAsked(
            learner=learner,
            programme=enrolment.programme,
            kind=kind,
            enrolment=enrolment,
            day=said.day,
            returns_on=said.returns_on,
            reason=said.reason,
            words=said.words,
        ),
        is_sure=is_sure,
    )


def check(way: Way, kind: WayAskedKind, said: Words, today: date) -> None:
    if kind not in POSSIBLE[way.at_last]:
        raise Overtaken("Something else was noted about your programme by now. See where you stand, then ask again.")
    if said.day and not way.first_free_day <= said.day <= today + ENROLMENT_AHEAD:
        raise Refused(f"The day must be from {day_in_words(way.first_free_day)} on, within the coming year.", "day")
    if said.day and said.returns_on and not said.day < said.returns_on <= said.day + LONGEST_AWAY:
        raise Refused("The day of return must come after the first day away, within three years.", "returns_on")


def send(session: Session, occasion: Occasion, wish: WayAsked, *, is_sure: bool) -> WayAsked:
    """Keep it, and tell the programme leads; one waits for each programme."""
    ask_about(doubts_about_text((wish.words,), occasion.today), is_sure)
    with session.no_autoflush:
        if waiting_for(session, wish.learner, wish.programme) is not None:
            raise Refused("You have asked about this programme already. Wait for the answer, or take that back first.")
    wish.state, wish.asked_at = WayAskedState.WAITING, occasion.now
    session.add(wish)
    session.flush()
    kind = wish.kind.value
    record(session, occasion.actor, "asked about her way", wish, now=occasion.now, name=wish.learner.name, kind=kind)
    for lead in leads_at(session, wish.programme.provider_id):
        queue_message(session, lead.email, mails.asked(lead, wish, occasion.home), occasion.now)
    return wish


def waiting_for(session: Session, learner: Person, programme: Programme) -> WayAsked | None:
    """What she has asked about a programme, while nobody has answered."""
    return session.scalar(
        select(WayAsked).where(
            WayAsked.learner_id == learner.id,
            WayAsked.programme_id == programme.id,
            WayAsked.state == WayAskedState.WAITING,
        )
    )


def take_back(session: Session, occasion: Occasion, wish: WayAsked) -> None:
    """Raises Overtaken where it was answered by now."""
    hold(session, wish)
    ASKED.move(session, wish, TOOK_BACK, Party.LEARNER, occasion.actor, occasion.now, name=wish.learner.name)
    for lead in leads_at(session, wish.programme.provider_id):
        queue_message(session, lead.email, mails.withdrawn_to_lead(lead, wish, occasion.home), occasion.now)


def refuse(session: Session, occasion: Occasion, wish: WayAsked, answer: str, *, is_sure: bool) -> None:
    """Say no, and why; raises Overtaken where it was answered or taken back by now."""
    ask_about(doubts_about_text((answer,), occasion.today), is_sure)
    hold(session, wish)
    wish.answer = answer.strip()
    settle(session, occasion, wish, NOT_AGREED, wish.answer)
    queue_message(session, wish.learner.email, mails.not_agreed(wish, occasion.home), occasion.now)


def agree(session: Session, occasion: Occasion, wish: WayAsked) -> None:
    """Note that what was asked is done; the mail about the deed tells the learner."""
    hold(session, wish)
    settle(session, occasion, wish, AGREED)


def agree_to_asked(session: Session, occasion: Occasion, enrolment: Enrolment, deed: str) -> None:
    """Where a learner had asked for what is done, her wish is answered with it."""
    waiting = (WayAsked.enrolment_id == enrolment.id, WayAsked.state == WayAskedState.WAITING)
    for wish in session.scalars(select(WayAsked).where(*waiting, WayAsked.kind == ANSWERING[deed])):
        agree(session, occasion, wish)


def hold_waiting(session: Session, wish: WayAsked) -> None:
    """Raises Overtaken where it was answered or taken back by now."""
    hold(session, wish)
    ASKED.check(AGREED, wish.state, Party.PROGRAMME_LEAD)


def settle(session: Session, occasion: Occasion, wish: WayAsked, deed: str, reason: str = "") -> None:
    assert isinstance(occasion.actor, Person)
    wish.answered_at, wish.answered_by = occasion.now, occasion.actor
    name = wish.learner.name
    ASKED.move(session, wish, deed, Party.PROGRAMME_LEAD, occasion.actor, occasion.now, reason=reason, name=name)


def hold(session: Session, wish: WayAsked) -> None:
    session.refresh(wish, ["state"], with_for_update=True)
