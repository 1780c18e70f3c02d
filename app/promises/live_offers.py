"""Offers that can still be answered, and what keeps each from being accepted as things stand now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.people import Person
from app.models.placements import Offer, OfferTerms, Placement
from app.rules.capacity import Held, beside
from app.rules.coordinators import coordinators_of_round
from app.rules.eligibility import Obstacle, Obstacles
from app.rules.fit import all_of_a_request, all_of_an_opening

# A mentor who pauses keeps her word: offers of before stay, and only what comes after waits.
KEPT = frozenset({Obstacle.NOT_PUBLISHED})
# What may be otherwise tomorrow, so that the offer stays for its time: a place comes free, a coordinator decides.
PASSING = frozenset({Obstacle.NO_PLACE, Obstacle.PERHAPS_EXCLUDED})
# What the mentor herself must not hear, also not where she is a coordinator of the round.
NOT_FOR_THE_MENTOR = frozenset({Obstacle.EXCLUDED, Obstacle.PERHAPS_EXCLUDED})


def live_offers(
    session: Session, today: date, *conditions: ColumnElement[bool], to_change: bool = False
) -> Sequence[Offer]:
    """Those that can be answered today, with all that eligibility and mails ask; a constant number of queries.

    `to_change` makes whoever answers one of them meanwhile wait.
    """
    statement = (
        select(Offer)
        .join(Offer.request)
        .join(Offer.opening)
        .where(Offer.is_open_on(today), *conditions)
        .order_by(Offer.id)
        .options(
            joinedload(Offer.request).options(*all_of_a_request()),
            joinedload(Offer.opening).options(*all_of_an_opening()),
            selectinload(Offer.terms_said).joinedload(OfferTerms.organisation),
        )
    )
    if to_change:
        statement = statement.with_for_update(of=Offer).execution_options(populate_existing=True)
    return session.scalars(statement).all()


def obstacles_of(session: Session, offer: Offer, today: date) -> tuple[Obstacle, ...]:
    """What keeps the learner from accepting this offer today; empty when she can.

    Only the placements of others take up places: every offer that waits, this one too, holds one for its own learner.
    """
    held = Held.by_placements(session, today, Placement.offer_id.is_distinct_from(offer.id), concerns([offer]))
    return without_kept(Obstacles(today, held).of(offer.request, offer.opening))


def obstacles_by_offer(session: Session, offers: Sequence[Offer], today: date) -> Mapping[int, tuple[Obstacle, ...]]:
    """The same for offers that wait, by offer id; one query."""
    asked = Obstacles(today, Held.by_placements(session, today, concerns(offers)))
    return {offer.id: without_kept(asked.of(offer.request, offer.opening)) for offer in offers}


def concerns(offers: Collection[Offer]) -> ColumnElement[bool]:
    """The condition that a placement takes up what one of these offers needs, or is one of its learner's own."""
    learners = {offer.request.learner_id for offer in offers}
    return or_(
        Placement.opening_id.in_(beside([offer.opening for offer in offers])), Placement.learner_id.in_(learners)
    )


def without_kept(found: tuple[Obstacle, ...]) -> tuple[Obstacle, ...]:
    return tuple(obstacle for obstacle in found if obstacle not in KEPT)


def broken(session: Session, offers: Sequence[Offer], today: date) -> list[tuple[Offer, Obstacle]]:
    """The offers that can never be accepted any more, each with the first reason."""
    found = obstacles_by_offer(session, offers, today)
    lasting = {id_: [one for one in all_ if one not in PASSING] for id_, all_ in found.items()}
    return [(offer, lasting[offer.id][0]) for offer in offers if lasting[offer.id]]


def coordinators_to_tell(session: Session, offer: Offer, found: Iterable[Obstacle]) -> list[Person]:
    """The coordinators of its round who may hear what keeps the learner from accepting it."""
    secret = not NOT_FOR_THE_MENTOR.isdisjoint(found)
    coordinators = coordinators_of_round(session, offer.round_id)
    return [one for one in coordinators if not (secret and one.id == offer.opening.mentor_id)]


def are_held(session: Session, offers: Collection[Offer], today: date) -> bool:
    """True when there is room for each of these beside all others, so that nobody else can be given its place."""
    held = Held.around(session, today, [offer.opening for offer in offers])
    return all(held.is_within_limits(offer.opening) for offer in offers)
