"""The secret address at which a calendar reads the dates of one person."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class CalendarAddress(Base):
    """Which of a person's addresses is good: the newest, unless it was ended.

    The address is signed from its person and `number`, and kept nowhere: who reads the database cannot tell it. A new
    one has the next number, by which the one before is dead.
    """

    __tablename__ = "calendar_addresses"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    number: Mapped[int]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
