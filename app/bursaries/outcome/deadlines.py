"""What time does to offers of bursaries: a reminder before the last day to answer, and the end after it."""

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from app.bursaries.moves import APPLICATIONS, LAPSED
from app.bursaries.outcome import mails
from app.bursaries.outcome.service import tell_free
from app.bursaries.queries import whole_applications
from app.language.local_times import end_of_day
from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.calls import BursaryCall
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.reminding.in_time import is_to_be_reminded, last_day_near


def is_over(by: Occasion) -> ColumnElement[bool]:
    """True of offers that nobody answered in time."""
    return and_(BursaryApplication.state == ApplicationState.OFFERED, BursaryApplication.answer_until <= by.now)


def is_near_its_end(by: Occasion) -> ColumnElement[bool]:
    """True of offers that can still be answered, though not for long, and of which nobody was reminded yet."""
    return and_(
        BursaryApplication.state == ApplicationState.OFFERED,
        BursaryApplication.answer_until > by.now,
        BursaryApplication.answer_until <= end_of_day(last_day_near(by.today)),
        is_to_be_reminded(BursaryApplication.reminded_at, BursaryApplication.offered_at, by.now),
    )


def remind_in_time(session: Session, by: Occasion, address_of: Callable[[int], str]) -> None:
    """Mail each learner whose last day to answer comes near, once for each offer."""
    for one in held_still(session, is_near_its_end(by)):
        one.reminded_at = by.now
        record(session, None, "reminded of the offer of a bursary", one, now=by.now, name=one.call.title)
        if one.learner.is_active:
            queue_message(session, one.learner.email, mails.reminder(one, address_of(one.id)), by.now)


def lapse_overdue(session: Session, by: Occasion) -> None:
    """End offers that nobody answered in time; both sides are told."""
    for one in held_still(session, is_over(by)):
        APPLICATIONS.move(session, one, LAPSED, Party.SERVICE, None, by.now, name=one.call.title)
        if one.learner.is_active:
            queue_message(session, one.learner.email, mails.lapsed(one, by.home), by.now)
        tell_free(session, by, one, "was not answered in time")


def held_still(session: Session, wanted: ColumnElement[bool]) -> Sequence[BursaryApplication]:
    """These applications, read once nobody else can change them: whoever answers holds the call."""
    call_ids = select(BursaryApplication.call_id).where(wanted)
    locked = select(BursaryCall.id).where(BursaryCall.id.in_(call_ids)).order_by(BursaryCall.id).with_for_update()
    ids = session.scalars(locked).all()
    found = whole_applications().where(wanted, BursaryApplication.call_id.in_(ids)).order_by(BursaryApplication.id)
    return session.scalars(found.execution_options(populate_existing=True)).all()
