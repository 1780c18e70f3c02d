"""Deeds on a call: writing it, publishing it with the seed it commits to, extending it, cancelling it."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.bursaries import queries
from app.bursaries.assessing.queries import assessors_of
from app.bursaries.calls import mails
from app.bursaries.moves import APPLICATIONS, CALLS, CANCELLED, NOT_AWARDED, PUBLISHED, part_of
from app.language.local_times import until_in_words
from app.language.refusal import Overtaken, Refused
from app.models.bursaries.applications import ApplicationState
from app.models.bursaries.calls import BursaryCall, CallState, Criterion, DoctorsAndDentists, Method
from app.models.people import Person
from app.models.programmes import Level
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.rules.bursaries.conditions import DOCTORS_AND_DENTISTS
from app.rules.doubts import ask_about, doubts_about_text

CONDITIONS = ("asks_place", "asks_level_before", "asks_first_funding", "has_no_deferral")


@dataclass(frozen=True)
class SaidOfCall:
    """What somebody says of a call; `criteria` are pairs of title and weight, `conditions` the names of those asked."""

    provider_id: int | None
    title: str
    level: Level
    number: int
    covers: str
    amount_pence: int | None
    courses: str
    opens_at: datetime
    closes_at: datetime
    answer_days: int
    regulators: tuple[str, ...]
    doctors_and_dentists: DoctorsAndDentists
    conditions: frozenset[str]
    method: Method
    criteria: tuple[tuple[str, int], ...]
    scores_needed: int


def write_call(session: Session, by: Occasion, said: SaidOfCall, secret: str = "", *, is_sure: bool) -> BursaryCall:
    """Begin a call that nobody else reads; its seed is drawn here, at random unless the demonstration gives one.

    Raises Refused where the days are out of order, or nothing is said of what assessors score.
    """
    actor = actor_of(by)
    require_sound(said, by, is_sure=is_sure)
    call = BursaryCall(state=CallState.DRAFT, created_at=by.now, created_by=actor)
    call.draw_seed(secret)
    put(call, said)
    session.add(call)
    record(session, actor, "wrote a call for bursaries", call, now=by.now, name=call.title)
    return call


def change_call(session: Session, by: Occasion, call: BursaryCall, said: SaidOfCall, *, is_sure: bool) -> None:
    """Say it otherwise; raises Overtaken once it is published, Refused as `write_call` does."""
    require_draft(call)
    require_sound(said, by, is_sure=is_sure)
    call.criteria.clear()
    session.flush()
    put(call, said)
    record(session, by.actor, "changed a call for bursaries", call, now=by.now, name=call.title)


def put(call: BursaryCall, said: SaidOfCall) -> None:
    told = asdict(said)
    criteria, conditions = told.pop("criteria"), told.pop("conditions")
    for name, value in told.items():
        setattr(call, name, list(value) if name == "regulators" else value)
    for name in CONDITIONS:
        setattr(call, name, name in conditions)
    call.criteria = [
        Criterion(position=position, title=title, weight=weight)
        for position, (title, weight) in enumerate(criteria, 1)
        if said.method is Method.SCORING
    ]


def require_sound(said: SaidOfCall, by: Occasion, *, is_sure: bool) -> None:
    if said.closes_at <= said.opens_at:
        raise Refused("Applications must close after they open", "closes_at")
    if said.closes_at <= by.now:
        raise Refused("Applications must close later than now", "closes_at")
    if said.amount_pence == 0:
        raise Refused("Enter more than nothing, or leave the sum out", "amount")
    if said.method is Method.SCORING and not said.criteria:
        raise Refused("Enter at least one criterion, with its weight after a colon", "criteria")
    texts = (said.title, said.covers, said.courses, *(title for title, _ in said.criteria))
    ask_about(doubts_about_text(texts, by.today), is_sure)


def publish_call(session: Session, by: Occasion, call: BursaryCall) -> None:
    """Let everybody read it, with the digest of its seed; from now on only little of it can change.

    Raises Refused where it would be closed already, or have opened before anybody could read what it commits to.
    """
    if call.closes_at <= by.now:
        raise Refused("Applications would be closed already. Change the days first.")
    CALLS.move(session, call, PUBLISHED, part_of(actor_of(by)), by.actor, by.now, name=call.title, digest=call.digest)
    call.published_at = by.now
    call.opens_at = max(call.opens_at, by.now)


def extend_call(session: Session, by: Occasion, call: BursaryCall, closes_at: datetime) -> None:
    """Let applications close later; raises Refused for an earlier close, Overtaken once it has closed.

    Whoever has applied need do nothing, and reads the new day on her page.
    """
    require_extendable(call, by)
    if closes_at <= call.closes_at:
        raise Refused(
            f"Choose a moment after {until_in_words(call.closes_at)}: nobody is given less time.", "closes_at"
        )
    before, call.closes_at = call.closes_at, closes_at
    details = {"before": before.isoformat(), "after": closes_at.isoformat()}
    record(session, by.actor, "extended a call for bursaries", call, now=by.now, name=call.title, **details)


def require_extendable(call: BursaryCall, by: Occasion) -> None:
    require_published(call)
    if call.has_closed(by.now):
        raise Overtaken(f"Applications closed on {until_in_words(call.closes_at)}, so the close cannot be moved.")


def say_doctors(session: Session, by: Occasion, call: BursaryCall, said: DoctorsAndDentists) -> None:
    """Say whether doctors and dentists count, where the call had left it to confirm; those who applied are told.

    Raises Overtaken where it is said already, or the call is decided.
    """
    require_published(call)
    if call.doctors_and_dentists is not DoctorsAndDentists.TO_CONFIRM:
        raise Overtaken("It is said already whether doctors and dentists may apply. The page of the call shows it.")
    call.doctors_and_dentists = said
    deed = "said whether doctors and dentists may apply"
    record(session, by.actor, deed, call, now=by.now, name=call.title, said=said.value)
    for one in queries.applications_in(session, call, ApplicationState.DRAFT, ApplicationState.SENT):
        if one.profession in DOCTORS_AND_DENTISTS and one.learner.is_active:
            queue_message(session, one.learner.email, mails.doctors_said(one, by.home), by.now)


def cancel_call(session: Session, by: Occasion, call: BursaryCall, reason: str, *, is_sure: bool) -> None:
    """End a call before it is decided; whoever has applied, or was about to, is told why, and who was to assess."""
    ask_about(doubts_about_text((reason,), by.today), is_sure)
    party = part_of(actor_of(by))
    CALLS.move(session, call, CANCELLED, party, by.actor, by.now, reason=reason, name=call.title)
    applied = queries.applications_in(session, call, ApplicationState.DRAFT, ApplicationState.SENT)
    APPLICATIONS.move_all(session, applied, NOT_AWARDED, party, by.actor, by.now, reason=reason)
    for one in applied:
        if one.learner.is_active:
            queue_message(session, one.learner.email, mails.cancelled(one, reason, by.home), by.now)
    for assessor in assessors_of(session, call):
        if assessor.person.is_active and assessor.person_id != actor_of(by).id:
            queue_message(session, assessor.person.email, mails.nothing_to_assess(assessor, reason, by.home), by.now)


def require_draft(call: BursaryCall) -> None:
    if call.state is not CallState.DRAFT:
        raise Overtaken(f"This call is {call.state.value} by now, so it can no longer be changed.")


def require_published(call: BursaryCall) -> None:
    if call.state is not CallState.PUBLISHED:
        raise Overtaken(f"This call is {call.state.value}, so this cannot be done.")


def actor_of(by: Occasion) -> Person:
    assert by.actor is not None
    return by.actor
