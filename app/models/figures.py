"""What was counted for rounds, kept because counting takes long where many ask and many offer."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class RoundFigures(Base):
    """The figures of a round when it had this fingerprint; whoever shows them as present compares it first.

    `fingerprint` covers who may be placed where, `fingerprint_with_texts` also what the advice reads. `details` are
    large and read only where they are shown.
    """

    __tablename__ = "round_figures"

    round_id: Mapped[int] = mapped_column(ForeignKey("match_rounds.id"), primary_key=True)
    fingerprint: Mapped[str]
    fingerprint_with_texts: Mapped[str]
    counted_at: Mapped[datetime]
    places: Mapped[int]
    without_opening: Mapped[int]
    undecided: Mapped[list[list[int]]] = mapped_column(JSON)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
