"""The regular job of better places: learners are reminded in time, and what can be answered no longer ends."""

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.placements import Offer, Placement
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.placements.moving_up.service import end_if_over, remind
from app.platform.clock import now, today
from app.platform.jobs import regular_job, write_if_due
from app.platform.occasion import Occasion
from app.promises.reminding import in_time
from app.web.addresses import full_address

SECONDS_BETWEEN_LOOKS = 60


@regular_job(every=SECONDS_BETWEEN_LOOKS)
def keep_better_places_to_their_days() -> None:
    due = [select(BetterPlace.id).where(*one) for one in (is_over(), is_to_be_reminded())]
    write_if_due(due, do_what_is_due)


def is_over() -> tuple[ColumnElement[bool], ...]:
    """The conditions of those past their last day, or whose learner has begun where she is."""
    begun = select(Placement.offer_id).where(Placement.offer_id.is_not(None), Placement.starts_on <= today())
    return BetterPlace.state == BetterPlaceState.WAITING, or_(
        BetterPlace.answer_by < today(), BetterPlace.offer_id.in_(begun)
    )


def is_to_be_reminded() -> tuple[ColumnElement[bool], ...]:
    """The conditions of those whose last day comes near, not offered on this very day, each once."""
    is_open = BetterPlace.state == BetterPlaceState.WAITING
    is_near = BetterPlace.answer_by.between(today(), in_time.last_day_near(today()))
    return is_open, is_near, in_time.is_to_be_reminded(BetterPlace.reminded_at, BetterPlace.offered_at, now())


def do_what_is_due(session: Session) -> None:
    occasion = Occasion(None, today(), now(), full_address("home.show"))
    for place in session.scalars(better_places(*is_over())).all():
        end_if_over(session, occasion, place)
    session.flush()
    for place in session.scalars(better_places(*is_to_be_reminded())).all():
        remind(session, occasion, place)


def better_places(*conditions: ColumnElement[bool]) -> Select[BetterPlace]:
    learner = joinedload(BetterPlace.offer).joinedload(Offer.request).joinedload(PlacementRequest.learner)
    opening = joinedload(BetterPlace.opening).options(joinedload(Opening.mentor), joinedload(Opening.study))
    return select(BetterPlace).where(*conditions).order_by(BetterPlace.id).options(learner, opening)
