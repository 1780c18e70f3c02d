"""Deeds of assessing: naming assessors, standing them down, scoring, and declaring an interest or taking it back."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.bursaries.assessing import mails
from app.bursaries.assessing.queries import assessors_of, interest_of, pairs_barred
from app.bursaries.queries import OF_NO_WEIGHT, runners_of
from app.language.refusal import Overtaken, Refused
from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.assessing import POINTS_MAX, Assessor, Interest, ScoreSheet
from app.models.bursaries.calls import BursaryCall, CallState, Method
from app.models.people import Person, Role
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.rules.doubts import ask_about, doubts_about_text

ASSESS = frozenset(Role) - {Role.LEARNER}
BARRED = "You have an interest in this application, so your scores would not count. Somebody else assesses it."


def name_assessor(session: Session, by: Occasion, call: BursaryCall, email: str) -> Assessor:
    """Let somebody assess for a call, who is told; the caller has locked the call.

    Raises Refused for who is not here as anything but a learner, has applied, or assesses for it already.
    """
    actor = actor_of(by)
    require_undecided(call)
    if call.method is Method.LOTTERY:
        raise Refused("This call is decided by lottery, so nobody assesses.")
    person = session.scalar(select(Person).where(func.lower(Person.email) == email.lower(), Person.is_active))
    if person is None or not person.roles & ASSESS:
        raise Refused(
            "Nobody with this address can assess here. Ask the administrator to make the account first.", "email"
        )
    if person.id in {one.person_id for one in assessors_of(session, call)}:
        raise Refused(f"{person.name} assesses for this call already.", "email")
    if has_applied(session, call, person):
        raise Refused(f"{person.name} has applied to this call, so cannot assess for it.", "email")
    assessor = Assessor(call=call, person=person, named_at=by.now, named_by_id=actor.id)
    session.add(assessor)
    record(session, actor, "named an assessor of a call", assessor, now=by.now, name=person.name, call=call.title)
    if person.id != actor.id:
        queue_message(session, person.email, mails.named(assessor, by.home), by.now)
    return assessor


def stand_down(session: Session, by: Occasion, assessor: Assessor) -> None:
    """End it; what she has scored counts on, what she has not is no longer waited for. She is told."""
    actor = actor_of(by)
    require_undecided(assessor.call)
    if assessor.ended_at is not None:
        raise Overtaken(f"{assessor.person.name} no longer assesses for this call.")
    assessor.ended_at, assessor.ended_by_id = by.now, actor.id
    deed = "stood an assessor of a call down"
    record(session, actor, deed, assessor, now=by.now, name=assessor.person.name, call=assessor.call.title)
    if assessor.person.is_active and assessor.person_id != actor.id:
        queue_message(session, assessor.person.email, mails.stood_down(assessor, by.home), by.now)


def score(
    session: Session,
    by: Occasion,
    application: BursaryApplication,
    points: Mapping[str, int],
    words: str,
    *,
    is_sure: bool,
) -> ScoreSheet:
    """Give points by the id of each criterion; of several the newest count. Raises Refused for who has an interest."""
    person = actor_of(by)
    require_being_assessed(application, by)
    if is_barred(session, application, person):
        raise Refused(BARRED)
    wanted = {str(one.id) for one in application.call.criteria}
    if points.keys() != wanted or not all(0 <= given <= POINTS_MAX for given in points.values()):
        raise Refused(f"Give each criterion from 0 to {POINTS_MAX} points.")
    ask_about(doubts_about_text((words,), by.today), is_sure)
    sheet = ScoreSheet(application=application, person=person, points=dict(points), words=words, scored_at=by.now)
    session.add(sheet)
    record(session, person, "scored an application for a bursary", application, now=by.now, name=application.reference)
    return sheet


def declare_interest(
    session: Session, by: Occasion, application: BursaryApplication, reason: str, *, is_sure: bool
) -> None:
    """Say that she has an interest: what she scored of this application no longer counts. Whoever runs it is told.

    Raises Overtaken where one stands already.
    """
    person = actor_of(by)
    require_being_assessed(application, by)
    ask_about(doubts_about_text((reason,), by.today), is_sure)
    if interest_of(session, application, person):
        raise Overtaken("You have declared your interest in this application already.")
    session.add(Interest(application=application, person=person, reason=reason, declared_at=by.now))
    deed = "declared an interest in an application for a bursary"
    record(session, person, deed, application, now=by.now, name=application.reference)
    for runner in runners_to_tell(session, by, application):
        queue_message(session, runner.email, mails.interest_declared(runner, person, application, by.home), by.now)


def take_back_interest(
    session: Session, by: Occasion, application: BursaryApplication, why: str, *, is_sure: bool
) -> None:
    """Say that she has no interest after all: what she scores, and has scored, counts. Whoever runs it is told why.

    Raises Overtaken where none stands, or the application is decided.
    """
    person = actor_of(by)
    require_being_assessed(application, by)
    interest = interest_of(session, application, person)
    if interest is None:
        raise Overtaken("No conflict of interest of yours stands in this application.")
    ask_about(doubts_about_text((why,), by.today), is_sure)
    interest.taken_back_at, interest.taken_back_why = by.now, why
    deed = "took back an interest in an application for a bursary"
    record(session, person, deed, application, now=by.now, name=application.reference)
    for runner in runners_to_tell(session, by, application):
        mail = mails.interest_taken_back(runner, person, application, by.home, why=why)
        queue_message(session, runner.email, mail, by.now)


def runners_to_tell(session: Session, by: Occasion, application: BursaryApplication) -> list[Person]:
    """Whoever runs the call, but for the assessor herself."""
    return [runner for runner in runners_of(session, application.call) if runner.id != actor_of(by).id]


def is_barred(session: Session, application: BursaryApplication, person: Person) -> bool:
    return (application.id, person.id) in pairs_barred(session, [application], [person.id])


def has_applied(session: Session, call: BursaryCall, person: Person) -> bool:
    hers = BursaryApplication.call_id == call.id, BursaryApplication.learner_id == person.id
    found = session.scalar(select(BursaryApplication.id).where(*hers, BursaryApplication.state.not_in(OF_NO_WEIGHT)))
    return found is not None


def require_undecided(call: BursaryCall) -> None:
    if call.state not in (CallState.DRAFT, CallState.PUBLISHED):
        raise Overtaken(f"This call is {call.state.value} by now, so its assessors can no longer be changed.")


def require_being_assessed(application: BursaryApplication, by: Occasion) -> None:
    if not is_being_assessed(application):
        raise Overtaken("This application is decided by now, so it is no longer assessed.")
    if not application.call.has_closed(by.now):
        raise Refused("Applications are still open: this one may change. Score it after the close.")


def is_being_assessed(application: BursaryApplication) -> bool:
    """True of what was sent, until it is decided."""
    return application.call.state is CallState.PUBLISHED and application.state is ApplicationState.SENT


def actor_of(by: Occasion) -> Person:
    assert by.actor is not None
    return by.actor
