"""Match rounds: the windows in which learners ask and are answered."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, ForeignKey, Index, Table, UniqueConstraint, and_, or_, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.language.dates_and_times import day_of
from app.language.local_times import end_of_day, last_day_before, start_of_day
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


def day_kept(column: str, moment: str, whole: Callable[[date], datetime]) -> Any:
    """The day of a moment, in a column of its own so that lists can ask by days; setting it means that whole day."""

    def read(record: Any) -> Any:
        return getattr(record, column)

    def write(record: Any, day: date) -> None:
        setattr(record, moment, whole(day))

    read.__name__ = column.removesuffix("_kept")
    return hybrid_property(read, write, expr=read)


class MatchRound(Base):
    """One window of requests and openings, for one level in some networks.

    Learners ask from `opens_at` until before `closes_at`, and answer their offers until before `answer_until`. Whatever
    decides asks these moments; `opens_on`, `closes_on` and `answer_by` are the first and last days in them, for lists.
    Its first turn is the round itself; what is left after its publication goes into further turns. A learner can ask
    once for `more_time_days` working days more to answer; 0 where there is no more time. Where `moves_up`,
    who has a place can be offered a free one that she ranked higher, once nobody who waits comes next for it.
    """

    __tablename__ = "match_rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    level: Mapped[Level]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    answer_until: Mapped[datetime]
    opens_on_kept: Mapped[date] = mapped_column("opens_on")
    closes_on_kept: Mapped[date] = mapped_column("closes_on")
    answer_by_kept: Mapped[date] = mapped_column("answer_by")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None]
    more_time_days: Mapped[int] = mapped_column(default=MORE_TIME_DAYS)
    moves_up: Mapped[bool] = mapped_column(default=False)

    networks: Mapped[list[Network]] = relationship(secondary=round_networks, order_by=Network.name)
    seeds: Mapped[list["RoundSeed"]] = relationship(back_populates="round", order_by="RoundSeed.id")
    announcements: Mapped[list["PolicyAnnouncement"]] = relationship(order_by="PolicyAnnouncement.id")
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

    def turn_of(self, number: int) -> "RoundTurn | None":
        """The clearing turn with a number; None of the first turn, which is the round itself."""
        return next((turn for turn in self.turns if turn.number == number), None)

    @property
    def offers_until(self) -> datetime:
        """Until when what is published in the turn that is under way, or was the last, can be answered."""
        return end_of_day(self.offers_by) if self.turns else self.answer_until

    @property
    def offers_by(self) -> date:
        """The last day of that."""
        return self.answer_by_in(self.turn_number)

    def answer_by_in(self, number: int) -> date:
        """The last day to answer what is published in a turn."""
        turn = self.turn_of(number)
        return turn.answer_by if turn else self.answer_by

    @hybrid_property
    def is_worked_on(self) -> bool:
        """True while runs, pins and publishing can still decide something: before publication, and in an open turn."""
        return self.published_at is None or self.open_turn is not None

    @is_worked_on.inplace.expression
    @classmethod
    def _is_worked_on(cls) -> ColumnElement[bool]:
        return or_(cls.published_at.is_(None), cls.turns.any(RoundTurn.is_open))

    opens_on = day_kept("opens_on_kept", "opens_at", start_of_day)
    closes_on = day_kept("closes_on_kept", "closes_at", end_of_day)
    answer_by = day_kept("answer_by_kept", "answer_until", end_of_day)

    @validates("opens_at")
    def keep_first_day(self, _name: str, moment: datetime) -> datetime:
        self.opens_on_kept = day_of(moment)
        return moment

    @validates("closes_at", "answer_until")
    def keep_last_day(self, name: str, moment: datetime) -> datetime:
        setattr(self, {"closes_at": "closes_on_kept"}.get(name, "answer_by_kept"), last_day_before(moment))
        return moment

    def takes_requests(self, now: datetime) -> bool:
        """True while learners can send or change a request in this round."""
        return self.opens_at <= now and not self.has_closed(now)

    def has_closed(self, now: datetime) -> bool:
        """True when no learner can send or change a request any more, unless the dates are moved."""
        return self.closes_at <= now or self.published_at is not None

    @property
    def announced(self) -> "PolicyAnnouncement | None":
        """The policy that counts as announced: the one that was announced last."""
        return self.announcements[-1] if self.announcements else None

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

    def can_be_read(self, now: datetime) -> bool:
        """True when its round has closed, or when another seed has taken its place."""
        return self is not self.round.seed or self.round.has_closed(now)

    def readable(self, now: datetime) -> str:
        """The secret, once it can be read; empty until then."""
        return self.secret if self.can_be_read(now) else ""


def digest_of_seed(secret: str) -> str:
    """SHA-256 of the seed as UTF-8, in hexadecimal: what `printf %s SEED | sha256sum` prints."""
    return hashlib.sha256(secret.encode()).hexdigest()


class PolicyAnnouncement(Base):
    """Which policy of a round its learners were told is meant to be published; the newest counts, all stay.

    `reason` says why it is not what they knew before. One that was made by publishing under another policy has the
    moment of the publication.
    """

    __tablename__ = "policy_announcements"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("match_rounds.id"), index=True)
    stages: Mapped[list[str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(default="")
    announced_at: Mapped[datetime]
    announced_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    announced_by: Mapped[Person] = relationship()
