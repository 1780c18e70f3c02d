"""Deeds on conflicts: ruling a pair out, and making an exception."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.numbers import listed
from app.language.refusal import Overtaken, Refused
from app.models.pairs.conflicts import Conflict, ConflictKind
from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.promises.consequences import ask_about_offers, take_back_broken
from app.rounds.conflicts.queries import placed_until, rounds_that_pin, standing_between
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.standing_still import lock_people

EXCEPTION_PAST = timedelta(days=365)


def record_conflict(
    session: Session,
    actor: Person,
    request: PlacementRequest,
    mentor: Person,
    kind: ConflictKind,
    reason: str,
    *,
    is_sure: bool,
    occasion: Occasion,
) -> Conflict:
    """Rule a pair out of every round from now on (rules P10 and P11), also after publication.

    An offer that waits is taken back, after asking; a placement goes on. Raises Refused when it is recorded already.
    """
    learner = request.learner
    lock_people(session, [learner.id])
    if mentor.id == learner.id:
        raise Refused("Nobody is ever paired with herself, so this need not be recorded.", "mentor_id")
    if standing_between(session, learner, mentor.id):
        raise Refused("A conflict between the two is recorded already. See the list of conflicts.", "mentor_id")
    ask_about([*doubts_about_text((reason,), occasion.today), *doubts(session, learner, mentor, occasion)], is_sure)
    conflict = Conflict(
        learner=learner, mentor=mentor, kind=kind, reason=reason, author_id=actor.id, created_at=occasion.now
    )
    session.add(conflict)
    session.flush()
    session.expire(request, ["conflicts"])
    of_the_two = (PlacementRequest.learner_id == learner.id, Opening.mentor_id == mentor.id)
    ask_about_offers(session, occasion.today, is_sure, *of_the_two)
    record(
        session, actor, "recorded a conflict", conflict, now=occasion.now, name=learner.name, mentor=mentor.id,
        kind=kind.value,
    )  # fmt: skip
    take_back_broken(session, occasion, *of_the_two)
    return conflict


def doubts(session: Session, learner: Person, mentor: Person, occasion: Occasion) -> Iterator[str]:
    """What a conflict does not end by itself."""
    until = placed_until(session, learner, mentor, occasion.today)
    if until:
        yield f"They have a placement together until {day_in_words(until)}, which goes on: speak with both."
    rounds = rounds_that_pin(session, learner, mentor)
    if rounds:
        yield f"They are pinned to each other in {listed(list(rounds))}, which cannot be run until that pin is lifted."


def except_from(
    session: Session,
    actor: Person,
    conflict: Conflict,
    agreed_on: date,
    reason: str,
    *,
    is_sure: bool,
    occasion: Occasion,
) -> None:
    """Lift a conflict by an exception with its day and reason (rule P10); it stays as history.

    Raises Overtaken when somebody has lifted it already, Refused for whoever is one of the two.
    """
    if actor.id in (conflict.learner_id, conflict.mentor_id):
        raise Refused("This conflict concerns you. Ask another coordinator to decide on an exception.")
    lock_people(session, [conflict.learner_id])
    session.refresh(conflict)
    if conflict.excepted_at is not None:
        raise Overtaken("This conflict is lifted by now. The list of conflicts says by whom.")
    if not occasion.today - EXCEPTION_PAST <= agreed_on <= occasion.today:
        raise Refused("The day of the exception must be today or within the last year", "agreed_on")
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    conflict.except_pair(actor, agreed_on, reason, occasion.now)
    record(
        session, actor, "made an exception from a conflict", conflict, now=occasion.now, name=conflict.learner.name,
        mentor=conflict.mentor_id,
    )  # fmt: skip
