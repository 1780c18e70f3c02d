"""What happens when a nominated supervisor does not answer: another mail, then word to the learner."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.config import Settings
from app.language.dates_and_times import day_of
from app.models.pairs.nominations import Nomination, NominationState
from app.models.people import Person, Role
from app.nominations import mails
from app.nominations.service import mail_link, note_asked
from app.platform.audit import record
from app.platform.clock import now
from app.platform.jobs import regular_job, write_if_due
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.web.addresses import full_address

AT_ONCE = 20


@regular_job()
def remind_supervisors() -> None:
    settings: Settings = current_app.extensions["rpe_settings"]
    due = due_at(now() - timedelta(days=settings.nomination_days))
    occasion = Occasion(None, day_of(now()), now(), full_address("home.show"))
    write_if_due([due.with_only_columns(Nomination.id)], lambda session: remind(session, due, occasion))


def due_at(asked_before: datetime) -> Select[Nomination]:
    """Those that have waited so long, and of which the learner has not heard that nobody answered."""
    return (
        select(Nomination)
        .join(Nomination.learner)
        .where(
            Person.takes_part_as(Role.LEARNER),
            Nomination.state == NominationState.PROPOSED,
            Nomination.asked_at < asked_before,
            Nomination.told_at.is_(None),
        )
        .order_by(Nomination.id)
    )


def remind(session: Session, due: Select[Nomination], occasion: Occasion) -> None:
    """Write to each supervisor once more; where that was done, tell the learner."""
    for nomination in session.scalars(due.limit(AT_ONCE).with_for_update(of=Nomination, skip_locked=True)).all():
        name = nomination.learner.name
        if nomination.asked_times < 2:
            note_asked(nomination, occasion)
            mail_link(session, nomination, answer_address, occasion)
            record(session, None, "reminded a supervisor", nomination, now=occasion.now, name=name)
        else:
            nomination.told_at = occasion.now
            address = full_address("nominations.show", nomination_id=nomination.id)
            queue_message(session, nomination.learner.email, mails.not_answered(nomination, address), occasion.now)
            record(session, None, "told of a supervisor who is silent", nomination, now=occasion.now, name=name)


def answer_address(secret: str) -> str:
    """Where a supervisor answers without an account."""
    return full_address("nominations.by_link", secret=secret)
