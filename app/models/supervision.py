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


class SupervisionSession(Base):
    """A meeting of mentor and learner, written down by one of them; it counts once the other has confirmed it.

    A session is never changed: a correction withdraws it and is a new session that points back to it. Its state is told
    by its moments; which moves there are stands in `app/supervision/moves.py`. `deputy` held it where the mentor did
    not; `answered_by` is who has said yes, or what is not right. One of several learners at once names its `group_id`.
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
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group_meetings.id"), index=True)

    placement: Mapped[Placement] = relationship()
    logged_by: Mapped[Person] = relationship(foreign_keys=[logged_by_id])
    deputy: Mapped[Person | None] = relationship(foreign_keys=[deputy_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
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

    @property
    def is_by_learner(self) -> bool:
        """True when the learner wrote it down, so that the mentor answers."""
        return self.logged_by_id == self.placement.learner_id

    @property
    def held_by(self) -> Person:
        """Whom the learner met: her mentor, or who stood in."""
        return self.deputy or self.placement.mentor

    @property
    def author(self) -> Person:
        return self.logged_by

    @property
    def answerer(self) -> Person:
        """Who has said yes or what is not right; before that, who is asked first: the other of the two who met."""
        return self.answered_by or (self.held_by if self.is_by_learner else self.placement.learner)

    def enter(self, state: SessionState, now: datetime) -> None:
        """Note the moment that brings it into a state."""
        if state is SessionState.CONFIRMED:
            self.confirmed_at = now
        elif state is SessionState.DISPUTED:
            self.disputed_at = now
        elif state is SessionState.WITHDRAWN:
            self.withdrawn_at = now

    def require_open(self) -> None:
        """Raise Refused when it was confirmed or withdrawn."""
        if self.state is SessionState.CONFIRMED:
            author = "learner" if self.is_by_learner else "mentor"
            raise Refused(f"This session was confirmed already. If it is wrong, ask the {author} to correct it.")
        self.require_not_withdrawn()

    def require_not_withdrawn(self) -> None:
        if self.state is SessionState.WITHDRAWN:
            raise Refused("This session was withdrawn. Look at the placement for the one that takes its place.")


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
