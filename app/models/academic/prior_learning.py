"""Prior learning: what learners claim credit for, what it rests on, what was decided, and the rules of universities."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, ForeignKey, Index, ScalarSelect, UniqueConstraint, event, func, inspect, select
from sqlalchemy.orm import Mapped, Mapper, aliased, mapped_column, relationship

from app.models.base import Base
from app.models.course.records_of_elsewhere import RecordOfElsewhere
from app.models.people import Person
from app.models.programmes import CreditDecision, Enrolment, Level, Module, Provider


class ClaimState(enum.Enum):
    """How far a claim has come."""

    DRAFT = "being written"
    SENT = "sent"
    RETURNED = "sent back"
    GRANTED = "granted"
    PARTLY = "granted in part"
    REFUSED = "refused"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"
    VOID = "void"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self in OPEN


OPEN = frozenset({ClaimState.DRAFT, ClaimState.SENT, ClaimState.RETURNED, ClaimState.APPEALED})
TO_WRITE = frozenset({ClaimState.DRAFT, ClaimState.RETURNED})
TO_DECIDE = frozenset({ClaimState.SENT, ClaimState.APPEALED})
GRANTING = frozenset({ClaimState.GRANTED, ClaimState.PARTLY})


class SourceKind(enum.Enum):
    """Where learning comes from."""

    MODULE = "module or course elsewhere"
    EXPERIENCE = "learning at work"
    HERE = "credit decided on this service"
    RECORD = "signed record of another service"


class PriorLearningClaim(Base):
    """That a learner asks her university to recognise what she has learnt before, as credit of one enrolment.

    It is for a whole module, or for an amount of `credits` of the level. `revision` counts how often it was sent: a
    decision is about what was sent. `words` say how the learning meets what the module or level asks for.
    """

    __tablename__ = "prior_learning_claims"
    __table_args__ = (Index("ix_prior_learning_claims_state", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"), index=True)
    module_id: Mapped[int | None] = mapped_column(ForeignKey("modules.id"), index=True)
    credits: Mapped[int]
    words: Mapped[str]
    state: Mapped[ClaimState]
    revision: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    appealed_at: Mapped[datetime | None]

    enrolment: Mapped[Enrolment] = relationship()
    module: Mapped[Module | None] = relationship()
    every_source: Mapped[list["PriorSource"]] = relationship(back_populates="claim", order_by="PriorSource.id")
    decisions: Mapped[list["ClaimDecision"]] = relationship(back_populates="claim", order_by="ClaimDecision.number")

    @property
    def sources(self) -> list["PriorSource"]:
        """What it rests on: what the learner took out again is history."""
        return [one for one in self.every_source if one.removed_at is None]

    @property
    def decision(self) -> "ClaimDecision | None":
        """The newest, which is the one that counts."""
        return self.decisions[-1] if self.decisions else None

    @property
    def aim(self) -> str:
        """What it is for, as it stands in a sentence."""
        return self.module.title if self.module else f"{self.credits} credits of the level"


class PriorSource(Base):
    """One thing that a learner has learnt before; taken out of a claim it stays as history.

    `level` is that of the national framework, from 4 to 8, and empty where the learning has none; `credits` are 0 for
    learning at work. `key` is the same for the same learning, in whichever claim it stands: its credit counts once.
    `form_key` makes a double send count once.
    """

    __tablename__ = "prior_sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("prior_learning_claims.id"), index=True)
    kind: Mapped[SourceKind]
    title: Mapped[str]
    body: Mapped[str]
    level: Mapped[int | None]
    credits: Mapped[int]
    finished_on: Mapped[date]
    words: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    key: Mapped[str]
    credit_decision_id: Mapped[int | None] = mapped_column(ForeignKey("credit_decisions.id"), index=True)
    record_id: Mapped[int | None] = mapped_column(ForeignKey("records_of_elsewhere.id"), index=True)
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    form_key: Mapped[str] = mapped_column(unique=True)

    claim: Mapped[PriorLearningClaim] = relationship(back_populates="every_source")
    credit_decision: Mapped[CreditDecision | None] = relationship()
    record: Mapped[RecordOfElsewhere | None] = relationship()
    file: Mapped["PriorSourceFile | None"] = relationship(back_populates="source")


class PriorSourceFile(Base):
    """A file that shows the learning: the name it came with, and under which name it is kept outside of here."""

    __tablename__ = "prior_source_files"

    source_id: Mapped[int] = mapped_column(ForeignKey("prior_sources.id"), primary_key=True)
    name: Mapped[str]
    kept_as: Mapped[str] = mapped_column(unique=True)
    media_type: Mapped[str]
    size_bytes: Mapped[int]
    digest: Mapped[str]
    scanned_at: Mapped[datetime | None]

    source: Mapped[PriorSource] = relationship(back_populates="file")


class ClaimDecision(Base):
    """What was decided about a claim as it was sent; a second one, on appeal, follows the first and replaces it.

    `exempted_by` and `exemption_reference` say who allowed more than the cap, and where that stands; both are empty
    where the cap was kept. `cap` is the limit that held then.
    """

    __tablename__ = "claim_decisions"
    __table_args__ = (UniqueConstraint("claim_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("prior_learning_claims.id"))
    number: Mapped[int]
    revision: Mapped[int]
    credits: Mapped[int]
    reason: Mapped[str]
    decided_on: Mapped[date]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    recorded_at: Mapped[datetime]
    cap: Mapped[int | None]
    exempted_by: Mapped[str] = mapped_column(default="")
    exemption_reference: Mapped[str] = mapped_column(default="")

    claim: Mapped[PriorLearningClaim] = relationship(back_populates="decisions")
    decided_by: Mapped[Person] = relationship()
    uses: Mapped[list["CreditUse"]] = relationship(back_populates="decision", order_by="CreditUse.id")


class CreditUse(Base):
    """That credits of one source count towards one level; it stands until the decision is replaced or void.

    `is_experience` says that the source was too old to count as credit, or never had any. The rows that stand are the
    one answer to what is recognised, and to what of a source is left.
    """

    __tablename__ = "credit_uses"
    __table_args__ = (Index("ix_credit_uses_learner_id_key", "learner_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("claim_decisions.id"), index=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("prior_learning_claims.id"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("prior_sources.id"), index=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    key: Mapped[str]
    credits: Mapped[int]
    is_experience: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None]

    @classmethod
    def recognised_for(cls, learner_id: Any, module_id: Any) -> ScalarSelect[int]:
        """How many credits of a module are recognised for a learner, as a column of whatever stands around it."""
        claim, use = aliased(PriorLearningClaim), aliased(cls)
        return (
            select(func.coalesce(func.sum(use.credits), 0))
            .join(claim, claim.id == use.claim_id)
            .where(use.learner_id == learner_id, claim.module_id == module_id, use.ended_at.is_(None))
            .correlate_except(claim, use)
            .scalar_subquery()
        )

    decision: Mapped[ClaimDecision] = relationship(back_populates="uses")
    claim: Mapped[PriorLearningClaim] = relationship()
    source: Mapped[PriorSource] = relationship()


class PriorLearningRule(Base):
    """What a university has said of prior learning at one level; the newest row counts, earlier ones are history.

    What is empty the university has not said. `reference` is where it stands.
    """

    __tablename__ = "prior_learning_rules"
    __table_args__ = (Index("ix_prior_learning_rules_provider_id_level", "provider_id", "level"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"))
    level: Mapped[Level]
    cap: Mapped[int | None]
    exempt_cap: Mapped[int | None]
    age_years: Mapped[int | None]
    is_whole_modules: Mapped[bool | None]
    lowest_level: Mapped[int | None]
    appeal_days: Mapped[int | None]
    reference: Mapped[str] = mapped_column(default="")
    set_at: Mapped[datetime]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)

    provider: Mapped[Provider] = relationship()
    set_by: Mapped[Person] = relationship()


@event.listens_for(ClaimDecision, "before_update")
@event.listens_for(ClaimDecision, "before_delete")
@event.listens_for(CreditUse, "before_delete")
@event.listens_for(PriorLearningRule, "before_update")
@event.listens_for(PriorLearningRule, "before_delete")
def refuse_to_change_what_was_decided(mapper: Mapper[Base], connection: Connection, row: Base) -> None:
    raise ValueError("what was decided about prior learning is never changed or removed")


@event.listens_for(CreditUse, "before_update")
def refuse_all_but_ending_it(mapper: Mapper[Base], connection: Connection, use: CreditUse) -> None:
    changed = {one.key for one in inspect(use).attrs if one.history.has_changes()}
    if changed - {"ended_at"} or any(inspect(use).attrs.ended_at.history.deleted):
        raise ValueError("of a use of credit nothing changes but that it ends, once")
