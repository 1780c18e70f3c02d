"""What comes of a request: the offer that a round makes, its learner's answer, and the placement that it becomes."""

import enum
import hashlib
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, and_, text
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.language.dates_and_times import day_in_words
from app.language.local_times import end_of_day, last_day_before
from app.language.refusal import Refused
from app.models.base import Base
from app.models.organisations import Organisation
from app.models.pairs.nominations import Nomination
from app.models.people import Person
from app.models.programmes import Module
from app.models.publications import Publication
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound, day_kept
from app.models.studies import Opening


class OfferState(enum.Enum):
    """What became of an offer."""

    WAITING = "waiting for an answer"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    TAKEN_BACK = "taken back"

    @property
    def holds_a_place(self) -> bool:
        return self is OfferState.WAITING


class DeclineKind(enum.Enum):
    """Why an offer does not suit, in a word that can be counted."""

    TRAVEL = "the journey is too long"
    DATES = "the dates or hours do not suit"
    WORK = "the study or the work is not for me"
    MENTOR = "I cannot work with this mentor"
    ELSEWHERE = "I have found a place elsewhere"
    CIRCUMSTANCES = "my circumstances have changed"
    OTHER = "another reason"


@dataclass(frozen=True)
class Terms:
    """What a learner says yes to: where, between which days (both included), and what she would do there."""

    organisation_id: int
    starts_on: date
    ends_on: date
    learner_does: str

    @classmethod
    def of(cls, opening: Opening) -> "Terms":
        return cls(opening.organisation_id, opening.starts_on, opening.ends_on, opening.learner_does)

    @property
    def digest(self) -> str:
        """What a form carries, so that a yes counts for the terms that were read and for no others."""
        said = f"{self.organisation_id} {self.starts_on} {self.ends_on} {self.learner_does}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]


