"""Deeds of a learner with the records of her earlier placements: she lets a university read them, or no longer."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enrolments import mails
from app.models.academic.record_shares import RecordShare
from app.models.people import Person
from app.models.programmes import Provider
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.rules.academic.supervisors import leads_at


def share(session: Session, occasion: Occasion, learner: Person, provider: Provider) -> None:
    """Let the academics of a university read, once she is enrolled there; twice changes nothing."""
    if standing(session, learner, provider) is not None:
        return
    row = RecordShare(learner_id=learner.id, provider=provider, agreed_at=occasion.now)
    session.add(row)
    record(session, learner, "let a university read earlier records", row, now=occasion.now, name=learner.name)
    for lead in leads_at(session, provider.id):
        queue_message(session, lead.email, mails.shared(lead, learner, provider, occasion.home), occasion.now)


def stop_sharing(session: Session, occasion: Occasion, learner: Person, provider: Provider) -> None:
    """Let them read no longer, from now on; what was not shared stays so."""
    row = standing(session, learner, provider)
    if row is not None:
        row.ended_at = occasion.now
        record(session, learner, "let a university read no longer", row, now=occasion.now, name=learner.name)


def standing(session: Session, learner: Person, provider: Provider) -> RecordShare | None:
    hers = (RecordShare.learner_id == learner.id, RecordShare.provider_id == provider.id)
    return session.scalar(select(RecordShare).where(*hers, RecordShare.ended_at.is_(None)).with_for_update())
