"""A better place ends without a move up: its mentor, and the coordinators of the round, hear that it is free again."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.people import Role
from app.models.placements import Offer
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.moving_up import mails
from app.promises.moving_up.lifecycle import BETTER_PLACES, ENDED
from app.rules.coordinators import coordinators_of_round


def end_better_places_of(session: Session, occasion: Occasion, offer_ids: Sequence[int]) -> None:
    """End what waits for the learners of these offers, who no longer have what they would move up from."""
    for place in waiting_for(session, offer_ids):
        BETTER_PLACES.move(session, place, ENDED, Party.SERVICE, occasion.actor, occasion.now)
        place.ended_at = occasion.now
        learner = place.offer.request.learner
        if learner is not occasion.actor and learner.takes_part_as(Role.LEARNER):
            queue_message(session, learner.email, mails.over(place, occasion.home), occasion.now)
        tell_that_it_is_free(session, occasion, place)


def waiting_for(session: Session, offer_ids: Sequence[int]) -> Sequence[BetterPlace]:
    """Those that wait beside these offers; whoever answers one of them meanwhile waits."""
    statement = (
        select(BetterPlace)
        .where(BetterPlace.state == BetterPlaceState.WAITING, BetterPlace.offer_id.in_(offer_ids))
        .order_by(BetterPlace.id)
        .options(
            joinedload(BetterPlace.offer).joinedload(Offer.request).joinedload(PlacementRequest.learner),
            joinedload(BetterPlace.opening).options(joinedload(Opening.mentor), joinedload(Opening.study)),
            joinedload(BetterPlace.round),
        )
        .with_for_update(of=BetterPlace)
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).all()


def tell_that_it_is_free(session: Session, occasion: Occasion, place: BetterPlace) -> None:
    """The mentor, who was told for whom it was kept, and the coordinators, who can offer it to somebody else."""
    mentor = place.opening.mentor
    if mentor is not occasion.actor and mentor.takes_part_as(Role.MENTOR):
        queue_message(session, mentor.email, mails.not_coming(place, occasion.home), occasion.now)
    for coordinator in coordinators_of_round(session, place.round_id):
        if coordinator is not occasion.actor:
            queue_message(session, coordinator.email, mails.free_again(coordinator, place, occasion.home), occasion.now)
