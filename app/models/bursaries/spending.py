"""What the holders of bursaries spend of them."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.bursaries.applications import BursaryApplication
from app.models.people import Person


class SpentOn(enum.Enum):
    """What a bursary paid for."""

    FEES = "course fees"
    MATERIALS = "books and materials"
    TRAVEL = "travel"
    OTHER = "something else"


class Spending(Base):
    """One sum of a bursary on one day; one that was wrong is taken out with a reason, and stays."""

    __tablename__ = "bursary_spending"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("bursary_applications.id"), index=True)
    spent_on: Mapped[date]
    kind: Mapped[SpentOn]
    pence: Mapped[int]
    words: Mapped[str]
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    noted_at: Mapped[datetime]
    taken_out_at: Mapped[datetime | None]
    taken_out_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    taken_out_why: Mapped[str] = mapped_column(default="")

    application: Mapped[BursaryApplication] = relationship()
    noted_by: Mapped[Person] = relationship(foreign_keys=[noted_by_id])
    taken_out_by: Mapped[Person | None] = relationship(foreign_keys=[taken_out_by_id])
