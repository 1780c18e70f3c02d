"""Publications: each time that a run was published, by whom, and whether that was taken back; and its public page."""

import enum
import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.rounds import MatchRound
from app.models.runs import Run


class TakeBackKind(enum.Enum):
    """Why a publication was taken back, as a code that can be published; the reason in words stands beside it."""

    MISTAKE_IN_INPUTS = "a mistake in requests or openings"
    MISTAKE_IN_ROUND = "a mistake in how the round was set up"
    LEFT_OUT = "somebody was left out"
    TOO_EARLY = "published too early or by mistake"
    OTHER = "another reason"


class Publication(Base):
    """One publication of a run; `published_by` is None where nothing tells any more who it was.

    `taken_back_reason` was said to everybody who had been told of the publication.
    """

    __tablename__ = "publications"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("match_rounds.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    taken_back_kind: Mapped[TakeBackKind | None]
    taken_back_reason: Mapped[str] = mapped_column(default="")

    round: Mapped[MatchRound] = relationship()
    run: Mapped[Run] = relationship()
    published_by: Mapped[Person | None] = relationship(foreign_keys=[published_by_id])
    taken_back_by: Mapped[Person | None] = relationship(foreign_keys=[taken_back_by_id])

    @property
    def answer_by(self) -> date:
        """The last day to answer its offers, unless a learner asked for more time."""
        return self.round.answer_by_in(self.run.turn)

    @property
    def mails_about(self) -> str:
        """What the mails of this publication are marked with, so that they can be found again."""
        return f"publication of run {self.run_id} at {self.published_at.isoformat()}"


class Dossier(Base):
    """The dossier of a publication, made once and kept compressed, because making it takes long where many asked.

    `quality` and `shares` are parts of it that a page shows; `sha256` is that of the file as it is downloaded.
    """

    __tablename__ = "dossiers"

    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"), primary_key=True)
    made_at: Mapped[datetime]
    sha256: Mapped[str]
    number_of_bytes: Mapped[int]
    quality: Mapped[dict[str, Any]] = mapped_column(JSON)
    shares: Mapped[dict[str, Any]] = mapped_column(JSON)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class DossierPage(Base):
    """A page without sign-in that shows the dossier of a round; `hidden_at` says since when it no longer does."""

    __tablename__ = "dossier_pages"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("match_rounds.id"), unique=True)
    address: Mapped[str] = mapped_column(unique=True)
    shown_at: Mapped[datetime]
    shown_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    hidden_at: Mapped[datetime | None]

    round: Mapped[MatchRound] = relationship()
    shown_by: Mapped[Person] = relationship()

    @classmethod
    def of(cls, round_: MatchRound, actor: Person, now: datetime) -> "DossierPage":
        """A page at an address that nobody can guess."""
        return cls(round=round_, address=secrets.token_urlsafe(12), shown_at=now, shown_by=actor)

    @property
    def is_shown(self) -> bool:
        return self.hidden_at is None
