"""Rows of who stands in for mentors, of meetings with several learners, and of reasons that can wait."""

from app.models.academic.enrolment_steps import EnrolmentStep, StepKind, WayReason
from app.models.academic.prior_awards import PriorAward, PriorAwardState
from app.models.academic.record_shares import RecordShare
from app.models.academic.unplaced import UnplacedAcknowledgement
from app.models.academic.way_asked import WayAsked, WayAskedKind, WayAskedState
from app.models.course.acknowledged import Acknowledgement
from app.models.course.deputies import Deputy, DeputyState
from app.models.meetings.groups import GroupMeeting
from app.models.people import Role
from app.models.programmes import Level
from benchmarks.full.people import Rows
from benchmarks.full.sizes import CAST, NOW, TODAY, Size, days

IN_A_GROUP = 3  # sessions that are one meeting


def deputies(size: Size) -> Rows:
    """One for each placement, half of whom have agreed; whoever has the next opening but one stands in."""
    for n in range(1, size.placements + 1):
        opening = (n - 1) % size.openings + 1
        mentor, other = size.mentor_of(opening), size.mentor_of((opening + 1) % size.openings + 1)
        row = {"id": n, "placement_id": n, "person_id": other, "named_by_id": mentor, "reason": "Annual leave."}
        state = DeputyState.AGREED if n % 2 else DeputyState.ASKED
        yield {**row, "starts_on": TODAY - days(9), "ends_on": TODAY + days(9), "state": state, "named_at": NOW}


def groups(size: Size) -> Rows:
    """The first sessions of the record, a few at a time; the mentor who walks has the first."""
    for n in range(1, size.placements + 1):
        row = {"id": n, "made_by_id": size.mentor_of((n - 1) % size.openings + 1), "made_at": NOW - days(1)}
        yield {**row, "form_key": f"group {n}"}


def put_aside(size: Size) -> Rows:
    """One for every third placement; half of them are over."""
    for n in range(1, size.placements // 3 + 1):
        row = {"id": n, "placement_id": 3 * n, "risk": "NO_SESSION", "badness": 9, "words": "We meet on Monday."}
        until = TODAY + days(9) if n % 2 else TODAY - days(1)
        ended = {"ended_at": None, "ended_by_id": None}
        yield {**row, "until_on": until, "by_id": CAST[Role.COORDINATOR], "at": NOW - days(9), **ended}


def unplaced(size: Size) -> Rows:
    """One for every tenth learner; half of them are over."""
    for n in range(10, size.learners, 10):
        row = {"id": n, "enrolment_id": n, "module_id": 1, "starts_by": TODAY + days(20), "words": "We look for one."}
        until = TODAY + days(9) if n % 20 else TODAY - days(1)
        ended = {"ended_at": None, "ended_by_id": None}
        yield {**row, "until_on": until, "by_id": CAST[Role.COORDINATOR], "at": NOW - days(9), **ended}


def group_of(session: int, size: Size) -> int | None:
    number = (session - 1) // IN_A_GROUP + 1
    return number if number <= size.placements else None


def steps(size: Size) -> Rows:
    """One learner in ten has stepped out; one in twenty was to return by now."""
    for n in range(10, size.learners, 10):
        row = {"id": n, "enrolment_id": n, "kind": StepKind.STEPPED_OUT, "day": TODAY - days(40), "words": ""}
        returns_on = TODAY + days(5 if n % 20 else -5)
        by = {"author_id": CAST[Role.PROGRAMME_LEAD], "recorded_at": NOW - days(40)}
        yield {**row, "reason": WayReason.WORK, "returns_on": returns_on, **by}


def asked(size: Size) -> Rows:
    """The first is of the learner who walks, to step out; the others would leave."""
    for n in range(1, size.learners, 20):
        kind = WayAskedKind.STEP_OUT if n == 1 else WayAskedKind.LEAVE
        row = {"id": n, "learner_id": size.learner(n - 1), "programme_id": 1, "enrolment_id": n, "kind": kind}
        yield {**row, "state": WayAskedState.WAITING, "day": TODAY + days(9), "words": "", "asked_at": NOW - days(2)}


def awards(size: Size) -> Rows:
    said = {"title": "PGCert", "awarded_by": "Elsewhere", "awarded_on": TODAY - days(400), "reference": "12"}
    for n in range(1, size.learners, 20):
        row = {"id": n, "learner_id": size.learner(n - 1), "provider_id": 1, "level": Level.PGCERT}
        yield {**row, **said, "state": PriorAwardState.WAITING, "recorded_at": NOW - days(2)}


def shares(size: Size) -> Rows:
    yield {"id": 1, "learner_id": size.learner(0), "provider_id": 1, "agreed_at": NOW - days(2)}


TABLES = (
    (EnrolmentStep, steps),
    (WayAsked, asked),
    (PriorAward, awards),
    (RecordShare, shares),
    (Deputy, deputies),
    (GroupMeeting, groups),
    (Acknowledgement, put_aside),
    (UnplacedAcknowledgement, unplaced),
)
