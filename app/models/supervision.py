"""Supervision sessions of a placement and what was agreed in them."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.language.refusal import Refused
from app.models.base import Base
from app.models.people import Person
from app.models.placements import Placement


class SessionForm(enum.Enum):
    """How mentor and learner met."""

    IN_PERSON = "in person"
    VIDEO = "video"
    PHONE = "phone"


class SessionState(enum.Enum):
    """Where a session stands, as a word for its tag."""

    TO_CONFIRM = "to confirm"
    DISPUTED = "questioned"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"

    @property
    def waits_for_learner(self) -> bool:
        """True while the learner has said neither yes nor no."""
        return self is SessionState.TO_CONFIRM


class SupervisionSession(Base):
    """A meeting of mentor and learner; it counts once the learner has confirmed it.

    A session is never changed: a correction withdraws it and is a new session that points back to it.
    """

    __tablename__ = "supervision_sessions"
    __table_args__ = (
        Index("ix_supervision_sessions_placement_id_held_on", "placement_id", "held_on"),
        # Has all that totals ask, so that the sessions themselves are not read for them.
        Index(
            "ix_supervision_sessions_counting",
            "placement_id",
            "held_on",
            "confirmed_at",
            "minutes",
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    held_on: Mapped[date]
    minutes: Mapped[int]
    form: Mapped[SessionForm]
    topics: Mapped[str]
    logged_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    logged_at: Mapped[datetime]
    form_key: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    disputed_at: Mapped[datetime | None]
    dispute: Mapped[str] = mapped_column(default="")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(default="")
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("supervision_sessions.id"), index=True, unique=True)

    placement: Mapped[Placement] = relationship()
    logged_by: Mapped[Person] = relationship()
    actions: Mapped[list["AgreedAction"]] = relationship(
        back_populates="session", cascade="all, delete-orphan", order_by="AgreedAction.id"
    )

    @property
    def state(self) -> SessionState:
        if self.withdrawn_at:
            return SessionState.WITHDRAWN
        if self.confirmed_at:
            return SessionState.CONFIRMED
        return SessionState.DISPUTED if self.disputed_at else SessionState.TO_CONFIRM

    def confirm(self, now: datetime) -> None:
        """The learner agrees; raises Refused when the session was withdrawn, or confirmed before."""
        self._must_be(SessionState.TO_CONFIRM, SessionState.DISPUTED)
        self.confirmed_at = now

    def question(self, comment: str, now: datetime) -> None:
        """The learner says what is not right; raises Refused when she has confirmed it or it was withdrawn."""
        self._must_be(SessionState.TO_CONFIRM, SessionState.DISPUTED)
        self.disputed_at, self.dispute = now, comment

    def withdraw(self, now: datetime, reason: str = "") -> None:
        """Take it back; raises Refused when that has been done already."""
        self._must_be(SessionState.TO_CONFIRM, SessionState.DISPUTED, SessionState.CONFIRMED)
        self.withdrawn_at, self.withdrawn_because = now, reason

    def _must_be(self, *states: SessionState) -> None:
        if self.state not in states:
            raise Refused(
                "This session was withdrawn. Look at the placement for the one that takes its place."
                if self.state is SessionState.WITHDRAWN
                else "This session was confirmed already. If it is wrong, ask the mentor to correct it."
            )


class ActionOwner(enum.Enum):
    """Who does what was agreed."""

    LEARNER = "learner"
    MENTOR = "mentor"


class AgreedAction(Base):
    """Something that learner or mentor will do before they meet again."""

    __tablename__ = "agreed_actions"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("supervision_sessions.id"), index=True)
    what: Mapped[str]
    owner: Mapped[ActionOwner]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]

    session: Mapped[SupervisionSession] = relationship(back_populates="actions")
