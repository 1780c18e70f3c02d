"""What a learner asks for and what comes of it: requests, ranked openings, offers and placements."""

import enum
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Column, ColumnElement, ForeignKey, Index, Table, UniqueConstraint, and_, text
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.language.refusal import Refused
from app.language.times import day_in_words
from app.models.base import Base
from app.models.organisations import Network, Specialty
from app.models.people import Person
from app.models.programmes import Module
from app.models.studies import Opening

if TYPE_CHECKING:
    from app.models.rounds import MatchRound


class RequestState(enum.Enum):
    """Where a request stands: written, sent, or taken back."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


request_networks = Table(
    "request_networks",
    Base.metadata,
    Column("request_id", ForeignKey("placement_requests.id"), primary_key=True),
    Column("network_id", ForeignKey("networks.id"), primary_key=True, index=True),
)


class PlacementRequest(Base):
    """A learner's wish for one RPE module: interests, limits and, if she likes, ranked openings.

    One that brought no place stays as it was in its round; `asked_again_at` says when its learner began another.
    """

    __tablename__ = "placement_requests"
    __table_args__ = (
        Index(
            "uq_placement_requests_live",
            "learner_id",
            "module_id",
            unique=True,
            sqlite_where=text("state != 'withdrawn' AND asked_again_at IS NULL"),
            postgresql_where=text("state != 'withdrawn' AND asked_again_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    module_id: Mapped[int | None] = mapped_column(ForeignKey("modules.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("match_rounds.id"), index=True)
    state: Mapped[RequestState]
    interests: Mapped[str] = mapped_column(default="")
    start_from: Mapped[date | None]
    start_until: Mapped[date | None]
    nobody_excluded: Mapped[bool] = mapped_column(default=False)
    takes_any_other: Mapped[bool | None]
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    asked_again_at: Mapped[datetime | None]

    learner: Mapped[Person] = relationship()
    module: Mapped[Module | None] = relationship()
    round: Mapped["MatchRound | None"] = relationship("MatchRound")
    networks: Mapped[list[Network]] = relationship(secondary=request_networks, order_by=Network.name)
    specialty_rows: Mapped[list["RequestSpecialty"]] = relationship(
        cascade="all, delete-orphan", order_by="RequestSpecialty.position"
    )
    ranked: Mapped[list["RankedOpening"]] = relationship(
        cascade="all, delete-orphan", order_by="RankedOpening.position"
    )
    excluded: Mapped[list["ExcludedMentor"]] = relationship(cascade="all, delete-orphan", order_by="ExcludedMentor.id")

    def is_frozen_on(self, day: date) -> bool:
        """True once its round has closed: from then on it is read and no longer changed (rule R1)."""
        return self.round is not None and (day > self.round.closes_on or self.round.published_at is not None)

    def require_changeable(self, day: date) -> None:
        """Raise Refused when it was withdrawn or its round has closed."""
        if self.state is RequestState.WITHDRAWN:
            raise Refused("You withdrew this request, so it cannot be changed. Start a new one from your home page.")
        if self.round is not None and self.is_frozen_on(day):
            raise Refused(
                f"The round closed on {day_in_words(self.round.closes_on)}, so this request can no longer be changed. "
                "You can still read and download it."
            )

    def submit(self, now: datetime) -> None:
        """Send it; sending it twice changes nothing."""
        if self.state is RequestState.DRAFT:
            self.state, self.submitted_at = RequestState.SUBMITTED, now

    def withdraw(self, day: date) -> None:
        """Take it back; raises Refused once its round has closed."""
        self.require_changeable(day)
        self.state = RequestState.WITHDRAWN


class RequestSpecialty(Base):
    """A specialty that interests the learner; position 1 interests her most."""

    __tablename__ = "request_specialties"

    request_id: Mapped[int] = mapped_column(ForeignKey("placement_requests.id"), primary_key=True)
    specialty_id: Mapped[int] = mapped_column(ForeignKey("specialties.id"), primary_key=True)
    position: Mapped[int]

    specialty: Mapped[Specialty] = relationship()


class RankedOpening(Base):
    """An opening on a learner's list; position 1 is her first choice."""

    __tablename__ = "ranked_openings"

    request_id: Mapped[int] = mapped_column(ForeignKey("placement_requests.id"), primary_key=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id"), primary_key=True, index=True)
    position: Mapped[int]

    opening: Mapped[Opening] = relationship()


class ExclusionKind(enum.Enum):
    """Why somebody may not mentor this learner."""

    LINE_MANAGER = "line manager"
    CONFLICT = "declared conflict"


class ExcludedMentor(Base):
    """Somebody who may not mentor this learner, known here or only by name and e-mail."""

    __tablename__ = "excluded_mentors"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("placement_requests.id"), index=True)
    kind: Mapped[ExclusionKind]
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    mentor: Mapped[Person | None] = relationship()


