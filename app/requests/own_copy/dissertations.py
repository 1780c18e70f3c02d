"""A learner's dissertation as it stands in her own copy: what she proposed, approvals, days, and what became of it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.academic.dissertations import ApprovalEntry, Dissertation, Milestone, SentProposal
from app.models.people import Person
from app.models.programmes import Enrolment
from app.models.studies import Study


def dissertations_of_learner(session: Session, learner: Person) -> Sequence[Dissertation]:
    """Hers, the oldest first."""
    return session.scalars(
        select(Dissertation)
        .join(Dissertation.enrolment)
        .where(Enrolment.learner_id == learner.id)
        .options(
            joinedload(Dissertation.module),
            joinedload(Dissertation.study).load_only(Study.title),
            selectinload(Dissertation.proposals).joinedload(SentProposal.study).load_only(Study.title),
            selectinload(Dissertation.approvals).joinedload(ApprovalEntry.by),
            selectinload(Dissertation.milestones).selectinload(Milestone.changes),
        )
        .order_by(Dissertation.id)
    ).all()


def dissertation_in_copy(one: Dissertation) -> dict[str, Any]:
    return {
        "module": one.module.title,
        "state": one.state.value,
        "title": one.title or None,
        "proposal": one.proposal or None,
        "study": one.study.title if one.study else None,
        "why_no_study": one.without_study or None,
        "submitted_on": one.submitted_on.isoformat() if one.submitted_on else None,
        "sent": [
            {
                "at": sent.sent_at.isoformat(),
                "title": sent.title,
                "proposal": sent.words,
                "study": sent.study.title if sent.study else None,
                "why_no_study": sent.without_study or None,
            }
            for sent in one.proposals
        ],
        "approvals": [
            {
                "approval": entry.kind.value,
                "state": entry.state.value,
                "reference": entry.reference or None,
                "given_on": entry.decided_on.isoformat() if entry.decided_on else None,
                "why_not_needed": entry.reason or None,
                "by": entry.by.name,
                "at": entry.at.isoformat(),
            }
            for entry in one.approvals
        ],
        "milestones": [
            {
                "milestone": step.kind.value,
                "by": step.due_on.isoformat(),
                "to_confirm": step.is_suggested,
                "done_on": step.done_on.isoformat() if step.done_on else None,
                "moved": [
                    {"from": change.due_before.isoformat(), "to": change.due_after.isoformat(), "why": change.reason}
                    for change in step.changes
                ],
            }
            for step in one.milestones
        ],
    }
