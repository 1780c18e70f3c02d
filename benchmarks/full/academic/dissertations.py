"""Rows of dissertations: one enrolment in ten has one, each with its milestones."""

from app.models.academic.dissertations import (
    ApprovalEntry,
    ApprovalKind,
    ApprovalState,
    Dissertation,
    DissertationState,
    Milestone,
    MilestoneKind,
    SentProposal,
)
from app.rules.dissertations.milestones import suggested
from benchmarks.full.people import Rows
from benchmarks.full.sizes import NOW, TODAY, Size, days

STATES = (DissertationState.PROPOSED, DissertationState.AGREED, DissertationState.RETURNED, DissertationState.SUBMITTED)


def numbers(size: Size) -> range:
    return range(1, size.enrolments // 10 + 1)


def dissertations(size: Size) -> Rows:
    for n in numbers(size):
        row = {"id": n, "enrolment_id": n, "module_id": 1, "state": STATES[n % len(STATES)], "title": f"Title {n}"}
        about = {"proposal": "To ask.", "study_id": 1, "without_study": "", "begun_at": NOW - days(90)}
        yield {**row, **about, "submitted_on": TODAY if row["state"] is DissertationState.SUBMITTED else None}


def proposals(size: Size) -> Rows:
    for n in numbers(size):
        row = {"id": n, "dissertation_id": n, "title": f"Title {n}", "words": "To ask.", "study_id": 1}
        yield {**row, "without_study": "", "sent_at": NOW - days(80)}


def approvals(size: Size) -> Rows:
    for n in numbers(size):
        row = {"id": n, "dissertation_id": n, "kind": ApprovalKind.HRA, "state": ApprovalState.APPLIED}
        yield {**row, "reference": "IRAS 1", "reason": "", "by_id": size.learner(n - 1), "at": NOW - days(70)}


def milestones(size: Size) -> Rows:
    """One learner in two is late."""
    for n in numbers(size):
        for at, (kind, due_on) in enumerate(suggested(TODAY - days(60 * (n % 2)), TODAY + days(240)).items()):
            row = {"id": n * len(MilestoneKind) + at, "dissertation_id": n, "kind": kind, "due_on": due_on}
            yield {**row, "is_suggested": True, "done_on": None}


TABLES = (
    (Dissertation, dissertations),
    (SentProposal, proposals),
    (ApprovalEntry, approvals),
    (Milestone, milestones),
)