class OfferState(enum.Enum):
    """What became of an offer."""

    WAITING = "waiting for an answer"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"

    @property
    def holds_a_place(self) -> bool:
        return self is OfferState.WAITING


class Offer(Base):
    """A published proposal that waits for its learner's answer."""

    __tablename__ = "offers"
    __table_args__ = (
        Index(
            "uq_offers_live",
            "request_id",
            unique=True,
            sqlite_where=text("state IN ('waiting for an answer', 'accepted')"),
            postgresql_where=text("state IN ('waiting for an answer', 'accepted')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"), unique=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("placement_requests.id"), index=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("match_rounds.id"), index=True)
    state: Mapped[OfferState]
    offered_at: Mapped[datetime]
    answer_by: Mapped[date]
    answered_at: Mapped[datetime | None]
    decline_reason: Mapped[str] = mapped_column(default="")

    request: Mapped[PlacementRequest] = relationship()
    opening: Mapped[Opening] = relationship()

    @hybrid_method
    def is_open_on(self, day: date) -> bool:
        """True while the learner can still answer: an offer lapses by itself once its last day is over."""
        return self.state is OfferState.WAITING and day <= self.answer_by

    @is_open_on.inplace.expression  # type: ignore[attr-defined]
    @classmethod
    def _is_open_on(cls, day: date) -> ColumnElement[bool]:
        return and_(cls.state == OfferState.WAITING, cls.answer_by >= day)

    def state_on(self, day: date) -> OfferState:
        """What the offer is on a day; one that waited too long has lapsed, whether or not anybody wrote it down."""
        is_overdue = self.state is OfferState.WAITING and not self.is_open_on(day)
        return OfferState.LAPSED if is_overdue else self.state

    def answer(self, state: OfferState, now: datetime, today: date) -> None:
        """Accept or decline; raises Refused when the offer has been answered or has lapsed."""
        if not self.is_open_on(today):
            raise Refused(_NOT_OPEN[self.state_on(today)])
        self.state, self.answered_at = state, now


_NOT_OPEN = {
    OfferState.ACCEPTED: "You have accepted this offer already. Your placement is on your home page.",
    OfferState.DECLINED: "You have declined this offer. If that was a mistake, write to your coordinator today.",
    OfferState.LAPSED: "The day to answer this offer by is over, so it has lapsed. Write to your coordinator, who can "
    "tell you whether the place is still free.",
}


class PlacementState(enum.Enum):
    """Whether the learner is still in the study."""

    ACTIVE = "active"
    ENDED = "ended"


class Placement(Base):
    """An accepted offer: this learner with this mentor on this study, for one module."""

    __tablename__ = "placements"
    __table_args__ = (UniqueConstraint("offer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id"), index=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"))
    state: Mapped[PlacementState]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    agreed_at: Mapped[datetime]

    learner: Mapped[Person] = relationship(foreign_keys=[learner_id])
    mentor: Mapped[Person] = relationship(foreign_keys=[mentor_id])
    opening: Mapped[Opening] = relationship()
    module: Mapped[Module] = relationship()
    offer: Mapped[Offer] = relationship()

    @hybrid_method
    def is_current_on(self, day: date) -> bool:
        """True from the agreement until the last day: as long as it takes up its mentor and its place."""
        return self.state is PlacementState.ACTIVE and day <= self.ends_on

    @is_current_on.inplace.expression  # type: ignore[attr-defined]
    @classmethod
    def _is_current_on(cls, day: date) -> ColumnElement[bool]:
        return and_(cls.state == PlacementState.ACTIVE, cls.ends_on >= day)

    def has_begun_on(self, day: date) -> bool:
        """True when there can be sessions and hours."""
        return self.starts_on <= day

    def check_day(self, day: date, today: date, field: str) -> None:
        """Refuse a day that cannot have sessions or hours: it has not come, or the placement does not cover it."""
        if day > today:
            raise Refused("The date must be today or in the past.", field)
        if day < self.starts_on:
            raise Refused(
                f"The date must be on or after {day_in_words(self.starts_on)}, when the placement began.", field
            )
        if day > self.ends_on:
            raise Refused(
                f"The date must be on or before {day_in_words(self.ends_on)}, when the placement ended.", field
            )
