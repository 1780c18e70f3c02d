"""A dissertation at master's level: what is proposed, approvals, milestones with their dates, and its submission."""

import enum
from datetime import date, datetime

from sqlalchemy import Connection, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.programmes import Enrolment, Module
from app.models.studies import Study


class DissertationState(enum.Enum):
    """How far it is."""

    DRAFT = "being drafted"
    PROPOSED = "waiting for the academic supervisor"
    RETURNED = "proposal returned"
    AGREED = "proposal agreed"
    SUBMITTED = "submitted"


class ApprovalKind(enum.Enum):
    """What a research project can need before it begins."""

    UNIVERSITY_ETHICS = "university research ethics"
    NHS_ETHICS = "NHS research ethics committee"
    HRA = "HRA and HCRW approval"
    SITE = "capacity and capability of the site"


class ApprovalState(enum.Enum):
    """How an approval stands."""

    NOT_SAID = "not said yet"
    APPLIED = "applied for"
    GIVEN = "given"
    NOT_NEEDED = "not needed"

    @property
    def is_settled(self) -> bool:
        return self in (ApprovalState.GIVEN, ApprovalState.NOT_NEEDED)


class MilestoneKind(enum.Enum):
    """The steps of a dissertation, in their order."""

    PROPOSAL = "proposal agreed"
    APPROVALS = "approvals settled"
    RESEARCH = "research done"
    FULL_DRAFT = "full draft read by the supervisor"
    SUBMISSION = "submitted"


class Dissertation(Base):
    """The dissertation of one enrolment. `title`, `proposal` and the study are what is proposed now, drafts too.

    It is rooted in a networked study, or `without_study` says why there is none.
    """

    __tablename__ = "dissertations"
    __table_args__ = (Index("ix_dissertations_state", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"), unique=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    state: Mapped[DissertationState] = mapped_column(default=DissertationState.DRAFT)
    title: Mapped[str] = mapped_column(default="", server_default="")
    proposal: Mapped[str] = mapped_column(default="", server_default="")
    study_id: Mapped[int | None] = mapped_column(ForeignKey("studies.id"), index=True)
    without_study: Mapped[str] = mapped_column(default="", server_default="")
    begun_at: Mapped[datetime]
    submitted_on: Mapped[date | None]

    enrolment: Mapped[Enrolment] = relationship()
    module: Mapped[Module] = relationship()
    study: Mapped[Study | None] = relationship()
    proposals: Mapped[list["SentProposal"]] = relationship(order_by="SentProposal.id")
    approvals: Mapped[list["ApprovalEntry"]] = relationship(order_by="ApprovalEntry.id")
    milestones: Mapped[list["Milestone"]] = relationship(order_by="Milestone.due_on, Milestone.id")

    @property
    def approvals_now(self) -> "dict[ApprovalKind, ApprovalEntry | None]":
        """The newest entry about each kind."""
        newest: dict[ApprovalKind, ApprovalEntry | None] = dict.fromkeys(ApprovalKind)
        return newest | {one.kind: one for one in sorted(self.approvals, key=lambda entry: entry.id)}

    @property
    def are_approvals_settled(self) -> bool:
        """Whether each is given, or somebody has said why it is not needed."""
        return all(one is not None and one.state.is_settled for one in self.approvals_now.values())


class SentProposal(Base):
    """A proposal as it was sent to the academic supervisor, with what was answered; never changed after that."""

    __tablename__ = "sent_proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    dissertation_id: Mapped[int] = mapped_column(ForeignKey("dissertations.id"), index=True)
    title: Mapped[str]
    words: Mapped[str]
    study_id: Mapped[int | None] = mapped_column(ForeignKey("studies.id"), index=True)
    without_study: Mapped[str]
    sent_at: Mapped[datetime]

    study: Mapped[Study | None] = relationship()


class ApprovalEntry(Base):
    """What somebody recorded about one approval; the newest about each kind counts."""

    __tablename__ = "approval_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    dissertation_id: Mapped[int] = mapped_column(ForeignKey("dissertations.id"), index=True)
    kind: Mapped[ApprovalKind]
    state: Mapped[ApprovalState]
    reference: Mapped[str] = mapped_column(default="", server_default="")
    decided_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]

    by: Mapped[Person] = relationship()


class Milestone(Base):
    """A step with the day by which it is to be done; one that `is_suggested` was made from the dates of the cohort."""

    __tablename__ = "milestones"
    __table_args__ = (
        UniqueConstraint("dissertation_id", "kind"),
        Index("ix_milestones_due_on", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dissertation_id: Mapped[int] = mapped_column(ForeignKey("dissertations.id"))
    kind: Mapped[MilestoneKind]
    due_on: Mapped[date]
    is_suggested: Mapped[bool] = mapped_column(default=True)
    done_on: Mapped[date | None]

    dissertation: Mapped[Dissertation] = relationship(viewonly=True)
    changes: Mapped[list["MilestoneChange"]] = relationship(order_by="MilestoneChange.id")

    def is_overdue_on(self, day: date) -> bool:
        return self.done_on is None and self.due_on < day


class MilestoneChange(Base):
    """That the day of a milestone was set: from when to when, by whom and why."""

    __tablename__ = "milestone_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"), index=True)
    due_before: Mapped[date]
    due_after: Mapped[date]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]

    by: Mapped[Person] = relationship()


@event.listens_for(SentProposal, "before_update")
@event.listens_for(SentProposal, "before_delete")
@event.listens_for(ApprovalEntry, "before_update")
@event.listens_for(ApprovalEntry, "before_delete")
@event.listens_for(MilestoneChange, "before_update")
@event.listens_for(MilestoneChange, "before_delete")
@event.listens_for(Dissertation, "before_delete")
def refuse_to_change_what_was_recorded(mapper: Mapper[Base], connection: Connection, row: Base) -> None:
    raise ValueError("what was recorded about a dissertation is never changed and never removed")
