"""The regular job of offers: reminders in time, and the end of those that nobody answered."""

import time
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.language.working_days import working_day_after
from app.models.placements import Offer, OfferState
from app.placements.deadlines import REMINDED_BEFORE, is_to_be_reminded, lapse_overdue, remind_in_time
from app.platform.clock import now, today
from app.platform.db import transaction, write_patiently
from app.platform.jobs import regular_job
from app.platform.occasion import Occasion
from app.web.addresses import full_address

SECONDS_BETWEEN_LOOKS = 60


@dataclass
class NextLook:
    """When this process looks again for offers whose time is over, by its own clock; at once when it has just begun."""

    at: float = 0


NEXT_LOOK = NextLook()


@regular_job
def look_at_offers() -> None:
    """Once a minute in each worker."""
    if time.monotonic() >= NEXT_LOOK.at:
        NEXT_LOOK.at = time.monotonic() + SECONDS_BETWEEN_LOOKS
        keep_to_the_days()


def keep_to_the_days() -> None:
    """Do what is due; nobody waits for a lock while nothing is."""
    with transaction(writing=False) as session:
        is_due = session.scalar(select(Offer.id).where(*due()).limit(1)) is not None
    if is_due:
        write_patiently(do_what_is_due)


def due() -> tuple[ColumnElement[bool], ...]:
    nearest = working_day_after(today(), REMINDED_BEFORE)
    is_near = is_to_be_reminded(now()) & (Offer.answer_by <= nearest)
    return Offer.state == OfferState.WAITING, is_near | (Offer.answer_by < today())


def do_what_is_due(session: Session) -> None:
    occasion = Occasion(None, today(), now(), full_address("home.show"))
    remind_in_time(session, occasion)
    lapse_overdue(session, occasion)
