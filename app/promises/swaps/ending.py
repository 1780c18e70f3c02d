"""A swap ends by itself when one of its places is answered otherwise, changes, begins or goes to somebody else."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from app.models.course.swaps import Swap, SwapState
from app.models.people import Person
from app.models.placements import Offer
from app.models.requests import PlacementRequest
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.swaps import mails
from app.promises.swaps.lifecycle import ENDED, SWAPS
from app.rules.coordinators import coordinators_of_round

OPEN = (SwapState.PROPOSED, SwapState.AGREED)


def end_swaps_of(session: Session, occasion: Occasion, offer_ids: Sequence[int], but: Swap | None = None) -> None:
    """End every open swap of these places, and tell who waits for an answer; to be asked after each such deed."""
    for swap in open_swaps_of(session, offer_ids):
        if swap is not but:
            end_swap(session, occasion, swap)


def open_swaps_of(session: Session, offer_ids: Sequence[int]) -> Sequence[Swap]:
    learner = joinedload(Offer.request).joinedload(PlacementRequest.learner)
    statement = (
        select(Swap)
        .where(Swap.state.in_(OPEN), or_(Swap.one_id.in_(offer_ids), Swap.other_id.in_(offer_ids)))
        .options(joinedload(Swap.one).options(learner), joinedload(Swap.other).options(learner))
        .order_by(Swap.id)
    )
    return session.scalars(statement).all()


def end_swap(session: Session, occasion: Occasion, swap: Swap) -> None:
    waited_for_coordinator = swap.state is SwapState.AGREED
    SWAPS.move(session, swap, ENDED, Party.SERVICE, occasion.actor, occasion.now)
    swap.ended_at = occasion.now
    for learner, other in learners_of(swap):
        if learner is not occasion.actor and learner.is_active:
            queue_message(session, learner.email, mails.over(learner, other, occasion.home), occasion.now)
    if waited_for_coordinator:
        tell_coordinators_of_end(session, occasion, swap)


def tell_coordinators_of_end(session: Session, occasion: Occasion, swap: Swap) -> None:
    """Those who were asked to decide: there is nothing to decide any more."""
    for coordinator in coordinators_of_round(session, swap.round_id):
        if coordinator is not occasion.actor:
            mail = mails.over_to_coordinator(coordinator, swap, occasion.home)
            queue_message(session, coordinator.email, mail, occasion.now)


def learners_of(swap: Swap) -> tuple[tuple[Person, Person], tuple[Person, Person]]:
    """Each of the two with the other one, who asked first."""
    one, other = swap.one.request.learner, swap.other.request.learner
    return (one, other), (other, one)
