"""What an academic supervisor writes to the programme leads about a learner, and what they answer."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.programmes import Enrolment


class SupervisorNote(Base):
    """One note about the learner of an enrolment, with the answer of a programme lead once there is one."""

    __tablename__ = "supervisor_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    words: Mapped[str]
    written_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="", server_default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_at: Mapped[datetime | None]

    enrolment: Mapped[Enrolment] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
