"""That somebody knows of a reason why a placement is at risk, and until which day it can wait."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.placements import Placement


class Acknowledgement(Base):
    """One reason of one placement, put aside until a day, that day included; the newest about a reason counts.

    `risk` names the reason and `badness` how bad it was: where it gets worse, it comes back. `ended_at` is when
    somebody had it back before its time.
    """

    __tablename__ = "risk_acknowledgements"
    __table_args__ = (Index("ix_risk_acknowledgements_placement_id_until_on", "placement_id", "until_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    risk: Mapped[str]
    badness: Mapped[int]
    until_on: Mapped[date]
    words: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    placement: Mapped[Placement] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
