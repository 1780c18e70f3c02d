"""The regular work of updates: addresses that nobody has confirmed are forgotten."""

from functools import partial

from sqlalchemy import select

from app.models.public.updates import UpdateRegistration
from app.platform.clock import now
from app.platform.jobs import regular_job, write_if_due
from app.updates.subscribing import forget_unconfirmed

SECONDS_BETWEEN_LOOKS = 600


@regular_job(every=SECONDS_BETWEEN_LOOKS)
def forget_addresses() -> None:
    late = select(UpdateRegistration.id).where(UpdateRegistration.expires_at < now())
    write_if_due([late], partial(forget_unconfirmed, now=now()))
