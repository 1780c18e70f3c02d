"""What can become of a call and of an application, and who decides it."""

from app.models.bursaries.applications import ApplicationState
from app.models.bursaries.calls import CallState
from app.models.people import Person, Role
from app.platform.lifecycle import Lifecycle, Move, Party

PUBLISHED = "published a call for bursaries"
DECIDED = "decided a call for bursaries"
FINISHED = "closed the waiting list for bursaries"
CANCELLED = "cancelled a call for bursaries"

SENT = "sent an application for a bursary"
TAKEN_UP = "took up an application for a bursary again"
WITHDREW = "withdrew an application for a bursary"
RULED_OUT = "ruled out an application for a bursary"
NOT_MET = "found the conditions of a bursary unmet"
OFFERED = "offered a bursary"
LISTED = "put an application on the waiting list"
ACCEPTED = "accepted a bursary"
DECLINED = "declined a bursary"
LAPSED = "let the offer of a bursary lapse"
HANDED_BACK = "handed back a bursary"
NOT_AWARDED = "ended an application without a bursary"

RUNNERS = frozenset({Party.PROGRAMME_LEAD, Party.ADMINISTRATOR})
LEARNER = frozenset({Party.LEARNER})
OF = ApplicationState

CALLS = Lifecycle(
    "call",
    (
        Move(PUBLISHED, frozenset({CallState.DRAFT}), CallState.PUBLISHED, RUNNERS),
        Move(DECIDED, frozenset({CallState.PUBLISHED}), CallState.DECIDED, RUNNERS),
        Move(FINISHED, frozenset({CallState.DECIDED}), CallState.FINISHED, RUNNERS),
        Move(
            CANCELLED,
            frozenset({CallState.DRAFT, CallState.PUBLISHED}),
            CallState.CANCELLED,
            RUNNERS,
            needs_reason=True,
        ),
    ),
)
APPLICATIONS = Lifecycle(
    "application",
    (
        Move(SENT, frozenset({OF.DRAFT}), OF.SENT, LEARNER),
        Move(TAKEN_UP, frozenset({OF.SENT, OF.WITHDRAWN}), OF.DRAFT, LEARNER),
        Move(WITHDREW, frozenset({OF.DRAFT, OF.SENT, OF.WAITING}), OF.WITHDRAWN, LEARNER),
        Move(RULED_OUT, frozenset({OF.SENT, OF.WAITING}), OF.NOT_ELIGIBLE, RUNNERS, needs_reason=True),
        Move(NOT_MET, frozenset({OF.SENT, OF.WAITING}), OF.NOT_ELIGIBLE, RUNNERS, needs_reason=True),
        Move(OFFERED, frozenset({OF.SENT, OF.WAITING}), OF.OFFERED, RUNNERS),
        Move(LISTED, frozenset({OF.SENT}), OF.WAITING, RUNNERS),
        Move(ACCEPTED, frozenset({OF.OFFERED}), OF.ACCEPTED, LEARNER),
        Move(DECLINED, frozenset({OF.OFFERED}), OF.DECLINED, LEARNER),
        Move(LAPSED, frozenset({OF.OFFERED}), OF.LAPSED, frozenset({Party.SERVICE})),
        Move(HANDED_BACK, frozenset({OF.ACCEPTED}), OF.HANDED_BACK, LEARNER | RUNNERS, needs_reason=True),
        Move(NOT_AWARDED, frozenset({OF.DRAFT, OF.SENT, OF.WAITING}), OF.NOT_AWARDED, RUNNERS),
    ),
)


def part_of(runner: Person) -> Party:
    """As what somebody runs a call."""
    return Party.PROGRAMME_LEAD if Role.PROGRAMME_LEAD in runner.roles else Party.ADMINISTRATOR
