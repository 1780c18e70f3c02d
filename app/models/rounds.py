"""Match rounds: the windows in which learners ask and are answered."""

import hashlib
import secrets
from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.organisations import Network
from app.models.people import Person
from app.models.programmes import Level

round_networks = Table(
    "round_networks",
    Base.metadata,
    Column("round_id", ForeignKey("match_rounds.id"), primary_key=True),
    Column("network_id", ForeignKey("networks.id"), primary_key=True, index=True),
)


class MatchRound(Base):
    """One window of requests and openings, for one level in some networks.

    Learners ask from `opens_on` to `closes_on`, both included, and answer their offers up to and including `answer_by`.
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

    networks: Mapped[list[Network]] = relationship(secondary=round_networks, order_by=Network.name)
    seeds: Mapped[list["RoundSeed"]] = relationship(back_populates="round", order_by="RoundSeed.id")

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
