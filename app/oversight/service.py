"""Deeds of a coordinator with placements: pause, let go on, end, move to another opening, answer what was asked."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.refusal import Overtaken, Refused
from app.models.course.changes_asked import ChangeAsked
from app.models.course.next_places import NextPlace, NextPlaceState
from app.models.hours import HoursEntry
from app.models.placements import Cause, Outcome, Pause, Placement
from app.models.studies import Opening
from app.models.supervision import SupervisionSession
from app.oversight import mails
from app.phrasebook.obstacles import sentence, to_coordinator
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.course.concerned import leads_of_university
from app.promises.course.going_on import Onward, go_on, settle
from app.promises.course.lifecycles import (
    CHANGE_ASKED,
    ENDED,
    NEXT_PLACE,
    NOT_AGREED,
    PAUSED,
    PLACEMENT,
    TAKEN_BACK,
    WENT_ON,
)
from app.rules.capacity import lock_limits
from app.rules.coordinators import coordinators_of_network
from app.rules.course.next_openings import NextOpenings
from app.rules.doubts import ask_about, doubts_about_text

LONGEST_PAUSE = timedelta(weeks=52)
OVER = "This placement is over by now, or goes on elsewhere already, so this can no longer be done."
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rest:
    """A pause: its first day, the first day after it, and the last day of the placement from then on."""

    from_on: date
    resumes_on: date
    ends_on: date
    reason: str


def pause_placement(session: Session, placement: Placement, rest: Rest, is_sure: bool, occasion: Occasion) -> Pause:
    """Let a placement rest, and keep its place; raises Refused for days that cannot be."""
    take_hold(session, placement, occasion.today)
    check_rest(session, placement, rest)
    ask_about(doubts_about_text((rest.reason,), occasion.today), is_sure)
    move(session, placement, PAUSED, occasion, rest.reason)
    pause = Pause(starts_on=rest.from_on, resumes_on=rest.resumes_on)
    placement.pauses.append(pause)
    placement.ends_on = rest.ends_on
    settle(session, occasion, placement)
    tell(
        session, occasion, placement, lambda reader: mails.paused(reader, placement, pause, rest.reason, occasion.home)
    )
    return pause


def check_rest(session: Session, placement: Placement, rest: Rest) -> None:
    if not placement.starts_on <= rest.from_on <= placement.ends_on:
        raise Refused(f"The first day must lie within the placement, {days_of(placement)}.", "from_on")
    if not rest.from_on < rest.resumes_on <= rest.from_on + LONGEST_PAUSE:
        raise Refused("The day on which it goes on must come after the first day, within a year.", "resumes_on")
    if rest.ends_on < rest.resumes_on:
        raise Refused("The last day must come after the day on which it goes on.", "ends_on")
    until = placement.opening.ends_on
    if rest.ends_on > until:
        raise Refused(
            f"The opening ends on {day_in_words(until)}. Choose that day or an earlier one, ask "
            f"{placement.mentor.name} to let the opening run longer, or let the placement go on elsewhere.",
            "ends_on",
        )
    if any(rest.from_on < one.resumes_on and one.starts_on < rest.resumes_on for one in placement.pauses):
        raise Refused("The placement is paused in that time already.", "from_on")
    logged = last_day_logged(session, placement, rest.resumes_on - DAY)
    if logged and logged >= rest.from_on:
        raise Refused(f"Something is on the record of {day_in_words(logged)}: begin the pause after it.", "from_on")


def let_go_on(session: Session, placement: Placement, occasion: Occasion) -> None:
    """End a pause today, before its time; raises Overtaken where the placement is not paused."""
    take_hold(session, placement, occasion.today)
    pause = placement.pause_on(occasion.today)
    if pause is None:
        raise Overtaken("This placement is not paused today.")
    move(session, placement, WENT_ON, occasion)
    pause.resumes_on = occasion.today
    tell(session, occasion, placement, lambda reader: mails.goes_on_again(reader, placement, occasion.home))


def end_placement(
    session: Session,
    placement: Placement,
    outcome: Outcome,
    cause: Cause,
    last_day: date,
    reason: str,
    is_sure: bool,
    occasion: Occasion,
) -> None:
    """End a placement before its time; what was logged stays, and what happened up to the last day can be logged."""
    take_hold(session, placement, occasion.today)
    check_last_day(session, placement, last_day, occasion.today)
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    move(session, placement, ENDED, occasion, reason)
    placement.end(outcome, cause, last_day)
    settle(session, occasion, placement)
    tell(session, occasion, placement, lambda reader: mails.ended(reader, placement, reason, occasion.home))


def check_last_day(session: Session, placement: Placement, last_day: date, today: date) -> None:
    if last_day > today:
        raise Refused("The last day must be today or in the past.", "last_day")
    if placement.has_begun_on(today) and last_day < placement.starts_on:
        began = day_in_words(placement.starts_on)
        raise Refused(f"The last day must be {began}, when the placement began, or later.", "last_day")
    logged = last_day_logged(session, placement, date.max)
    if logged and logged > last_day:
        raise Refused(
            f"Something is on the record of {day_in_words(logged)}. Choose that day or a later one.", "last_day"
        )


def last_day_logged(session: Session, placement: Placement, until: date) -> date | None:
    """The latest day, up to one, of which anything that counts or may count is on the record."""
    days = []
    for model, day in ((HoursEntry, HoursEntry.worked_on), (SupervisionSession, SupervisionSession.held_on)):
        statement = select(func.max(day)).where(
            model.placement_id == placement.id, model.withdrawn_at.is_(None), day <= until
        )
        days.append(session.scalar(statement))
    return max((day for day in days if day), default=None)


def move_on(
    session: Session, placement: Placement, onward: Onward, answer_by: date, is_sure: bool, occasion: Occasion
) -> Placement | NextPlace:
    """Let a placement go on elsewhere: on its own study at once, on another one when its learner agrees.

    Eligibility and places are asked again here. Raises Refused for days that cannot be, Overtaken where the opening
    cannot take the learner.
    """
    lock_limits(session, [placement.opening, onward.opening])
    take_hold(session, placement, occasion.today)
    check_onward(session, placement, onward, occasion.today)
    ask_about(doubts_about_text((onward.reason,), occasion.today), is_sure)
    if is_same_study(placement, onward.opening):
        return go_on(session, occasion, placement, onward, Party.COORDINATOR)
    return offer_next_place(session, placement, onward, answer_by, occasion)


def is_same_study(placement: Placement, opening: Opening) -> bool:
    """With another mentor on the study that she agreed to, a learner is told; to another study she must agree."""
    return placement.opening.study_id == opening.study_id


def check_onward(session: Session, placement: Placement, onward: Onward, today: date) -> None:
    if onward.first_day < max(today, placement.starts_on):
        soonest = day_in_words(max(today, placement.starts_on))
        raise Refused(f"The first day must be {soonest} or later.", "first_day")
    asked = NextOpenings(session, [placement], {placement.id: onward.first_day}, today)
    found = asked.obstacles(placement, onward.opening)
    if found:
        raise Overtaken(f"This opening cannot take {placement.learner.name}: {sentence(to_coordinator(found[0]))}")
    first = asked.first_day(placement, onward.opening)
    if first is None or first > onward.first_day:
        raise Refused(f"They can begin on {day_in_words(first or onward.opening.starts_on)}, not before.", "first_day")
    if not onward.first_day <= onward.last_day <= onward.opening.ends_on:
        raise Refused(
            f"The last day must come after the first day, and be {day_in_words(onward.opening.ends_on)} or earlier, "
            "when the opening ends.",
            "last_day",
        )


def offer_next_place(
    session: Session, placement: Placement, onward: Onward, answer_by: date, occasion: Occasion
) -> NextPlace:
    if not occasion.today <= answer_by <= onward.first_day:
        raise Refused(
            f"The day to answer by must be from today to {day_in_words(onward.first_day)}, the first day.", "answer_by"
        )
    take_back_waiting(session, placement, occasion)
    place = NextPlace(
        placement=placement,
        opening=onward.opening,
        cause=onward.cause,
        starts_on=onward.first_day,
        ends_on=onward.last_day,
        answer_by=answer_by,
        offered_at=occasion.now,
        state=NextPlaceState.WAITING,
    )
    session.add(place)
    session.flush()
    name = placement.learner.name
    record(session, occasion.actor, "offered a next place", place, now=occasion.now, name=name, placement=placement.id)
    mail = mails.next_place_to_learner(place, onward.reason, occasion.home)
    queue_message(session, placement.learner.email, mail, occasion.now)
    return place


def take_back_waiting(session: Session, placement: Placement, occasion: Occasion) -> bool:
    """Take back what was offered and waits; what is over its time only gets its end. True where anything was open."""
    was_open = False
    for place in session.scalars(
        select(NextPlace).where(NextPlace.placement_id == placement.id, NextPlace.state == NextPlaceState.WAITING)
    ):
        was_open = was_open or place.is_open_on(occasion.today)
        NEXT_PLACE.move(session, place, TAKEN_BACK, Party.COORDINATOR, occasion.actor, occasion.now)
    session.flush()
    return was_open


def take_back_next_place(session: Session, placement: Placement, occasion: Occasion) -> None:
    """Take back the place that waits for its learner's answer, and tell her."""
    take_hold(session, placement, occasion.today)
    if not take_back_waiting(session, placement, occasion):
        raise Overtaken("No place waits for an answer by now.")
    mail = mails.next_place_taken_back(placement, occasion.home)
    queue_message(session, placement.learner.email, mail, occasion.now)


