"""The runs of a round, what each proposed, and the pairings that every run keeps."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.compressed import CompressedText
from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound, RoundSeed, digest_of_seed
from app.models.studies import Opening


class PinKind(enum.Enum):
    """Why a pairing is fixed; the reason in words stands beside it."""

    AGREED_BEFORE = "agreed before the round"
    CIRCUMSTANCES = "the learner's circumstances"
    CONTINUES = "continues earlier work together"
    STUDY_NEEDS = "the study needs this learner"
    NOMINATED = "the learner found this supervisor"
    OTHER = "another reason"


class Circumstance(enum.Enum):
    """Which circumstances of a learner fix a pairing, in our own words: nothing of anybody's health is written down."""

    CARING = "cares for a child or somebody else"
    HEALTH = "health or disability"
    TRAVEL = "cannot travel further"
    WORK = "hours or place of work"
    OTHER = "other circumstances"


class Pin(Base):
    """A pairing that a person fixed, with the reason; a pin that was lifted stays as history.

    One that needs evidence counts once a second person has seen it.
    """

    __tablename__ = "pins"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("match_rounds.id"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("placement_requests.id"), index=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id"), index=True)
    kind: Mapped[PinKind] = mapped_column(default=PinKind.OTHER)
    circumstance: Mapped[Circumstance | None]
    reason: Mapped[str]
    needs_evidence: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]

    request: Mapped[PlacementRequest] = relationship()
    opening: Mapped[Opening] = relationship()
    author: Mapped[Person] = relationship()
    evidence: Mapped["PinEvidence | None"] = relationship()

    @property
    def lacks_evidence(self) -> bool:
        """True until somebody has seen what it rests on, where it rests on anything that has to be shown."""
        return self.needs_evidence and self.evidence is None


class EvidenceKind(enum.Enum):
    """What was shown; it is kept nowhere here."""

    UNIVERSITY = "a statement of the university"
    EMPLOYER = "a statement of the employer"
    CLINICIAN = "a letter of a clinician or social worker"
    OFFICIAL = "an official document"
    OTHER = "something else"


class PinEvidence(Base):
    """That a person other than its author has seen the evidence for a pin, when, and of what kind it was."""

    __tablename__ = "pin_evidence"

    pin_id: Mapped[int] = mapped_column(ForeignKey("pins.id"), primary_key=True)
    kind: Mapped[EvidenceKind]
    seen_on: Mapped[date]
    seen_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]

    seen_by: Mapped[Person] = relationship()


