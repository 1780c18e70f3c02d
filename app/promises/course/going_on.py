"""A placement goes on elsewhere: the earlier one ends the day before, and a new one names it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.course.changes_asked import AskedState, ChangeAsked
from app.models.course.next_places import NextPlace, NextPlaceState
from app.models.people import Person
from app.models.placements import Cause, Outcome, Placement, PlacementState
from app.models.studies import Opening
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.course import mails
from app.promises.course.concerned import leads_of_university
from app.promises.course.deputies import end_deputies_of_placement
from app.promises.course.lifecycles import CHANGE_ASKED, DONE, MOVED, MOVED_UNBEGUN, NEXT_PLACE, PLACEMENT, TAKEN_BACK
from app.promises.course.needs import carry_needs
from app.promises.course.plans import cancel_what_cannot_be
from app.promises.resting_on_a_place import end_what_rests_on
from app.rules.coordinators import coordinators_of_networks

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Onward:
    """Where a placement goes on, from when until when (both included), and why."""

    opening: Opening
    first_day: date
    last_day: date
    cause: Cause
    reason: str = ""


def go_on(session: Session, occasion: Occasion, placement: Placement, onward: Onward, party: Party) -> Placement:
    """End a placement on the day before and begin the one that continues it; tell everybody concerned.

    One that has not begun by then never does, and frees its place at once.

    Whoever calls has asked whether it can be, and holds what limits it.
    """
    actor = occasion.actor
    name = placement.learner.name
    deed = MOVED if placement.starts_on < onward.first_day else MOVED_UNBEGUN
    PLACEMENT.move(session, placement, deed, party, actor, occasion.now, reason=onward.reason, name=name)
    after = placement_after(placement, onward, occasion)
    placement.end(Outcome.MOVED, onward.cause, onward.first_day - DAY)
    session.add(after)
    settle(session, occasion, placement)
    carry_needs(session, placement, after, occasion)
    record(session, actor, "began a placement", after, now=occasion.now, name=name, continues=placement.id)
    tell_of_going_on(session, occasion, placement, after)
    return after


def placement_after(placement: Placement, onward: Onward, occasion: Occasion) -> Placement:
    began = placement.first_part_on or placement.starts_on
    return Placement(
        learner=placement.learner,
        mentor_id=onward.opening.mentor_id,
        mentor=onward.opening.mentor,
        opening=onward.opening,
        module=placement.module,
        continues_id=placement.id,
        state=PlacementState.ACTIVE,
        starts_on=onward.first_day,
        ends_on=onward.last_day,
        first_part_on=began if began < onward.first_day else None,
        agreed_at=occasion.now,
    )


def settle(session: Session, occasion: Occasion, placement: Placement) -> None:
    """What was asked about a placement is done with, what was offered for it to go on is taken back, and so ends what
    rests on it: a swap, a move up.

    What was planned for a day that it no longer has is cancelled, and who was to stand in then no longer does.
    """
    if placement.offer_id is not None:
        end_what_rests_on(session, occasion, [placement.offer_id])
    for asked in waiting_wishes(session, placement):
        CHANGE_ASKED.move(session, asked, DONE, Party.SERVICE, occasion.actor, occasion.now)
    for place in waiting_next_places(session, placement):
        NEXT_PLACE.move(session, place, TAKEN_BACK, Party.SERVICE, occasion.actor, occasion.now)
    cancel_what_cannot_be(session, occasion, placement)
    end_deputies_of_placement(session, occasion, placement)


def waiting_wishes(session: Session, placement: Placement) -> Sequence[ChangeAsked]:
    statement = (
        select(ChangeAsked)
        .where(ChangeAsked.placement_id == placement.id, ChangeAsked.state == AskedState.WAITING)
        .options(joinedload(ChangeAsked.asked_by))
        .order_by(ChangeAsked.id)
    )
    return session.scalars(statement).all()


def waiting_next_places(session: Session, placement: Placement) -> Sequence[NextPlace]:
    statement = (
        select(NextPlace)
        .where(NextPlace.placement_id == placement.id, NextPlace.state == NextPlaceState.WAITING)
        .options(joinedload(NextPlace.opening).options(joinedload(Opening.mentor), joinedload(Opening.study)))
    )
    return session.scalars(statement).all()


def tell_of_going_on(session: Session, occasion: Occasion, before: Placement, after: Placement) -> None:
    for reader in readers_of(session, before, after):
        if reader is not occasion.actor and reader.is_active:
            queue_message(session, reader.email, mails.goes_on(reader, before, after, occasion.home), occasion.now)


def readers_of(session: Session, before: Placement, after: Placement) -> list[Person]:
    """Everybody whom it concerns, each once."""
    networks = {before.opening.network_id, after.opening.network_id}
    everybody = [
        before.learner,
        before.mentor,
        after.mentor,
        *coordinators_of_networks(session, networks),
        *leads_of_university(session, before),
    ]
    return list({one.id: one for one in everybody}.values())