def refuse_wish(
    session: Session, placement: Placement, asked: ChangeAsked, answer: str, is_sure: bool, occasion: Occasion
) -> None:
    """Say no to what a learner or mentor asked, and why."""
    ask_about(doubts_about_text((answer,), occasion.today), is_sure)
    session.refresh(asked, ["state"], with_for_update=True)
    CHANGE_ASKED.move(session, asked, NOT_AGREED, Party.COORDINATOR, occasion.actor, occasion.now, reason=answer)
    asked.answer = answer
    mail = mails.not_agreed(asked, placement, occasion.home)
    queue_message(session, asked.asked_by.email, mail, occasion.now)


def take_hold(session: Session, placement: Placement, today: date) -> None:
    """Let others who change the placement wait, read it afresh, and raise Overtaken where it is over by now."""
    session.refresh(placement, ["state", "outcome", "starts_on", "ends_on"], with_for_update=True)
    session.refresh(placement, ["pauses"])
    check_current(placement, today)


def check_current(placement: Placement, today: date) -> None:
    """Raise Overtaken where the placement is over by now, or goes on elsewhere already."""
    if not placement.can_change_on(today):
        raise Overtaken(OVER)


def move(session: Session, placement: Placement, deed: str, occasion: Occasion, reason: str = "") -> None:
    name = placement.learner.name
    PLACEMENT.move(session, placement, deed, Party.COORDINATOR, occasion.actor, occasion.now, reason=reason, name=name)


def tell(session: Session, occasion: Occasion, placement: Placement, mail_to: mails.MailTo) -> None:
    """Mail learner, mentor, coordinators of the network and leads of the university, each once."""
    everybody = [
        placement.learner,
        placement.mentor,
        *coordinators_of_network(session, placement.opening.network_id),
        *leads_of_university(session, placement),
    ]
    for reader in {one.id: one for one in everybody}.values():
        if reader.is_active and reader is not occasion.actor:
            mail = mails.said_to(reader, mail_to)
            queue_message(session, reader.email, mail, occasion.now)


def days_of(placement: Placement) -> str:
    return f"{day_in_words(placement.starts_on)} to {day_in_words(placement.ends_on)}"