class ListOfPairs(Base):
    """A file of agreed pairs that a coordinator has chosen for a round, until its pairs are pinned or it is dropped."""

    __tablename__ = "lists_of_pairs"
    __table_args__ = (UniqueConstraint("round_id", "chosen_by_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("match_rounds.id"))
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    chosen_at: Mapped[datetime]


class RunState(enum.Enum):
    """Where a run stands."""

    WAITING = "waiting"
    RUNNING = "running"
    SOLVED = "solved"
    CLASH = "cannot be solved"
    FAILED = "failed"

    @property
    def is_under_way(self) -> bool:
        return self in (RunState.WAITING, RunState.RUNNING)


class Run(Base):
    """One solve of a round under one policy; the problem is kept whole so that anybody can solve it again.

    `problem` and `solution` are files of the matching package, large and read only when asked for; `outcome` is what
    pages show of them. `inputs_fingerprint` is that of the round when the run read it. `previous_id` is the run that
    the stage `stay` keeps to. `clash` holds what cannot hold together, which `complaint` has in words. `seed` is
    that of its round when the run was started, and as secret as that one. `turn` is the number of the turn of its
    round.
    """

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("match_rounds.id"), index=True)
    stages: Mapped[list[str]] = mapped_column(JSON)
    turn: Mapped[int] = mapped_column(default=1)
    seed: Mapped[str]
    state: Mapped[RunState]
    time_limit_seconds: Mapped[int | None]
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"))
    problem: Mapped[str] = mapped_column(CompressedText, default="", deferred=True)
    problem_digest: Mapped[str] = mapped_column(default="")
    solution: Mapped[str] = mapped_column(CompressedText, default="", deferred=True)
    inputs_fingerprint: Mapped[str] = mapped_column(default="")
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    progress: Mapped[str] = mapped_column(default="")
    complaint: Mapped[str] = mapped_column(default="")
    clash: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    seconds: Mapped[float | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    started_at: Mapped[datetime | None]
    stop_wished_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]

    round: Mapped[MatchRound] = relationship()
    created_by: Mapped[Person] = relationship()
    proposals: Mapped[list["Proposal"]] = relationship(back_populates="run", order_by="Proposal.id")
    unplaced: Mapped[list["UnplacedRequest"]] = relationship(back_populates="run", order_by="UnplacedRequest.id")

    @property
    def drawn_with(self) -> RoundSeed | None:
        """The seed of the round that it used; None for a run of a time when each run had a seed of its own."""
        return next((drawn for drawn in self.round.seeds if drawn.secret == self.seed), None)

    @property
    def seed_digest(self) -> str:
        return digest_of_seed(self.seed)

    @property
    def has_the_seed_of_its_round(self) -> bool:
        return self.seed == self.round.seed.secret

    def can_be_checked(self, now: datetime) -> bool:
        """True when its problem, which holds the seed, can be given away."""
        drawn = self.drawn_with
        return drawn is None or drawn.can_be_read(now)


class Proposal(Base):
    """One pairing in a run: the score (0 to 1000), the rank on the learner's list and what made the score.

    `why` is said to the learner, `why_about_learner` to her coordinator.
    """

    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("run_id", "request_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("placement_requests.id"), index=True)
    opening_id: Mapped[int] = mapped_column(ForeignKey("openings.id"), index=True)
    score: Mapped[int]
    rank: Mapped[int | None]
    is_pinned: Mapped[bool] = mapped_column(default=False)
    why: Mapped[str] = mapped_column(default="")
    why_about_learner: Mapped[str] = mapped_column(default="")

    run: Mapped[Run] = relationship(back_populates="proposals")
    request: Mapped[PlacementRequest] = relationship()
    opening: Mapped[Opening] = relationship()


class UnplacedRequest(Base):
    """A request that a run could not place, with the reason that can be said to its learner."""

    __tablename__ = "unplaced_requests"
    __table_args__ = (UniqueConstraint("run_id", "request_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("placement_requests.id"), index=True)
    reason: Mapped[str]
    next_step: Mapped[str] = mapped_column(default="")

    run: Mapped[Run] = relationship(back_populates="unplaced")
    request: Mapped[PlacementRequest] = relationship()


class QuestionKind(enum.Enum):
    """What can be asked of a run that is solved."""

    WHAT_IF = "what if"
    EXPLANATION = "why this one"
    PINS = "what pins cost"
    SHORTAGES = "where places are short"


class QuestionState(enum.Enum):
    """Where a question stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    FAILED = "failed"


class RunQuestion(Base):
    """A question to the solved problem of a run; asking changes nothing of it, so an answer holds for good.

    `asked` and `answer` are facts with the ids of our rows; `request_id` is whose placing is to be explained.
    `asked_by_id` is None where the service asked by itself, for the learners who have an offer.
    """

    __tablename__ = "run_questions"
    __table_args__ = (Index("ix_run_questions_of", "run_id", "kind", "request_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    kind: Mapped[QuestionKind]
    request_id: Mapped[int | None] = mapped_column(ForeignKey("placement_requests.id"), index=True)
    asked: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[QuestionState]
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON, deferred=True)
    complaint: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]

    run: Mapped[Run] = relationship()
    asked_by: Mapped[Person | None] = relationship()
