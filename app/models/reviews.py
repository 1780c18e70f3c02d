"""Reviews: a learner asks that a person looks again at what a round decided for her, and what came of it."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.publications import Publication
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound


class ReviewState(enum.Enum):
    """How far a review has come."""

    ASKED = "waiting for a person"
    WITHDRAWN = "withdrawn by the learner"
    STANDS = "decision stands"
    CORRECTED = "to be put right"
    PUT_RIGHT = "put right"

    @property
    def is_answered(self) -> bool:
        return self in (ReviewState.STANDS, ReviewState.CORRECTED, ReviewState.PUT_RIGHT)


class Review(Base):
    """One review of what one publication decided about one request.

    `words` are the learner's, `answer` what she was told, `correction` what the coordinators of the round are to do.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("publication_id", "request_id"),
        Index("ix_reviews_round_id_state", "round_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("match_rounds.id"))
    request_id: Mapped[int] = mapped_column(ForeignKey("placement_requests.id"), index=True)
    state: Mapped[ReviewState]
    words: Mapped[str]
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    correction: Mapped[str] = mapped_column(default="")

    publication: Mapped[Publication] = relationship()
    round: Mapped[MatchRound] = relationship()
    request: Mapped[PlacementRequest] = relationship()
    answered_by: Mapped[Person | None] = relationship()
