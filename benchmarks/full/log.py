"""Rows of what grows every day: hours entries, sessions, mails and the audit trail."""

from datetime import timedelta

from app.language.folding import as_searched
from app.models.hours import HoursCategory, HoursEntry, HoursState, HoursSubmission
from app.models.meetings.planned import PlannedSession, PlanState
from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.operations.registry_files import RegistryKind, RowOutcome, UploadedFile, UploadedRow
from app.models.people import Role
from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SupervisionSession
from benchmarks.full.people import Rows
from benchmarks.full.sizes import CAST, NOW, TODAY, Size, days
from benchmarks.full.standing_in import group_of

CATEGORIES = [one for one in HoursCategory if one is not HoursCategory.SUPERVISION]
DEEDS = [f"did deed {n}" for n in range(40)]
DAYS_SINCE_BEGUN = 60
OUTCOMES = list(RowOutcome)
NEWEST = 40  # of each kind, so that a page has some of all
WAITING = (HoursState.SUBMITTED, HoursState.RETURNED, HoursState.DRAFT)
FILE = b"Short Name,Managing Specialty,Study Status\nA study,Ageing,Open\n"
SECOND = timedelta(seconds=1)


def placement_of(n: int, size: Size) -> int:
    """One in a hundred lines of the record is about the placement of those who walk."""
    return 1 if n % 100 == 1 else n % size.placements + 1


def hours(size: Size) -> Rows:
    number = size.log // 2
    for n in range(1, number + 1):
        placement = placement_of(n, size)
        row = {"id": n, "placement_id": placement, "category": CATEGORIES[n // 7 % len(CATEGORIES)]}
        when = {"worked_on": TODAY - days(n // 7 % DAYS_SINCE_BEGUN), "logged_at": NOW}
        said = {"did": "Screening lists.", "reflection": "It went well.", "form_key": f"entry {n}"}
        yield {**row, **when, "minutes": 15 + n % 4 * 15, **said, **standing(n, placement, size)}


def standing(n: int, placement: int, size: Size) -> dict[str, object]:
    """Most of what is on the record is verified; the newest lines wait, were returned, or are drafts."""
    before = (size.log // 2 - n) // NEWEST
    state = WAITING[before] if before < len(WAITING) else HoursState.VERIFIED
    is_verified, is_sent = state is HoursState.VERIFIED, state is not HoursState.DRAFT
    mentor = size.mentor_of((placement - 1) % size.openings + 1)
    by = {"verified_at": NOW if is_verified else None, "verified_by_id": mentor if is_verified else None}
    return {"state": state, "submission_id": placement if is_sent else None, **by}


def submissions(size: Size) -> Rows:
    """One for each placement."""
    for n in range(1, size.placements + 1):
        row = {"id": n, "placement_id": n, "first_day": TODAY - days(DAYS_SINCE_BEGUN), "last_day": TODAY}
        yield {**row, "submitted_at": NOW - days(1), "says_none": False}


def sessions(size: Size) -> Rows:
    """The newest of each placement wait for their learner."""
    number = size.log // 10
    for n in range(1, number + 1):
        placement = placement_of(n, size)
        confirmed = NOW - days(1) if n <= number - size.placements else None
        row = {"id": n, "placement_id": placement, "held_on": TODAY - days(n // 7 % DAYS_SINCE_BEGUN), "minutes": 30}
        row["group_id"] = group_of(n, size)
        by = {"logged_by_id": size.mentor_of((placement - 1) % size.openings + 1), "logged_at": NOW - days(1)}
        said = {"topics": "Consent.", "form": SessionForm.VIDEO, "form_key": f"session {n}"}
        yield {**row, **by, **said, "confirmed_at": None if n == 1 else confirmed}


def planned(size: Size) -> Rows:
    """One to come for each placement, and as many again for the placement of those who walk."""
    for n in range(1, size.placements * 2 + 1):
        placement = n if n <= size.placements else 1
        row = {"id": n, "placement_id": placement, "starts_at": NOW + n % 50 * days(1), "minutes": 30, "place": ""}
        by = {"planned_by_id": size.mentor_of((placement - 1) % size.openings + 1), "planned_at": NOW - days(1)}
        state = PlanState.PLANNED if n <= size.placements + 9 else PlanState.CANCELLED
        yield {**row, **by, "form": SessionForm.VIDEO, "agenda": "Consent.", "state": state}


def actions(size: Size) -> Rows:
    for n in range(1, size.log // 10 + 1, 2):
        row = {"id": n, "session_id": n, "what": "Read the protocol.", "owner": ActionOwner.LEARNER}
        yield {**row, "due_on": TODAY + days(7), "done_on": TODAY - days(1)}


def mails(size: Size) -> Rows:
    for n in range(1, size.log // 10 + 1):
        row = {"id": n, "recipient": f"{n}@nowhere.example", "subject": f"Mail {n}", "body": "Hello."}
        moment = NOW - n % 90 * days(1)
        yield {**row, "queued_at": moment, "try_from": moment, "sent_at": moment, "attempts": 1}


def audit_lines(size: Size) -> Rows:
    for n in range(1, size.log + 1):
        name = f"Learner {n % size.learners}"
        row = {"id": n, "at": NOW - (size.log - n) * SECOND, "actor_id": size.learner(n % size.learners)}
        what = {"actor_name": name, "deed": DEEDS[n % len(DEEDS)], "subject_type": "HoursEntry", "subject_id": n}
        yield {**row, **what, "details": {}, "folded_names": as_searched(name)}


def uploads(size: Size) -> Rows:
    row = {"id": 1, "kind": RegistryKind.STUDIES, "name": "studies.csv", "content": FILE}
    report = {"registry": "nihr", "counts": {"changed": size.log // 100}, "openings": 1}
    yield {**row, "report": report, "uploaded_by_id": CAST[Role.ADMINISTRATOR], "uploaded_at": NOW}


def uploaded_rows(size: Size) -> Rows:
    for n in range(1, size.log // 100 + 1):
        row = {"id": n, "upload_id": 1, "outcome": OUTCOMES[n % len(OUTCOMES)], "line": n, "name": f"Study {n}"}
        yield {**row, "fields": [["title", "old", "new"]], "openings": [], "openings_count": 0}


TABLES = (
    (HoursSubmission, submissions),
    (HoursEntry, hours),
    (SupervisionSession, sessions),
    (PlannedSession, planned),
    (AgreedAction, actions),
    (Message, mails),
    (AuditLine, audit_lines),
    (UploadedFile, uploads),
    (UploadedRow, uploaded_rows),
)
