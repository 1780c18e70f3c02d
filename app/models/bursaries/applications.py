"""What a learner asks a call for, and what becomes of it: an offer, a place on the waiting list, a bursary."""

import enum
import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.bursaries.calls import BursaryCall
from app.models.people import Person
from app.models.programmes import Programme
from app.models.values.registration import Profession, Regulator

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none is taken for another
REFERENCE_LENGTH = 8


class ApplicationState(enum.Enum):
    """How far an application has come."""

    DRAFT = "draft"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    NOT_ELIGIBLE = "not eligible"
    OFFERED = "offered"
    WAITING = "on the waiting list"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    HANDED_BACK = "handed back"
    NOT_AWARDED = "not awarded"

    @property
    def takes_a_bursary(self) -> bool:
        """True while one of the bursaries of the call can be given to nobody else."""
        return self in (ApplicationState.OFFERED, ApplicationState.ACCEPTED)


TAKING = (ApplicationState.OFFERED, ApplicationState.ACCEPTED)


class BursaryApplication(Base):
    """The application of a learner to a call; she has one for each.

    What she says of herself is kept as she said it. `place` is how her university offered her the course, where she is
    not enrolled here; `level_before` where and when she passed the level before, where that is not decided here.
    `reference` is what the lottery draws and everybody may read. `position` counts from 1 in the order that was
    decided, and `score_hundredths` is what assessors gave, of 10,000.
    """

    __tablename__ = "bursary_applications"
    __table_args__ = (
        UniqueConstraint("call_id", "learner_id"),
        Index("ix_bursary_applications_call_id_state_position", "call_id", "state", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("bursary_calls.id"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[ApplicationState] = mapped_column(index=True)
    created_at: Mapped[datetime]
    profession: Mapped[Profession | None]
    regulator: Mapped[Regulator | None]
    registration_number: Mapped[str] = mapped_column(default="")
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programmes.id"), index=True)
    place: Mapped[str] = mapped_column(default="")
    level_before: Mapped[str] = mapped_column(default="")
    was_funded: Mapped[bool | None]
    is_retake: Mapped[bool | None]
    statement: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]
    position: Mapped[int | None]
    score_hundredths: Mapped[int | None]
    offered_at: Mapped[datetime | None]
    answer_until: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]

    call: Mapped[BursaryCall] = relationship()
    learner: Mapped[Person] = relationship()
    programme: Mapped[Programme | None] = relationship()

    @staticmethod
    def new_reference() -> str:
        return "".join(secrets.choice(LETTERS) for _ in range(REFERENCE_LENGTH))

    def is_open_offer(self, now: datetime) -> bool:
        """True while it can be accepted."""
        return self.state is ApplicationState.OFFERED and self.answer_until is not None and now < self.answer_until
