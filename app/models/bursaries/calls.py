"""Calls for bursaries: how many there are of a level, who may apply until when, and how it is decided."""

import enum
import secrets
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.programmes import Level, Provider
from app.models.rounds import SECRET_BYTES, digest_of_seed

ANSWER_DAYS = 14
SCORES_NEEDED = 2


class CallState(enum.Enum):
    """How far a call has come."""

    DRAFT = "being written"
    PUBLISHED = "published"
    DECIDED = "decided"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Method(enum.Enum):
    """How the order of the applications is found."""

    SCORING = "scores of assessors"
    LOTTERY = "lottery"


class DoctorsAndDentists(enum.Enum):
    """Whether doctors and dentists count among the professions that may apply."""

    TO_CONFIRM = "to confirm"
    MAY_APPLY = "may apply"
    MAY_NOT_APPLY = "may not apply"


class BursaryCall(Base):
    """A number of bursaries for one level, at one university, or at all where it has no provider.

    Applications are taken from `opens_at` until before `closes_at`; an offer is answered within `answer_days`.
    `regulators` has the values of those whose professionals may apply. `amount_pence` is what one bursary pays at most,
    where that is a sum; `covers` says it in words. The digest of the seed is shown as soon as the call is published,
    the secret once it is decided.
    """

    __tablename__ = "bursary_calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("providers.id"), index=True)
    state: Mapped[CallState] = mapped_column(index=True)
    title: Mapped[str]
    level: Mapped[Level]
    number: Mapped[int]
    amount_pence: Mapped[int | None]
    covers: Mapped[str]
    courses: Mapped[str]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    answer_days: Mapped[int] = mapped_column(default=ANSWER_DAYS)
    method: Mapped[Method]
    scores_needed: Mapped[int] = mapped_column(default=SCORES_NEEDED)
    regulators: Mapped[list[str]] = mapped_column(JSON)
    doctors_and_dentists: Mapped[DoctorsAndDentists] = mapped_column(default=DoctorsAndDentists.TO_CONFIRM)
    asks_place: Mapped[bool] = mapped_column(default=True)
    asks_level_before: Mapped[bool] = mapped_column(default=True)
    asks_first_funding: Mapped[bool] = mapped_column(default=True)
    has_no_deferral: Mapped[bool] = mapped_column(default=True)
    secret: Mapped[str]
    digest: Mapped[str]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    published_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]

    provider: Mapped[Provider | None] = relationship()
    created_by: Mapped[Person] = relationship()
    criteria: Mapped[list["Criterion"]] = relationship(
        order_by="Criterion.position", cascade="all, delete-orphan", back_populates="call"
    )

    def draw_seed(self, secret: str = "") -> None:
        """Commit to a seed; random, where no `secret` is given as for the demonstration."""
        self.secret = secret or secrets.token_hex(SECRET_BYTES)
        self.digest = digest_of_seed(self.secret)

    def takes_applications(self, now: datetime) -> bool:
        return self.state is CallState.PUBLISHED and self.opens_at <= now < self.closes_at

    def has_closed(self, now: datetime) -> bool:
        return self.state is not CallState.DRAFT and self.closes_at <= now

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None

    @property
    def readable_seed(self) -> str:
        """The secret, once nothing can be decided by knowing it; empty until then."""
        return self.secret if self.is_decided else ""


class Criterion(Base):
    """What assessors score, and how much it weighs beside the others."""

    __tablename__ = "bursary_criteria"
    __table_args__ = (UniqueConstraint("call_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("bursary_calls.id"))
    position: Mapped[int]
    title: Mapped[str]
    weight: Mapped[int]

    call: Mapped[BursaryCall] = relationship(back_populates="criteria")
