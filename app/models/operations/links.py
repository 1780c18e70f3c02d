"""Links in mails that open exactly one record for whoever reads that address, once, and for a time."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person, digest_of_secret


class RecordLink(Base):
    """A secret that was mailed to `email` and lets its reader do `purpose` to one record; only its digest is kept.

    `person` is whose address it was, None where nobody with an account has it. Opening the link shows the record and
    uses nothing up: what counts is the form on that page, which somebody has to send.
    """

    __tablename__ = "record_links"
    __table_args__ = (Index("ix_record_links_subject", "subject_type", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[int]
    email: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    secret_digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()

    @classmethod
    def issue(
        cls, purpose: str, subject: Base, email: str, now: datetime, life: timedelta, person: Person | None = None
    ) -> tuple["RecordLink", str]:
        """A new link, and its secret, which is kept nowhere but in the mail; the record has its id already."""
        secret = secrets.token_urlsafe(32)
        link = cls(
            purpose=purpose,
            subject_type=type(subject).__name__,
            subject_id=subject.id,  # type: ignore[attr-defined]
            email=email,
            person=person,
            secret_digest=digest_of_secret(secret),
            created_at=now,
            expires_at=now + life,
        )
        return link, secret

    def is_good(self, now: datetime) -> bool:
        """True while it was neither used nor ended, is not too old, and its person, if there is one, may sign in."""
        is_open = self.ended_at is None and now <= self.expires_at
        return is_open and (self.person is None or (self.person.is_active and self.person.email == self.email))
