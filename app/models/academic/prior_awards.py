"""A whole level of the Framework, or one that is worth the same, that a learner was awarded somewhere else."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.programmes import Level, Provider


class PriorAwardState(enum.Enum):
    """What became of it at the university that was asked."""

    WAITING = "waiting for a lead"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not confirmed"
    WITHDRAWN = "withdrawn"


class PriorAward(Base):
    """What a learner says that she was awarded, and what a programme lead of the university that she asked says of it.

    `awarded_by` names the university as on the certificate. It is no credit here: it opens the next level.
    """

    __tablename__ = "prior_awards"

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), index=True)
    level: Mapped[Level]
    title: Mapped[str]
    awarded_by: Mapped[str]
    awarded_on: Mapped[date]
    reference: Mapped[str]
    state: Mapped[PriorAwardState]
    recorded_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    answer: Mapped[str] = mapped_column(default="", server_default="")

    learner: Mapped[Person] = relationship(foreign_keys=[learner_id])
    provider: Mapped[Provider] = relationship()
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
