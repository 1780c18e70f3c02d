"""Match rounds: the windows in which learners ask and are answered."""

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.organisations import Network
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

    def takes_requests(self, today: date) -> bool:
        """True while learners can still send or change a request in this round."""
        return self.opens_on <= today <= self.closes_on and self.published_at is None
