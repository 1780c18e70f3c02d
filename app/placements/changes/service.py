"""Deeds of learner and mentor with the course of a placement: ask for a change, answer a place to go on with."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.refusal import Overtaken, Refused
from app.models.course.changes_asked import ChangeAsked
from app.models.course.next_places import NextPlace, NextPlaceState
from app.models.people import Person
from app.models.placements import Placement
from app.phrasebook.obstacles import to_learner
from app.placements.changes import mails
from app.placements.changes.queries import waiting_wish
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.course.asking import Wish, ask_coordinators, told_of_wishes
from app.promises.course.going_on import Onward, go_on
from app.promises.course.lifecycles import ACCEPTED, CHANGE_ASKED, DECLINED, NEXT_PLACE, WITHDREW
from app.rules.capacity import lock_limits
from app.rules.coordinators import coordinators_of_network
from app.rules.course.next_openings import NextOpenings
from app.rules.doubts import ask_about, doubts_about_text

OVER = "This placement is over by now, or goes on elsewhere already, so nothing of it can be changed."


def ask_for_change(
    session: Session, person: Person, placement: Placement, wish: Wish, is_sure: bool, occasion: Occasion
) -> ChangeAsked:
    """Ask the coordinators for a change; until they answer everything stays as it is.

    Raises Refused for days that cannot be, and where something asked before still waits.
    """
    session.refresh(placement, ["state", "outcome", "ends_on"], with_for_update=True)
    check_wish(session, person, placement, wish, occasion.today)
    ask_about(doubts_about_text((wish.why,), occasion.today), is_sure)
    return ask_coordinators(session, occasion, placement, person, wish)


def check_wish(session: Session, person: Person, placement: Placement, wish: Wish, today: date) -> None:
    if not placement.can_change_on(today):
        raise Overtaken(OVER)
    if waiting_wish(session, person, placement):
        raise Refused("You have asked for a change already. Take that back first, or wait for the answer.")
    if not max(today, placement.starts_on) <= wish.from_on <= placement.ends_on:
        first, last = day_in_words(max(today, placement.starts_on)), day_in_words(placement.ends_on)
        raise Refused(f"The day must be from {first} to {last}, the last day of the placement.", "from_on")
    if wish.until_on and wish.until_on <= wish.from_on:
        raise Refused("The day on which it could go on must come after the first day.", "until_on")


def take_back_wish(session: Session, person: Person, placement: Placement, occasion: Occasion) -> None:
    """Take back what was asked; raises Overtaken where it has been answered by now."""
    asked = waiting_wish(session, person, placement)
    if asked is None:
        raise Overtaken("What you asked for has been answered by now.")
    session.refresh(asked, ["state"], with_for_update=True)
    party = Party.LEARNER if person.id == placement.learner_id else Party.MENTOR
    CHANGE_ASKED.move(session, asked, WITHDREW, party, person, occasion.now)
    for reader in told_of_wishes(session, person, placement):
        queue_message(session, reader.email, mails.taken_back(reader, asked, placement, occasion.home), occasion.now)


def accept_next_place(session: Session, learner: Person, place: NextPlace, occasion: Occasion) -> Placement:
    """Go on at the place that was offered; what limits it, and whether it can be, is asked again here.

    Accepting twice is the same as accepting once. Raises Overtaken where it is no longer open or cannot be.
    """
    placement = hold(session, place)
    if place.state is NextPlaceState.ACCEPTED:
        return session.scalars(select(Placement).where(Placement.continues_id == placement.id)).one()
    check_open(place, occasion.today)
    found = hindrance(session, place, occasion.today)
    if found:
        raise Overtaken(f"We are sorry: {found} Your coordinators can offer another place.")
    NEXT_PLACE.move(session, place, ACCEPTED, Party.LEARNER, learner, occasion.now, name=learner.name)
    first = max(place.starts_on, occasion.today)
    onward = Onward(place.opening, first, place.ends_on, place.cause)
    return go_on(session, occasion, placement, onward, Party.LEARNER)


def hold(session: Session, place: NextPlace) -> Placement:
    """Lock what the move rests on and read it afresh."""
    placement = place.placement
    lock_limits(session, [placement.opening, place.opening])
    session.refresh(placement, ["state", "outcome", "ends_on"], with_for_update=True)
    session.refresh(place, ["state", "answer_by"], with_for_update=True)
    return placement


def check_open(place: NextPlace, today: date) -> None:
    if not place.is_open_on(today):
        raise Overtaken(f"This place is {place.state_on(today).value} by now, so it can no longer be answered.")


def hindrance(session: Session, place: NextPlace, today: date) -> str:
    """Why the placement cannot go on there any more, as a sentence; empty where it can."""
    placement = place.placement
    if not placement.can_change_on(today):
        return OVER
    asked = NextOpenings(session, [placement], {placement.id: max(today, place.starts_on)}, today)
    found = asked.obstacles(placement, place.opening)
    return f"you cannot go on there, because {to_learner(found[0])}." if found else ""


def decline_next_place(
    session: Session, learner: Person, place: NextPlace, why: str, is_sure: bool, occasion: Occasion
) -> None:
    """Say no, with the reason; the placement stays as it is, and the coordinators look further."""
    ask_about(doubts_about_text((why,), occasion.today), is_sure)
    placement = hold(session, place)
    check_open(place, occasion.today)
    NEXT_PLACE.move(session, place, DECLINED, Party.LEARNER, learner, occasion.now, reason=why, name=learner.name)
    for coordinator in coordinators_of_network(session, placement.opening.network_id):
        mail = mails.declined(coordinator, place, why, occasion.home)
        queue_message(session, coordinator.email, mail, occasion.now)
