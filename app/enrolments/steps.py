"""Deeds on the way: a learner steps out, returns, goes on elsewhere, completes or leaves, each from a day on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enrolments import mails
from app.enrolments.asked import agree_to_asked
from app.enrolments.moves import (
    COMPLETE,
    ENROLMENTS,
    KINDS,
    READMIT,
    RETURN,
    STEP_OUT,
    TRANSFER,
)
from app.language.dates_and_times import day_in_words
from app.language.refusal import Overtaken, Refused
from app.models.academic.enrolment_steps import EnrolmentStep, WayReason
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import CREDITS_A_LEVEL, Enrolment
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.stepping_away import Meanwhile, OfPlacement, resting_on, settle
from app.rules.academic.supervisors import assignments_of, leads_at
from app.rules.coordinators import coordinators_of_networks
from app.rules.credit.held import held_of
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.enrolments.standing import LONGEST_AWAY, Way, steps_of, way_of

DAY = timedelta(days=1)
AHEAD = timedelta(days=365)


@dataclass(frozen=True)
class Said:
    """What is noted with a step: from which day, why, in a word and in words, and when she means to return."""

    day: date
    reason: WayReason | None = None
    words: str = ""
    returns_on: date | None = None


def take_step(
    session: Session,
    occasion: Occasion,
    enrolment: Enrolment,
    learner: Person,
    deed: str,
    said: Said,
    meanwhile: Meanwhile,
    *,
    is_sure: bool,
    onward: Enrolment | None = None,
) -> EnrolmentStep:
    """Note a step, do what was said of placements and requests, and tell everybody concerned.

    Raises Overtaken where she stands otherwise by now, Refused for a day that cannot be, for what was left open, and
    where somebody is to have completed the level without its credit.
    """
    way = hold(session, enrolment)
    check(way, deed, said, occasion.today)
    if deed == COMPLETE:
        require_all_credit(session, enrolment)
    ask_about(doubts_about_text((said.words,), occasion.today), is_sure)
    meanwhile = as_it_must_be(session, enrolment, deed, said, meanwhile, occasion.today)
    step = EnrolmentStep(
        enrolment=enrolment,
        kind=KINDS[deed],
        day=said.day,
        reason=said.reason,
        words=said.words,
        returns_on=said.returns_on,
        onward=onward,
        author=actor_of(occasion),
        recorded_at=occasion.now,
    )
    session.add(step)
    enrolment.ended_on = said.day - DAY if step.kind.is_an_end else None
    record(session, occasion.actor, deed, step, now=occasion.now, name=learner.name, enrolment=enrolment.id)
    agree_to_asked(session, occasion, enrolment, deed)
    tell(session, occasion, enrolment, learner, step)
    settle(session, occasion, enrolment, meanwhile, (said.day, said.returns_on), why_in_words(deed, learner))
    return step


def hold(session: Session, enrolment: Enrolment) -> Way:
    """The way as it is now; whoever notes a step of the same enrolment meanwhile waits."""
    session.execute(select(Enrolment.id).where(Enrolment.id == enrolment.id).with_for_update())
    session.refresh(enrolment, ["ended_on", "started_on"])
    return way_of(enrolment, steps_of(session, [enrolment.id])[enrolment.id])


def check(way: Way, deed: str, said: Said, today: date) -> None:
    ENROLMENTS.check(deed, way.at_last, Party.PROGRAMME_LEAD, said.reason.value if said.reason else said.words)
    if said.reason is WayReason.OTHER and not said.words:
        raise Refused("Say why, in a few words.", "words")
    if said.day < way.first_free_day:
        raise Refused(
            f"The day must be {day_in_words(way.first_free_day)} or later, after what was noted last. Where that is "
            "wrong, take it back first.",
            "day",
        )
    if said.day > today + AHEAD:
        raise Refused("The day must be within the coming year. Note it when it is nearer.", "day")
    if deed == STEP_OUT and said.returns_on and not said.day < said.returns_on <= said.day + LONGEST_AWAY:
        raise Refused("The day of return must come after the first day away, within three years.", "returns_on")


def require_all_credit(session: Session, enrolment: Enrolment) -> None:
    """Raise Refused where credits of the level are neither decided nor recognised."""
    held = held_of(session, [enrolment])[enrolment.id]
    if not held.is_complete:
        raise Refused(
            f"{held.total} of {CREDITS_A_LEVEL} credits are decided or recognised. Decide the credit first: only that "
            "completes a level."
        )


def as_it_must_be(
    session: Session, enrolment: Enrolment, deed: str, said: Said, meanwhile: Meanwhile, today: date
) -> Meanwhile:
    """What was said, where anything is concerned; whoever leaves keeps no request.

    Raises Refused where a placement runs and nobody has said what becomes of it.
    """
    if deed in (RETURN, READMIT):
        return Meanwhile()
    resting = resting_on(session, enrolment, said.day, today)
    if resting.placements and meanwhile.placements is None:
        raise Refused("Say what is to become of the placement.", "placements")
    if meanwhile.placements is OfPlacement.PAUSE and said.returns_on is None:
        raise Refused("To pause the placement, enter when the learner means to return.", "returns_on")
    return Meanwhile(meanwhile.placements, meanwhile.keeps_requests and deed == STEP_OUT)


def take_back_step(
    session: Session, occasion: Occasion, enrolment: Enrolment, learner: Person, meant: int | None = None
) -> None:
    """Let the last step count no more, because it was noted by mistake; who was told of it is told of that too.

    `meant` is the id of the step that the page showed as the last. What coordinators were asked, and requests that
    ended, stay as they are. Raises Overtaken where another step is the last by now, or none, Refused for a transfer
    that has begun elsewhere.
    """
    hold(session, enrolment)
    counting = counting_of(session, enrolment)
    if not counting:
        raise Overtaken("There is no step to take back by now.")
    step = counting[-1]
    if meant not in (None, step.id):
        raise Overtaken("Another step is the last by now. See where the learner stands, then take back what is wrong.")
    if step.onward_id is not None:
        raise Refused("The learner is enrolled elsewhere by this step. Take the learner back instead.")
    step.taken_back_at, step.taken_back_by = occasion.now, actor_of(occasion)
    before = counting[-2] if len(counting) > 1 else None
    enrolment.ended_on = before.day - DAY if before and before.kind.is_an_end else None
    deed = "took back a step of an enrolment"
    record(session, occasion.actor, deed, step, now=occasion.now, name=learner.name, enrolment=enrolment.id)
    tell(session, occasion, enrolment, learner, step)


def counting_of(session: Session, enrolment: Enrolment) -> list[EnrolmentStep]:
    """Its steps that were not taken back, in the order of their days."""
    return [one for one in steps_of(session, [enrolment.id])[enrolment.id] if one.taken_back_at is None]


def tell(session: Session, occasion: Occasion, enrolment: Enrolment, learner: Person, step: EnrolmentStep) -> None:
    """Mail the learner, her supervisor, the leads, and mentor and coordinators of a placement with days from then on.

    Why is for the university alone: the others read only what happens, and from when.
    """
    if learner.is_active:
        mail = mails.stepped_to_learner(learner, enrolment, step, occasion.home)
        queue_message(session, learner.email, mail, occasion.now)
    for reader in others_concerned(session, occasion, enrolment, step):
        mail = mails.stepped_to_others(reader, learner, enrolment, step, occasion.home)
        queue_message(session, reader.email, mail, occasion.now)


def others_concerned(
    session: Session, occasion: Occasion, enrolment: Enrolment, step: EnrolmentStep
) -> Iterable[Person]:
    placements = resting_on(session, enrolment, step.day, occasion.today).placements
    assigned = assignments_of(session, [enrolment.id]).get(enrolment.id)
    everybody = [
        *([assigned.supervisor] if assigned else []),
        *leads_at(session, enrolment.programme.provider_id),
        *mentors_of(placements),
        *coordinators_of_networks(session, {one.opening.network_id for one in placements}),
    ]
    told = {one.id: one for one in everybody if one.is_active and one is not occasion.actor}
    return told.values()


def mentors_of(placements: Iterable[Placement]) -> list[Person]:
    return [placement.mentor for placement in placements]


def why_in_words(deed: str, learner: Person) -> str:
    """What coordinators, mentor and learner read with what is asked about a placement; never the reason itself."""
    return {
        STEP_OUT: f"{learner.name} steps out of the programme for a time.",
        TRANSFER: f"{learner.name} goes on at another university.",
        COMPLETE: f"{learner.name} has completed the level.",
    }.get(deed, f"{learner.name} leaves the programme.")


def actor_of(occasion: Occasion) -> Person:
    assert isinstance(occasion.actor, Person)
    return occasion.actor
