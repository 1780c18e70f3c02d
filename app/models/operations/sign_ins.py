"""Who is signed in where, and the browsers and addresses from which somebody has signed in before."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, UniqueConstraint, delete
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person, digest_of_secret


class SignIn(Base):
    """One session of one person in one browser: there is a row as long as it may be used, and not a moment longer.

    The browser holds a random token, of which only a digest is kept. `browser` says in plain words what it is.
    """

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    browser: Mapped[str]
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]

    person: Mapped[Person] = relationship()

    @classmethod
    def begin(cls, person: Person, browser: str, now: datetime) -> tuple["SignIn", str]:
        """A new session, and the token that opens it."""
        token = secrets.token_urlsafe(32)
        return cls(
            person=person, token_digest=digest_of_secret(token), browser=browser, began_at=now, seen_at=now
        ), token

    def is_good(self, now: datetime, life: timedelta, idle: timedelta) -> bool:
        """True while it is neither too old nor idle for too long and its person may sign in."""
        return now - self.began_at <= life and now - self.seen_at <= idle and self.person.is_active


class KnownPlace(Base):
    """A browser or an address from which a person has signed in; only a digest of either is kept."""

    __tablename__ = "known_places"
    __table_args__ = (UniqueConstraint("person_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    digest: Mapped[str]
    seen_at: Mapped[datetime] = mapped_column(index=True)


def end_sign_ins(session: Session, person: Person, but: SignIn | None = None) -> None:
    """End every session of a person, or every other than `but`."""
    hers = delete(SignIn).where(SignIn.person_id == person.id)
    session.execute(hers.where(SignIn.id != but.id) if but else hers)
