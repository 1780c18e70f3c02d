"""Match rounds: the windows in which learners ask and are answered."""

import hashlib
import secrets
from datetime import date, datetime

from sqlalchemy import Column, ColumnElement, ForeignKey, Index, Table, UniqueConstraint, and_, or_, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.organisations import Network
from app.models.people import Person
from app.models.programmes import Level

MORE_TIME_DAYS = 5  # working days: DOMAIN.md 5.3, R7

round_networks = Table(
    "round_networks",
    Base.metadata,
    Column("round_id", ForeignKey("match_rounds.id"), primary_key=True),
    Column("network_id", ForeignKey("networks.id"), primary_key=True, index=True),
)


class MatchRound(Base):
    """One window of requests and openings, for one level in some networks.

    Learners ask from `opens_on` to `closes_on`, both included, and answer their offers up to and including `answer_by`.
    Its first turn is the round itself; what is left after its publication goes into further turns. A learner can ask
    once for `more_time_days` working days more to answer; 0 where there is no more time.
    """

    __tablename__ = "match_rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    level: Mapped[Level]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    answer_by: Mapped[date]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None]
    more_time_days: Mapped[int] = mapped_column(default=MORE_TIME_DAYS)

    networks: Mapped[list[Network]] = relationship(secondary=round_networks, order_by=Network.name)
    seeds: Mapped[list["RoundSeed"]] = relationship(back_populates="round", order_by="RoundSeed.id")
    turns: Mapped[list["RoundTurn"]] = relationship(
        back_populates="round", order_by="RoundTurn.number", lazy="selectin"
    )

    @property
    def open_turn(self) -> "RoundTurn | None":
        """The clearing turn in which runs can be started and published; None before and between such turns."""
        return next((turn for turn in self.turns if turn.is_open), None)

    @property
    def turn_number(self) -> int:
        """The turn that is under way, or was the last: 1 is the round itself."""
        return len(self.turns) + 1

    @property
    def offers_until(self) -> date:
        """The last day to answer what is published in the turn that is under way, or was the last."""
        return self.turns[-1].answer_by if self.turns else self.answer_by

    @hybrid_property
    def is_worked_on(self) -> bool:
        """True while runs, pins and publishing can still decide something: before publication, and in an open turn."""
        return self.published_at is None or self.open_turn is not None

    @is_worked_on.inplace.expression
    @classmethod
    def _is_worked_on(cls) -> ColumnElement[bool]:
        return or_(cls.published_at.is_(None), cls.turns.any(RoundTurn.is_open))

    def takes_requests(self, today: date) -> bool:
        """True while learners can still send or change a request in this round."""
        return self.opens_on <= today <= self.closes_on and self.published_at is None

    def has_closed(self, today: date) -> bool:
        """True when no learner can send or change a request any more, unless the dates are moved."""
        return self.closes_on < today or self.published_at is not None

    @property
    def seed(self) -> "RoundSeed":
        """The seed that counts: the one drawn last."""
        return self.seeds[-1]

    def draw_seed(self, actor: Person | None, now: datetime, reason: str = "", secret: str = "") -> "RoundSeed":
        """A new seed that counts from now on; random, where no `secret` is given as for the demonstration."""
        secret = secret or secrets.token_hex(SECRET_BYTES)
        drawn = RoundSeed(secret=secret, digest=digest_of_seed(secret), drawn_at=now, drawn_by=actor, reason=reason)
        self.seeds.append(drawn)
        return drawn


class RoundTurn(Base):
    """A clearing turn: after the publication, what is left of places goes to those who still wait.

    The first one has number 2. Learners hear by `hears_by`, and answer by `answer_by`; both are days. It ends when one
    of its runs is published, or without one.
    """

    __tablename__ = "round_turns"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        Index(
            "uq_round_turns_open",
            "round_id",
            unique=True,
            sqlite_where=text("published_at IS NULL AND ended_at IS NULL"),
            postgresql_where=text("published_at IS NULL AND ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("match_rounds.id"))
    number: Mapped[int]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    hears_by: Mapped[date]
    answer_by: Mapped[date]
    published_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    round: Mapped[MatchRound] = relationship(back_populates="turns")
    opened_by: Mapped[Person] = relationship()

    @hybrid_property
    def is_open(self) -> bool:
        return self.published_at is None and self.ended_at is None

    @is_open.inplace.expression
    @classmethod
    def _is_open(cls) -> ColumnElement[bool]:
        return and_(cls.published_at.is_(None), cls.ended_at.is_(None))


SECRET_BYTES = 16  # as many as nobody can guess from the digest


class RoundSeed(Base):
    """A secret from which every lottery of a round follows; the newest counts, those before stay as history.

    The digest is shown to everybody from the first day, the secret only when it can no longer be used to look ahead.
    """

    __tablename__ = "round_seeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("match_rounds.id"), index=True)
    secret: Mapped[str]
    digest: Mapped[str]
    drawn_at: Mapped[datetime]
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(default="")

    round: Mapped[MatchRound] = relationship(back_populates="seeds")
    drawn_by: Mapped[Person | None] = relationship()

    def can_be_read(self, today: date) -> bool:
        """True when its round has closed, or when another seed has taken its place."""
        return self is not self.round.seed or self.round.has_closed(today)

    def readable(self, today: date) -> str:
        """The secret, once it can be read; empty until then."""
        return self.secret if self.can_be_read(today) else ""


def digest_of_seed(secret: str) -> str:
    """SHA-256 of the seed as UTF-8, in hexadecimal: what `printf %s SEED | sha256sum` prints."""
    return hashlib.sha256(secret.encode()).hexdigest()
