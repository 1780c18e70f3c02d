"""What a learner asks for: placement requests with their specialties, ranked openings and excluded mentors."""

import enum
from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Index, Table, and_, text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from app.language.local_times import until_in_words
from app.language.refusal import Refused
from app.models.base import Base
from app.models.organisations import Network, Specialty
from app.models.pairs.conflicts import Conflict
from app.models.people import Person, Role
from app.models.programmes import Module
from app.models.rounds import MatchRound
from app.models.studies import Opening


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

    One that brought no place stays as it was in its round and waits for the next turn, unless its learner began another
    (`asked_again_at`) or does not want to wait (`stopped_waiting_at`).
    """

    __tablename__ = "placement_requests"
    __table_args__ = (
        Index("ix_placement_requests_round_id_state", "round_id", "state"),
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
    module_id: Mapped[int | None] = mapped_column(ForeignKey("modules.id"), index=True)
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
    stopped_waiting_at: Mapped[datetime | None]

    learner: Mapped[Person] = relationship()
    module: Mapped[Module | None] = relationship()
    round: Mapped[MatchRound | None] = relationship()
    networks: Mapped[list[Network]] = relationship(secondary=request_networks, order_by=Network.name)
    specialty_rows: Mapped[list["RequestSpecialty"]] = relationship(
        cascade="all, delete-orphan", order_by="RequestSpecialty.position"
    )
    ranked: Mapped[list["RankedOpening"]] = relationship(
        cascade="all, delete-orphan", order_by="RankedOpening.position"
    )
    excluded: Mapped[list["ExcludedMentor"]] = relationship(
        primaryjoin="PlacementRequest.learner_id == foreign(ExcludedMentor.learner_id)",
        cascade="all, delete-orphan",
        order_by="ExcludedMentor.id",
    )
    conflicts: Mapped[list[Conflict]] = relationship(
        primaryjoin=lambda: and_(
            PlacementRequest.learner_id == foreign(Conflict.learner_id), Conflict.excepted_at.is_(None)
        ),
        viewonly=True,
        order_by=Conflict.id,
    )

    @property
    def learner_takes_part(self) -> bool:
        """False once her account is withdrawn or her role has ended: then no round matches her."""
        return self.learner.takes_part_as(Role.LEARNER)

    def rank_of(self, opening_id: int) -> int | None:
        """The place of an opening on its list, 1 for the first, None when it is not on it."""
        return next((row.position for row in self.ranked if row.opening_id == opening_id), None)

    def is_frozen_at(self, now: datetime) -> bool:
        """True once its round has closed: from then on it is read and no longer changed (rule R1)."""
        return self.round is not None and self.round.has_closed(now)

    def require_changeable(self, now: datetime) -> None:
        """Raise Refused when it was withdrawn or its round has closed."""
        self.require_not_withdrawn()
        if self.round is not None and self.is_frozen_at(now):
            raise Refused(
                f"The round closed on {until_in_words(self.round.closes_at)}, so this request can no longer be "
                "changed. You can still read and download it."
            )

    def require_not_withdrawn(self) -> None:
        """Raise Refused when it was withdrawn."""
        if self.state is RequestState.WITHDRAWN:
            raise Refused("You withdrew this request, so it cannot be changed. Start a new one from your home page.")

    def submit(self, now: datetime) -> None:
        """Send it; sending it twice changes nothing."""
        if self.state is RequestState.DRAFT:
            self.state, self.submitted_at = RequestState.SUBMITTED, now

    @property
    def wants_a_place(self) -> bool:
        """True of one that was sent, as long as its learner neither asked again nor stopped waiting."""
        return self.state is RequestState.SUBMITTED and not (self.asked_again_at or self.stopped_waiting_at)

    def stop_waiting(self, now: datetime) -> None:
        """Take no part in further turns of its round, until its learner says otherwise."""
        self.stopped_waiting_at = self.stopped_waiting_at or now

    def withdraw(self, now: datetime) -> None:
        """Take it back; raises Refused once its round has closed."""
        self.require_changeable(now)
        self.state = RequestState.WITHDRAWN

    def give_way(self, now: datetime) -> None:
        """End it because its learner has a place for the module by another road; in a published round it stays."""
        if self.round is not None and self.round.published_at is not None:
            self.asked_again_at = now
        else:
            self.state = RequestState.WITHDRAWN


class RequestSpecialty(Base):
    """A specialty that interests the learner; position 1 interests her most."""

    __tablename__ = "request_specialties"

    request_id: Mapped[int] = mapped_column(ForeignKey("placement_requests.id"), primary_key=True)
    specialty_id: Mapped[int] = mapped_column(ForeignKey("specialties.id"), primary_key=True, index=True)
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
    """Why somebody must not mentor this learner."""

    LINE_MANAGER = "line manager"
    CONFLICT = "declared conflict"


class ExcludedMentor(Base):
    """Somebody who must not mentor this learner, on any of her requests; known here or only by name and email."""

    __tablename__ = "excluded_mentors"

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[ExclusionKind]
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    learner: Mapped[Person] = relationship(foreign_keys=[learner_id], viewonly=True)
    mentor: Mapped[Person | None] = relationship(foreign_keys=[mentor_id])
    answers: Mapped[list["ExclusionAnswer"]] = relationship(
        cascade="all, delete-orphan", order_by="ExclusionAnswer.mentor_id"
    )

    @property
    def excluded_ids(self) -> frozenset[int]:
        """The mentors who are known to be this person."""
        found = {answer.mentor_id for answer in self.answers if answer.is_same}
        return frozenset(found if self.mentor_id is None else {*found, self.mentor_id})

    @property
    def other_ids(self) -> frozenset[int]:
        """The mentors of a like name who are known to be somebody else."""
        return frozenset(answer.mentor_id for answer in self.answers if not answer.is_same)


class ExclusionAnswer(Base):
    """Whether a mentor is the person whom a learner named, as she or her coordinator said."""

    __tablename__ = "exclusion_answers"

    excluded_id: Mapped[int] = mapped_column(ForeignKey("excluded_mentors.id"), primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    is_same: Mapped[bool]
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime]
