"""Record links: finding the one behind a secret, using it up, and ending those that are no longer wanted."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.base import Base
from app.models.operations.links import RecordLink
from app.models.people import Person, digest_of_secret

NO_LONGER_GOOD = (  # who pressed twice reads this as well
    "This link was used already, or is too old, or was replaced by a newer one. An answer that was given by it counts."
)


def issue_link(
    session: Session, purpose: str, subject: Base, person: Person, now: datetime, life: timedelta
) -> tuple[RecordLink, str]:
    """A link for a person to one record, and its secret; those that went out before for the same purpose end."""
    end_links_to(session, subject, purpose, now)
    link, secret = RecordLink.issue(purpose, subject, person.email, now, life, person=person)
    session.add(link)
    return link, secret


def link_with(session: Session, secret: str, purpose: str) -> RecordLink | None:
    """The link of a secret, good or not."""
    has_it = (RecordLink.secret_digest == digest_of_secret(secret), RecordLink.purpose == purpose)
    return session.scalar(select(RecordLink).where(*has_it))


def link_behind(session: Session, secret: str, purpose: str, now: datetime, *, for_update: bool = False) -> RecordLink:
    """The good link of a secret; raises Refused for every other, without saying which of the reasons it is."""
    wanted = select(RecordLink).where(
        RecordLink.secret_digest == digest_of_secret(secret), RecordLink.purpose == purpose
    )
    if for_update:
        wanted = wanted.with_for_update(of=RecordLink).execution_options(populate_existing=True)
    link = session.scalar(wanted)
    if link is None or not link.is_good(now):
        raise Refused(NO_LONGER_GOOD)
    return link


def end_links_to(session: Session, subject: Base, purpose: str, now: datetime) -> None:
    """End all links of a purpose to one record: it was answered, or a newer link takes their place."""
    session.flush()
    hers = (RecordLink.subject_type == type(subject).__name__, RecordLink.subject_id == subject.id)  # type: ignore[attr-defined]
    still_good = update(RecordLink).where(*hers, RecordLink.purpose == purpose, RecordLink.ended_at.is_(None))
    session.execute(still_good.values(ended_at=now))
