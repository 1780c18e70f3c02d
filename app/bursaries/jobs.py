"""The regular job of bursaries: learners are reminded of an offer in time, and what nobody answered ends."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.bursaries.outcome.deadlines import is_near_its_end, is_over, lapse_overdue, remind_in_time
from app.models.bursaries.applications import BursaryApplication
from app.platform.clock import now, today
from app.platform.jobs import regular_job, write_if_due
from app.platform.occasion import Occasion
from app.web.addresses import addresses_like, full_address

SECONDS_BETWEEN_LOOKS = 60


@regular_job(every=SECONDS_BETWEEN_LOOKS)
def keep_bursary_offers_to_their_days() -> None:
    due = (is_near_its_end(occasion_now()), is_over(occasion_now()))
    write_if_due([select(BursaryApplication.id).where(one) for one in due], do_what_is_due)


def do_what_is_due(session: Session) -> None:
    remind_in_time(session, occasion_now(), addresses_like("bursaries.applying.show", "application_id"))
    lapse_overdue(session, occasion_now())


def occasion_now() -> Occasion:
    return Occasion(None, today(), now(), full_address("home.show"))
