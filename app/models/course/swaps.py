"""Two learners of a round swap the places that they hold: the code by which they find each other, and the swap."""

import enum
import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.placements import Offer
from app.models.rounds import MatchRound
from app.models.studies import Opening

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read as another one
CODE_LENGTH = 10  # as many as nobody can guess, and few enough to say on the phone


class SwapCode(Base):
    """What a learner gives to another one who may then see her place and ask to swap; a newer one takes its place."""

    __tablename__ = "swap_codes"
    __table_args__ = (
        Index(
            "uq_swap_codes_good",
            "offer_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    offer: Mapped[Offer] = relationship()

    @classmethod
    def of(cls, offer: Offer, now: datetime) -> "SwapCode":
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        return cls(offer_id=offer.id, code=code, made_at=now)

    @property
    def in_groups(self) -> str:
        """As it is read out: K7QM2 XPDRT."""
        return f"{self.code[: CODE_LENGTH // 2]} {self.code[CODE_LENGTH // 2 :]}"


def code_typed(typed: str) -> str:
    """A code as it is kept, however it was typed."""
    return "".join(letter for letter in typed.upper() if letter in LETTERS)


class SwapState(enum.Enum):
    """Who has to answer next, or what became of it."""

    PROPOSED = "waiting for the other learner"
    AGREED = "waiting for a coordinator"
    DONE = "swapped"
    DECLINED = "declined"
    TAKEN_BACK = "taken back"
    NOT_AGREED = "not agreed"
    OVER = "no longer possible"

    @property
    def is_open(self) -> bool:
        return self in (SwapState.PROPOSED, SwapState.AGREED)


class Swap(Base):
    """One learner asks another one of her round to swap places; both are named by the offers that gave them.

    `one_opening` and `other_opening` are what each has when it is asked, which a swap that is done turns around.
    `one_agreed_to` is the digest of the terms to which the one who asks said yes, those of the other one's place;
    `other_agreed_to` that of the other one, empty until then. `answer` is what a coordinator said who did not agree.
    """

    __tablename__ = "swaps"
    __table_args__ = (
        Index(
            "uq_swaps_open",
            "one_id",
            unique=True,
            sqlite_where=text("state IN ('waiting for the other learner', 'waiting for a coordinator')"),
            postgresql_where=text("state IN ('waiting for the other learner', 'waiting for a coordinator')"),
        ),
        Index("ix_swaps_round_id_state", "round_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("match_rounds.id"))
    one_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), index=True)
    one_opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id"), index=True)
    other_opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id"), index=True)
    one_agreed_to: Mapped[str]
    other_agreed_to: Mapped[str] = mapped_column(default="")
    state: Mapped[SwapState]
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")

    round: Mapped[MatchRound] = relationship()
    one: Mapped[Offer] = relationship(foreign_keys=[one_id])
    other: Mapped[Offer] = relationship(foreign_keys=[other_id])
    one_opening: Mapped[Opening] = relationship(foreign_keys=[one_opening_id])
    other_opening: Mapped[Opening] = relationship(foreign_keys=[other_opening_id])
