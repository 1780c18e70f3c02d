"""Offers to answer and the first and last days of placements, as dates of a person's own calendar."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.language.dates_and_times import time_in_words
from app.language.local_times import is_midnight
from app.models.people import Person
from app.models.placements import Offer, OfferState, Placement
from app.models.requests import PlacementRequest
from app.platform.lifecycle import last_moves
from app.rules.calendars.events import KEPT, Event


def last_days_to_answer(session: Session, person: Person, today: date) -> list[Event]:
    """Of a learner's offers; once it is answered or gone, the day is cancelled."""
    offers = session.scalars(
        select(Offer)
        .join(Offer.request)
        .where(PlacementRequest.learner_id == person.id, Offer.answer_by >= today - KEPT)
        .order_by(Offer.answer_until, Offer.id)
    ).all()
    moves = last_moves(session, offers)
    found = []
    for offer in offers:
        changes, changed_at = moves.get(offer.id, (0, offer.offered_at))
        at = "" if is_midnight(offer.answer_until) else f" (by {time_in_words(offer.answer_until)})"
        found.append(
            Event(
                mark=f"offer-{offer.id}",
                title=f"Last day to answer an offer of a placement{at}",
                begins=offer.answer_by,
                sequence=changes,
                changed_at=changed_at,
                endpoint="placements.offer",
                values={"offer_id": offer.id},
                is_cancelled=offer.state is not OfferState.WAITING,
            )
        )
    return found


def first_and_last_days(session: Session, person: Person, today: date) -> list[Event]:
    """Of the placements of learner or mentor; of one that never began, both are cancelled."""
    placements = session.scalars(
        select(Placement)
        .where(
            or_(Placement.learner_id == person.id, Placement.mentor_id == person.id),
            or_(Placement.ends_on >= today - KEPT, Placement.starts_on >= today - KEPT),
        )
        .order_by(Placement.starts_on, Placement.id)
    ).all()
    moves = last_moves(session, placements)
    return [
        Event(
            mark=f"placement-{placement.id}-{mark}",
            title=title,
            begins=day,
            sequence=changes,
            changed_at=changed_at,
            endpoint="placements.show",
            values={"placement_id": placement.id},
            is_cancelled=placement.never_began,
        )
        for placement in placements
        for changes, changed_at in (moves.get(placement.id, (0, placement.agreed_at)),)
        for mark, title, day in (
            ("begins", "A placement begins", placement.starts_on),
            ("ends", "A placement ends", placement.ends_on),
        )
    ]
