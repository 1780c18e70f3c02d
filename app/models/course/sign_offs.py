"""The sign-off of a placement: what its mentor attests, who confirms it from records, what the university decides."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, ForeignKey, Index, event, text
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.placements import Placement


class SignOffState(enum.Enum):
    """Whether it goes its way; who has signed so far is told by the signatures, and is no state."""

    OPEN = "under way"
    RETURNED = "returned"
    SIGNED_OFF = "signed off"
    VOID = "void"
    SUPERSEDED = "superseded"


LIVE = frozenset({SignOffState.OPEN, SignOffState.RETURNED, SignOffState.SIGNED_OFF})


class ReturnPart(enum.Enum):
    """Which part of the record somebody returns."""

    HOURS = "hours"
    SESSIONS = "sessions"
    EVIDENCE = "evidence"
    REVIEW = "progress reviews"
    OTHER = "something else"


class SignOff(Base):
    """One sign-off of one placement; one that is void or superseded stays, and the next is another row.

    `facts` is the record as plain JSON, as it stood when the mentor attested it: those facts, her words and whom she
    named to confirm them are what everybody signs.
    """

    __tablename__ = "sign_offs"
    __table_args__ = (
        Index(
            "uq_sign_offs_live",
            "placement_id",
            unique=True,
            sqlite_where=text("state IN ('under way', 'returned', 'signed off')"),
            postgresql_where=text("state IN ('under way', 'returned', 'signed off')"),
        ),
        Index("ix_sign_offs_state_asked_at", "state", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    state: Mapped[SignOffState]
    revision: Mapped[int] = mapped_column(default=1)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    attested: Mapped[str] = mapped_column(default="")
    confirmer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    confirmer_name: Mapped[str] = mapped_column(default="")
    confirmer_role: Mapped[str] = mapped_column(default="")
    confirmer_email: Mapped[str] = mapped_column(default="")

    placement: Mapped[Placement] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    words: Mapped[list["SignOffWords"]] = relationship(back_populates="sign_off", order_by="SignOffWords.id")
    exceptions: Mapped[list["SignOffException"]] = relationship(
        back_populates="sign_off", order_by="SignOffException.id"
    )
    returns: Mapped[list["SignOffReturn"]] = relationship(back_populates="sign_off", order_by="SignOffReturn.id")

    def words_of(self, party: str) -> "SignOffWords | None":
        """What somebody said who signed this revision in a part."""
        hers = (one for one in reversed(self.words) if one.party == party and one.revision == self.revision)
        return next(hers, None)

    def exception_for(self, person_id: int | None) -> "SignOffException | None":
        """That a person may stand in two parts, as another has recorded."""
        return next((one for one in self.exceptions if person_id is not None and one.person_id == person_id), None)


class SignOffWords(Base):
    """What a signer said beside a signature, and why it was signed although something was missing."""

    __tablename__ = "sign_off_words"

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_off_id: Mapped[int] = mapped_column(ForeignKey("sign_offs.id"), index=True)
    revision: Mapped[int]
    party: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    author_name: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    said_at: Mapped[datetime]

    sign_off: Mapped[SignOff] = relationship(back_populates="words")


class SignOffException(Base):
    """That one person may stand in two of the three parts of a sign-off: who allowed it, when, and why."""

    __tablename__ = "sign_off_exceptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_off_id: Mapped[int] = mapped_column(ForeignKey("sign_offs.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    reason: Mapped[str]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    granted_at: Mapped[datetime]

    sign_off: Mapped[SignOff] = relationship(back_populates="exceptions")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    granted_by: Mapped[Person] = relationship(foreign_keys=[granted_by_id])


class SignOffReturn(Base):
    """One part of the record that somebody returned, and what is not right about it."""

    __tablename__ = "sign_off_returns"

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_off_id: Mapped[int] = mapped_column(ForeignKey("sign_offs.id"), index=True)
    revision: Mapped[int]
    part: Mapped[ReturnPart]
    words: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    by_name: Mapped[str]
    by_party: Mapped[str]
    at: Mapped[datetime]

    sign_off: Mapped[SignOff] = relationship(back_populates="returns")


@event.listens_for(SignOffWords, "before_update")
@event.listens_for(SignOffWords, "before_delete")
@event.listens_for(SignOffException, "before_update")
@event.listens_for(SignOffException, "before_delete")
@event.listens_for(SignOffReturn, "before_update")
@event.listens_for(SignOffReturn, "before_delete")
@event.listens_for(SignOff, "before_delete")
def refuse_to_change_what_was_said(mapper: Mapper[Base], connection: Connection, row: Base) -> None:
    raise ValueError("what was said about a sign-off is never changed, and no sign-off removed")
