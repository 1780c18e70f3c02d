"""The regular job of bursaries: offers that nobody answered in time come to their end."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.bursaries.outcome.service import lapse_overdue
from app.bursaries.queries import whole_applications
from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.platform.clock import now, today
from app.platform.jobs import regular_job, write_if_due
from app.platform.occasion import Occasion
from app.web.addresses import full_address

SECONDS_BETWEEN_LOOKS = 60


@regular_job(every=SECONDS_BETWEEN_LOOKS)
def end_overdue_offers() -> None:
    write_if_due([select(BursaryApplication.id).where(*overdue())], end_them)


def overdue() -> tuple[ColumnElement[bool], ...]:
    return BursaryApplication.state == ApplicationState.OFFERED, BursaryApplication.answer_until <= now()


def end_them(session: Session) -> None:
    found = session.scalars(whole_applications().where(*overdue()).order_by(BursaryApplication.id)).all()
    lapse_overdue(session, Occasion(None, today(), now(), full_address("home.show")), found)
