"""A learner who has a place of a round can move up: a place that she ranked higher, offered beside what she has."""

import enum
from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, String, and_, text
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.placements import Offer
from app.models.rounds import MatchRound
from app.models.studies import Opening


class BetterPlaceState(enum.Enum):
    """What became of a place to which a learner could move up."""

    WAITING = "waiting for an answer"
    MOVED_UP = "moved up"
    KEPT = "kept what was there"
    LAPSED = "lapsed"
    TAKEN_BACK = "taken back"
    OVER = "no longer possible"


class BetterPlace(Base):
    """A free place that a learner ranked higher than what she has, held for her until she answers, that day included.

    `offer` is what gave her the place that she has, which stays hers until she says yes; `from_opening` is where that
    was when this was offered. `terms` is the digest of what was offered, `broken_by` the value of the obstacle that
    made it impossible, `taken_back_because` what a coordinator wrote to her who took it back.
    """

    __tablename__ = "better_places"
    __table_args__ = (
        Index(
            "uq_better_places_waiting",
            "offer_id",
            unique=True,
            sqlite_where=text("state = 'waiting for an answer'"),
            postgresql_where=text("state = 'waiting for an answer'"),
        ),
        Index("ix_better_places_round_id_state", "round_id", "state"),
        Index("ix_better_places_state_answer_by", "state", "answer_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("match_rounds.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), index=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id"), index=True)
    from_opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id"), index=True)
    terms: Mapped[str]
    answer_by: Mapped[date]
    offered_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    state: Mapped[BetterPlaceState]
    broken_by: Mapped[str] = mapped_column(String(40), default="")
    taken_back_because: Mapped[str] = mapped_column(default="")

    round: Mapped[MatchRound] = relationship()
    offer: Mapped[Offer] = relationship()
    opening: Mapped[Opening] = relationship(foreign_keys=[opening_id])
    from_opening: Mapped[Opening] = relationship(foreign_keys=[from_opening_id])

    @hybrid_method
    def is_open_on(self, day: date) -> bool:
        """True while its learner can answer, and the place is held for her."""
        return self.state is BetterPlaceState.WAITING and day <= self.answer_by

    @is_open_on.inplace.expression  # type: ignore[attr-defined]
    @classmethod
    def _is_open_on(cls, day: date) -> ColumnElement[bool]:
        return and_(cls.state == BetterPlaceState.WAITING, cls.answer_by >= day)

    def state_on(self, day: date) -> BetterPlaceState:
        """What it is on a day: one that waited too long has lapsed, whether or not anybody wrote it down."""
        is_overdue = self.state is BetterPlaceState.WAITING and not self.is_open_on(day)
        return BetterPlaceState.LAPSED if is_overdue else self.state