class Offer(Base):
    """A published proposal that waits for its learner's answer.

    `found_taken_at` is when its learner first wanted the place and it was gone; her coordinators know since then.
    `taken_back_because` says in her words what ended it; `taken_back_with` is the publication that made it, where that
    was taken back as a whole: as if it had never been made, but for its history. It can be answered before
    `answer_until`, which `more_time_at`, when she asked for more time, has moved; `answer_by` is the last day in that,
    for lists. The place is given to nobody else before it is written down that the offer lapsed, or that day is over.
    """

    __tablename__ = "offers"
    __table_args__ = (
        Index("ix_offers_state_answer_by", "state", "answer_by"),
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
    answer_until: Mapped[datetime]
    answer_by_kept: Mapped[date] = mapped_column("answer_by")
    answered_at: Mapped[datetime | None]
    decline_kind: Mapped[DeclineKind | None]
    decline_reason: Mapped[str] = mapped_column(default="")
    more_time_at: Mapped[datetime | None]
    more_time_reason: Mapped[str] = mapped_column(default="")
    reminded_at: Mapped[datetime | None]
    found_taken_at: Mapped[datetime | None]
    taken_back_because: Mapped[str] = mapped_column(default="")
    taken_back_with_id: Mapped[int | None] = mapped_column(ForeignKey("publications.id"), index=True)

    request: Mapped[PlacementRequest] = relationship()
    opening: Mapped[Opening] = relationship()
    taken_back_with: Mapped[Publication | None] = relationship()
    round: Mapped[MatchRound] = relationship()
    terms_said: Mapped[list["OfferTerms"]] = relationship(order_by="OfferTerms.number")

    answer_by = day_kept("answer_by_kept", "answer_until", end_of_day)

    @validates("answer_until")
    def keep_last_day(self, _name: str, moment: datetime) -> datetime:
        self.answer_by_kept = last_day_before(moment)
        return moment

    @property
    def said(self) -> "OfferTerms":
        """The terms as they were published, or as the learner agreed to them since."""
        return self.terms_said[-1]

    @property
    def has_changed_terms(self) -> bool:
        """True when the opening is no longer as it was offered."""
        return self.said.terms != Terms.of(self.opening)

    def say(self, terms: Terms, now: datetime) -> None:
        """Keep what is offered from now on; what was said before stays."""
        self.terms_said.append(OfferTerms(number=len(self.terms_said) + 1, said_at=now, **asdict(terms)))

    @hybrid_method
    def is_open_on(self, day: date) -> bool:
        """True while its place is held, until its last day is over or it is written down that it lapsed."""
        return self.state is OfferState.WAITING and day <= self.answer_by

    @is_open_on.inplace.expression  # type: ignore[attr-defined]
    @classmethod
    def _is_open_on(cls, day: date) -> ColumnElement[bool]:
        return and_(cls.state == OfferState.WAITING, cls.answer_by >= day)

    @hybrid_method
    def is_open_at(self, now: datetime) -> bool:
        """True while the learner can still answer: an offer lapses by itself at its moment."""
        return self.state is OfferState.WAITING and now < self.answer_until

    @is_open_at.inplace.expression  # type: ignore[attr-defined]
    @classmethod
    def _is_open_at(cls, now: datetime) -> ColumnElement[bool]:
        return and_(cls.state == OfferState.WAITING, cls.answer_until > now)

    def state_at(self, now: datetime) -> OfferState:
        """What the offer is at a moment; one that waited too long has lapsed, whether or not anybody wrote it down."""
        is_overdue = self.state is OfferState.WAITING and not self.is_open_at(now)
        return OfferState.LAPSED if is_overdue else self.state

    def require_open(self, now: datetime) -> None:
        """Raise Refused when the offer has been answered or has lapsed."""
        if not self.is_open_at(now):
            raise Refused(_NOT_OPEN[self.state_at(now)])


class OfferTerms(Base):
    """What an offer said: number 1 is what was published, later ones are changes that the learner agreed to."""

    __tablename__ = "offer_terms"

    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    learner_does: Mapped[str] = mapped_column(default="")
    said_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship()

    @property
    def terms(self) -> Terms:
        return Terms(self.organisation_id, self.starts_on, self.ends_on, self.learner_does)


_NOT_OPEN = {
    OfferState.ACCEPTED: "You have accepted this offer already. Your placement is on your home page.",
    OfferState.DECLINED: "You have declined this offer. If that was a mistake, write to your coordinator today.",
    OfferState.LAPSED: "The time to answer this offer is over, so it has lapsed. Write to your coordinator, who can "
    "tell you whether the place is still free.",
    OfferState.TAKEN_BACK: "This offer was taken back, so it can no longer be answered. Its page says why, and what "
    "you can do now.",
}


class PlacementState(enum.Enum):
    """Whether the learner is still in the study; a pause is a time within a placement and no state."""

    ACTIVE = "active"
    ENDED = "ended"


class Outcome(enum.Enum):
    """How a placement ended before its last day."""

    COMPLETED_EARLY = "completed early"
    INCOMPLETE = "incomplete"
    WITHDRAWN = "withdrawn"
    MOVED = "goes on elsewhere"
    SWAPPED = "swapped"
    MOVED_UP = "moved up"


ELSEWHERE = frozenset({Outcome.MOVED, Outcome.SWAPPED, Outcome.MOVED_UP})


class Cause(enum.Enum):
    """Why a placement changed its course."""

    MENTOR_LEAVES = "the mentor leaves"
    STUDY_STOPPED = "the study stopped"
    ALL_DONE = "everything is done"
    CIRCUMSTANCES = "the learner’s circumstances"
    WORK = "the learner’s job"
    DOES_NOT_SUIT = "the place did not suit"
    OTHER = "another reason"


class Placement(Base):
    """This learner with this mentor on this study, for one module: an accepted offer, or a verified nomination.

    One that goes on with another mentor or on another study becomes a new one, which names the earlier one in
    `continues_id` and the first day of all in `first_part_on`: sessions and hours stay where they were logged.
    """

    __tablename__ = "placements"
    __table_args__ = (
        UniqueConstraint("offer_id"),
        Index("uq_placements_nomination_id", "nomination_id", unique=True),
        Index("ix_placements_state_ends_on", "state", "ends_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id"), index=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offers.id"))
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nominations.id"))
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("placements.id"), index=True, unique=True)
    state: Mapped[PlacementState]
    outcome: Mapped[Outcome | None]
    cause: Mapped[Cause | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    first_part_on: Mapped[date | None]
    agreed_at: Mapped[datetime]

    learner: Mapped[Person] = relationship(foreign_keys=[learner_id])
    mentor: Mapped[Person] = relationship(foreign_keys=[mentor_id])
    opening: Mapped[Opening] = relationship()
    module: Mapped[Module] = relationship()
    offer: Mapped[Offer | None] = relationship()
    nomination: Mapped[Nomination | None] = relationship()
    pauses: Mapped[list["Pause"]] = relationship(order_by="Pause.starts_on")

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

    @property
    def never_began(self) -> bool:
        """True when it ended before its first day."""
        return self.ends_on < self.starts_on

    def has_gone_on(self, day: date) -> bool:
        """True once another placement has taken its place; until its last day it needs what it needed before."""
        return self.outcome in ELSEWHERE and not self.is_current_on(day)

    def pause_on(self, day: date) -> "Pause | None":
        """The pause in which a day lies."""
        return next((one for one in self.pauses if one.has(day)), None)

    def standing_on(self, day: date) -> str:
        """Where it stands, as a word for its tag."""
        if not self.is_current_on(day):
            return self.outcome.value if self.outcome else PlacementState.ENDED.value
        if not self.has_begun_on(day):
            return "not begun"
        return "paused" if self.pause_on(day) else PlacementState.ACTIVE.value

    def can_change_on(self, day: date) -> bool:
        """True while it can pause, end or go on elsewhere; what goes on elsewhere already is changed there."""
        return self.is_current_on(day) and self.outcome is None

    def end(self, outcome: Outcome, cause: Cause, last_day: date) -> None:
        """Let it end on a day; what was logged up to then stays, and can still be logged."""
        self.outcome, self.cause, self.ends_on = outcome, cause, last_day

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
        pause = self.pause_on(day)
        if pause:
            raise Refused(
                f"The placement was paused from {day_in_words(pause.starts_on)} until it went on on "
                f"{day_in_words(pause.resumes_on)}. Enter a day outside of that time.",
                field,
            )


class Pause(Base):
    """Time within a placement in which nothing happens; its place is kept. `resumes_on` is the first day after it."""

    __tablename__ = "placement_pauses"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    starts_on: Mapped[date]
    resumes_on: Mapped[date]

    @hybrid_method
    def has(self, day: date) -> bool:
        return self.starts_on <= day < self.resumes_on

    @has.inplace.expression  # type: ignore[attr-defined]
    @classmethod
    def _has(cls, day: date) -> ColumnElement[bool]:
        return and_(cls.starts_on <= day, cls.resumes_on > day)
