"""A better place that can no longer be: it is taken back, and everybody concerned hears."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from app.models.course.better_places import BetterPlace
from app.models.people import Role
from app.models.placements import Offer
from app.models.requests import PlacementRequest
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.live_offers import KEPT, NOT_FOR_THE_MENTOR, PASSING
from app.promises.moving_up import mails
from app.promises.moving_up.lifecycle import BETTER_PLACES, ENDED
from app.rules.coordinators import coordinators_of_round
from app.rules.eligibility import Obstacle, Obstacles
from app.rules.fit import all_of_a_request, all_of_an_opening

STAYS = KEPT | PASSING


def take_back_broken_better_places(session: Session, occasion: Occasion) -> None:
    """Take back those that wait for an answer and can never be accepted any more; few wait at any time."""
    places = better_places_that_wait(session, occasion.today, to_change=True)
    asked = Obstacles(occasion.today)
    for place in places:
        found = [one for one in asked.of(place.offer.request, place.opening) if one not in STAYS]
        if found:
            take_back(session, occasion, place, found[0])


def better_places_that_wait(
    session: Session, today: date, *conditions: ColumnElement[bool], to_change: bool = False
) -> Sequence[BetterPlace]:
    """Those that can be answered today, with all that eligibility and mails ask.

    `to_change` makes whoever answers one of them meanwhile wait.
    """
    statement = (
        select(BetterPlace)
        .join(BetterPlace.opening)
        .join(BetterPlace.offer)
        .join(Offer.request)
        .join(PlacementRequest.learner)
        .where(BetterPlace.is_open_on(today), *conditions)
        .order_by(BetterPlace.id)
        .options(
            joinedload(BetterPlace.offer).joinedload(Offer.request).options(*all_of_a_request()),
            joinedload(BetterPlace.opening).options(*all_of_an_opening()),
            joinedload(BetterPlace.round),
        )
    )
    if to_change:
        statement = statement.with_for_update(of=BetterPlace).execution_options(populate_existing=True)
    return session.scalars(statement).all()


def take_back(session: Session, occasion: Occasion, place: BetterPlace, obstacle: Obstacle) -> None:
    """End it, and tell its learner, its mentor and the coordinators of the round, each what is theirs to know."""
    BETTER_PLACES.move(session, place, ENDED, Party.SERVICE, occasion.actor, occasion.now, because=obstacle.value)
    place.ended_at, place.broken_by = occasion.now, obstacle.value
    learner, mentor = place.offer.request.learner, place.opening.mentor
    if learner.takes_part_as(Role.LEARNER):
        queue_message(session, learner.email, mails.broken(place, obstacle, occasion.home), occasion.now)
    if mentor is not occasion.actor and mentor.takes_part_as(Role.MENTOR):
        queue_message(session, mentor.email, mails.not_coming(place, occasion.home), occasion.now)
    for coordinator in coordinators_of_round(session, place.round_id):
        if not (obstacle in NOT_FOR_THE_MENTOR and coordinator.id == place.opening.mentor_id):
            mail = mails.broken_to_coordinator(coordinator, place, obstacle, occasion.home)
            queue_message(session, coordinator.email, mail, occasion.now)


def tell_of_changed_better_places(session: Session, occasion: Occasion, *conditions: ColumnElement[bool]) -> None:
    """Tell each learner who can move up that the place is another one than she was told; only what she read counts."""
    for place in better_places_that_wait(session, occasion.today, *conditions):
        queue_message(session, place.offer.request.learner.email, mails.changed(place, occasion.home), occasion.now)
