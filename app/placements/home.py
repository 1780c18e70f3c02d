"""What the home pages of learners and mentors say about offers and placements."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.language.dates_and_times import day_in_words, day_of
from app.language.local_times import until_in_words
from app.models.people import Person, Role
from app.models.placements import Offer, OfferState, Placement
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.placements.queries import placements_of
from app.rules.home_items import HomeItem, Standing, ToDo


def home_items_of(session: Session, person: Person, now: datetime) -> list[HomeItem]:
    """Offers to answer, offers that have lapsed, and placements that are still to begin."""
    today = day_of(now)
    if not person.roles & {Role.LEARNER, Role.MENTOR}:
        return []
    coming = [p for p in placements_of(session, person) if p.is_current_on(today) and not p.has_begun_on(today)]
    offers = waiting_offers(session, person) if Role.LEARNER in person.roles else []
    return [
        *(item_about_offer(offer, now) for offer in offers),
        *(standing_of(placement, person) for placement in coming),
    ]


def waiting_offers(session: Session, learner: Person) -> Sequence[Offer]:
    return session.scalars(
        select(Offer)
        .join(Offer.request)
        .where(PlacementRequest.learner_id == learner.id, Offer.state == OfferState.WAITING)
        .options(
            joinedload(Offer.opening).options(joinedload(Opening.mentor), joinedload(Opening.study)),
            selectinload(Offer.terms_said),
        )
        .order_by(Offer.answer_until, Offer.id)
    ).all()


def item_about_offer(offer: Offer, now: datetime) -> HomeItem:
    """An offer that is open is to be answered; one that has lapsed only needs to be known."""
    values = {"offer_id": offer.id}
    study = offer.opening.study.title
    if not offer.is_open_at(now):
        return Standing(
            f"Your offer with {offer.opening.mentor.name} lapsed on {until_in_words(offer.answer_until)}",
            "Write to your coordinator if you still want the place.",
            "placements.offer",
            values,
        )
    changed = " It has changed since it was offered: read it again first." if offer.has_changed_terms else ""
    return ToDo(
        f"Answer your offer by {until_in_words(offer.answer_until)}",
        f"A place with {offer.opening.mentor.name} on “{study}”.{changed}",
        "placements.offer",
        values,
        due=offer.answer_by,
    )


def standing_of(placement: Placement, person: Person) -> Standing:
    other = placement.mentor if placement.learner_id == person.id else placement.learner
    return Standing(
        f"Your placement with {other.name} begins on {day_in_words(placement.starts_on)}",
        f"Agree with {other.name} when you first meet.",
        "placements.show",
        {"placement_id": placement.id},
    )
