"""The regular job of needs: reminders in time, and word of what is missing or runs out."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.models.course.readiness import Cover, Need
from app.platform.clock import now, today
from app.platform.jobs import regular_job, write_if_due
from app.platform.occasion import Occasion
from app.readiness.deadlines import (
    due_soon,
    missing_at_the_start,
    remind_owners,
    running_out,
    tell_of_lapses,
    tell_of_missing,
)
from app.web.addresses import addresses_like, full_address

SECONDS_BETWEEN_LOOKS = 60


@regular_job(every=SECONDS_BETWEEN_LOOKS)
def keep_to_the_days() -> None:
    write_if_due(ids_due(), do_what_is_due)


def ids_due() -> Iterator[Select[Any]]:
    for wanted in (due_soon(today()), missing_at_the_start(today())):
        yield wanted.with_only_columns(Need.id)
    yield running_out(today()).with_only_columns(Cover.id)


def do_what_is_due(session: Session) -> None:
    occasion = Occasion(None, today(), now(), full_address("home.show"))
    address_of = addresses_like("readiness.show", "placement_id")
    remind_owners(session, occasion, address_of)
    tell_of_missing(session, occasion, address_of)
    tell_of_lapses(session, occasion, address_of)
