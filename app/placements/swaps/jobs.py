"""The regular job of swaps: what was not decided before a place began, or was no longer held, ends."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from app.models.course.swaps import Swap
from app.models.placements import Offer, Placement
from app.placements.swaps.queries import all_of_swaps
from app.placements.swaps.service import end_those_that_are_over
from app.platform.clock import now, today
from app.platform.jobs import regular_job, write_if_due
from app.platform.occasion import Occasion
from app.promises.swaps.ending import OPEN
from app.web.addresses import full_address

SECONDS_BETWEEN_LOOKS = 60


@regular_job(every=SECONDS_BETWEEN_LOOKS)
def end_what_is_over() -> None:
    write_if_due([select(Swap.id).where(*has_begun())], end_due)


def has_begun() -> tuple[ColumnElement[bool], ...]:
    """The conditions of open swaps of which a place has begun; one that is given back ends its swaps at once."""
    offer = aliased(Offer)
    begun = select(offer.id).join(Placement, Placement.offer_id == offer.id).where(Placement.starts_on <= today())
    return Swap.state.in_(OPEN), or_(Swap.one_id.in_(begun), Swap.other_id.in_(begun))


def end_due(session: Session) -> None:
    occasion = Occasion(None, today(), now(), full_address("home.show"))
    due = session.scalars(all_of_swaps().where(*has_begun()).order_by(Swap.id)).all()
    end_those_that_are_over(session, occasion, due)
