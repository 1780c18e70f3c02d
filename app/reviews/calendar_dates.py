"""Reviews that a coordinator may answer, as dates of her own calendar."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.organisations import Network
from app.models.people import Person
from app.models.reviews import Review, ReviewState
from app.models.rounds import MatchRound
from app.platform.lifecycle import last_moves
from app.reviews.who import is_for
from app.rules.calendars.events import KEPT, Event


def reviews_due(session: Session, person: Person, today: date) -> list[Event]:
    """In the rounds of her networks; once one is answered or withdrawn, its day is cancelled."""
    if not person.network_ids():
        return []
    reviews = session.scalars(
        select(Review)
        .join(Review.request)
        .join(Review.publication)
        .join(Review.round)
        .where(
            MatchRound.networks.any(Network.id.in_(person.network_ids())),
            is_for(person),
            Review.due_on >= today - KEPT,
        )
        .order_by(Review.due_on, Review.id)
    ).all()
    moves = last_moves(session, reviews)
    return [
        Event(
            mark=f"review-{review.id}",
            title="A review is due",
            begins=review.due_on,
            sequence=changes,
            changed_at=changed_at,
            endpoint="reviews.show",
            values={"round_id": review.round_id, "review_id": review.id},
            is_cancelled=review.state is not ReviewState.ASKED,
        )
        for review in reviews
        for changes, changed_at in (moves.get(review.id, (0, review.asked_at)),)
    ]
