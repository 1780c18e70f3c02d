"""The regular job of offers: reminders in time, and the end of those that nobody answered."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.models.placements import Offer, OfferState
from app.placements.deadlines import lapse_overdue, remind_in_time
from app.platform.clock import now, today
from app.platform.jobs import regular_job, write_if_due
from app.platform.occasion import Occasion
from app.promises.reminding.in_time import is_to_be_reminded, last_day_near
from app.web.addresses import addresses_like, full_address

SECONDS_BETWEEN_LOOKS = 60


@regular_job(every=SECONDS_BETWEEN_LOOKS)
def keep_to_the_days() -> None:
    write_if_due([select(Offer.id).where(*due())], do_what_is_due)


def due() -> tuple[ColumnElement[bool], ...]:
    is_near = Offer.answer_by <= last_day_near(today())
    is_near &= is_to_be_reminded(Offer.reminded_at, Offer.offered_at, now())
    return Offer.state == OfferState.WAITING, is_near | (Offer.answer_until <= now())


def do_what_is_due(session: Session) -> None:
    occasion = Occasion(None, today(), now(), full_address("home.show"))
    remind_in_time(session, occasion, addresses_like("placements.offer", "offer_id"))
    lapse_overdue(session, occasion)
