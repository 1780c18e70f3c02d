"""Deeds of a learner who applies: answering the conditions, stating why, sending, changing and withdrawing."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.bursaries import queries
from app.bursaries.applying import mails
from app.bursaries.conditions import require_met
from app.bursaries.moves import APPLICATIONS, SENT, TAKEN_UP, WITHDREW
from app.language.local_times import from_in_words, until_in_words
from app.language.refusal import Overtaken, Refused
from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.assessing import Assessor
from app.models.bursaries.calls import BursaryCall, CallState, Method
from app.models.people import Person
from app.models.values.registration import BadRegistrationNumber, Profession, Regulator, check_registration_number
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.rules.doubts import ask_about, doubts_about_text


@dataclass(frozen=True)
class Answers:
    """What a learner says about the conditions; None where a call does not ask."""

    profession: Profession
    regulator: Regulator | None
    number: str
    programme_id: int | None
    place: str
    level_before: str
    was_funded: bool | None
    is_retake: bool | None


def answer_conditions(
    session: Session, by: Occasion, call: BursaryCall, answers: Answers, *, is_sure: bool
) -> BursaryApplication:
    """Begin her application to a call, or answer its conditions otherwise; whether she meets them is asked apart.

    The caller has locked the call. Raises Refused where the call takes no applications, where she assesses for it, or
    where a number is not written as its register writes it.
    """
    learner = learner_of(by)
    require_open(call, by)
    if assesses_for(session, call, learner):
        raise Refused("You assess the applications of this call, so you cannot apply to it.")
    ask_about(doubts_about_text((answers.place, answers.level_before), by.today), is_sure)
    application = queries.own_application_to(session, learner, call)
    if application is None:
        application = BursaryApplication(
            call=call,
            learner=learner,
            reference=BursaryApplication.new_reference(),
            state=ApplicationState.DRAFT,
            created_at=by.now,
        )
        session.add(application)
    require_draft(application)
    application.profession, application.regulator = answers.profession, answers.regulator
    application.registration_number = number_of(answers)
    application.programme_id, application.place = answers.programme_id, answers.place
    application.level_before = answers.level_before
    application.was_funded, application.is_retake = answers.was_funded, answers.is_retake
    record(session, learner, "answered the conditions of a bursary", application, now=by.now, name=call.title)
    session.refresh(application, ["programme"])
    return application


def number_of(answers: Answers) -> str:
    """The registration number as it is kept; empty where there is none yet, which is a condition of its own."""
    if answers.regulator is None or not answers.number:
        return ""
    try:
        return check_registration_number(answers.profession, answers.regulator, answers.number)
    except BadRegistrationNumber as bad:
        raise Refused(str(bad), "number") from bad


def state_why(
    session: Session, by: Occasion, application: BursaryApplication, statement: str, *, is_sure: bool
) -> None:
    """Keep her statement; raises Refused where she could not be given a bursary anyway, so that none is in vain."""
    require_open(application.call, by)
    require_draft(application)
    require_met(session, by, application)
    ask_about(doubts_about_text((statement,), by.today), is_sure)
    application.statement = statement
    record(session, by.actor, "wrote a statement for a bursary", application, now=by.now, name=application.call.title)


def send_application(session: Session, by: Occasion, application: BursaryApplication) -> None:
    """Send it; she gets its reference, by which she finds herself in a lottery. Raises Refused where it is in vain."""
    call, learner = application.call, learner_of(by)
    require_open(call, by)
    require_met(session, by, application)
    if assesses_for(session, call, learner):
        raise Refused("You assess the applications of this call, so you cannot apply to it.")
    if call.method is Method.SCORING and not application.statement:
        raise Refused("Write your statement first: assessors read it.")
    APPLICATIONS.move(session, application, SENT, Party.LEARNER, learner, by.now, name=call.title)
    application.sent_at = by.now
    queue_message(session, learner.email, mails.sent(application, by.home), by.now)


def take_up_again(session: Session, by: Occasion, application: BursaryApplication) -> None:
    """Let her change what she has sent or withdrawn, while the call is open; it counts again once it is sent again."""
    require_open(application.call, by)
    APPLICATIONS.move(session, application, TAKEN_UP, Party.LEARNER, by.actor, by.now, name=application.call.title)
    application.sent_at = None


def withdraw(session: Session, by: Occasion, application: BursaryApplication) -> None:
    """Take an application back, or leave the waiting list; whoever runs the call sees it in the list."""
    APPLICATIONS.move(session, application, WITHDREW, Party.LEARNER, by.actor, by.now, name=application.call.title)


def require_open(call: BursaryCall, by: Occasion) -> None:
    if call.takes_applications(by.now):
        return
    if call.state is CallState.PUBLISHED and by.now < call.opens_at:
        raise Refused(f"Applications open on {from_in_words(call.opens_at)}. Come back then.")
    if call.state is CallState.CANCELLED:
        raise Overtaken("This call was cancelled, so nobody can apply to it.")
    raise Overtaken(f"Applications closed on {until_in_words(call.closes_at)}, so this can no longer be done.")


def require_draft(application: BursaryApplication) -> None:
    if application.state is not ApplicationState.DRAFT:
        raise Overtaken(
            f"This application is {application.state.value}, so it cannot be changed. Its page says what you can do."
        )


def assesses_for(session: Session, call: BursaryCall, person: Person) -> bool:
    hers = exists().where(Assessor.call_id == call.id, Assessor.person_id == person.id, Assessor.ended_at.is_(None))
    return bool(session.scalar(select(hers)))


def learner_of(by: Occasion) -> Person:
    assert by.actor is not None
    return by.actor
