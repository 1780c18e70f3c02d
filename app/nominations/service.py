"""Deeds of a learner with a supervisor whom she has found: naming, having the mail sent again, taking it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.person_names import could_be_same_person
from app.language.refusal import Refused
from app.models.operations.links import RecordLink
from app.models.organisations import Network, Organisation
from app.models.pairs.nominations import Nomination, NominationState
from app.models.people import Person
from app.models.programmes import Module
from app.models.requests import ExcludedMentor
from app.models.studies import Study, StudyIdentifier
from app.models.values.identifiers import BadIdentifier, Scheme, normalise
from app.nominations import mails
from app.nominations.limits import refuse_to_ask_again, refuse_too_many
from app.nominations.moves import MOVES, WITHDRAW
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.links import end_links_to
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.rules.coordinators import coordinators_of_network
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.eligibility import SHORTEST_PLACEMENT
from app.rules.of_learners.modules import rpe_modules_of
from app.rules.of_learners.places import has_place_for, offer_for
from app.rules.standing_still import lock_people

ANSWER = "answer a nomination"  # the purpose of the link in the supervisor's mail
LINK_LIFE = timedelta(days=28)
AHEAD_MAX = timedelta(days=2 * 365)
AddressOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class NominationAnswers:
    """Whom a learner names, for which module, on which study (one of ours, or title and number), where and when."""

    module: Module
    name: str
    email: str
    job_title: str
    study: Study | None
    study_title: str
    scheme: Scheme | None
    number: str
    organisation: Organisation
    network: Network
    starts_on: date
    ends_on: date


def nominate(
    session: Session,
    learner: Person,
    answers: NominationAnswers,
    address_of: AddressOf,
    *,
    is_sure: bool,
    occasion: Occasion,
) -> Nomination:
    """Propose a supervisor and mail the person a link to confirm; raises Refused when it cannot be."""
    lock_people(session, [learner.id])
    email = answers.email.strip().lower()
    check_module(session, learner, answers.module, occasion.today)
    check_days(answers, occasion.today)
    check_study(answers.study)
    check_person(session, learner, email)
    refuse_too_many(session, learner, email, occasion.now)
    doubts = doubts_about_text((answers.study_title, answers.job_title), occasion.today)
    ask_about([*doubts, *doubts_about_name(session, learner, answers.name)], is_sure)
    study, number = study_meant(session, answers)
    nomination = Nomination(
        learner=learner,
        module=answers.module,
        name=answers.name,
        email=email,
        job_title=answers.job_title,
        study=study,
        study_title="" if study else answers.study_title,
        scheme=None if study else answers.scheme,
        number="" if study else number,
        organisation=answers.organisation,
        network=answers.network,
        starts_on=answers.starts_on,
        ends_on=answers.ends_on,
        state=NominationState.PROPOSED,
        created_at=occasion.now,
        asked_at=occasion.now,
    )
    session.add(nomination)
    record(session, learner, "nominated a supervisor", nomination, now=occasion.now, name=learner.name)
    mail_link(session, nomination, address_of, occasion)
    return nomination


def check_module(session: Session, learner: Person, module: Module, today: date) -> None:
    """Refuse a module for which she cannot look, has a place or an offer, or has named somebody."""
    if module.id not in [one.id for one in rpe_modules_of(session, learner)]:
        raise Refused("You are not on this module. Choose one of yours", "module")
    if has_place_for(session, learner.id, module.id, today):
        raise Refused("You have a placement for this module already.", "module")
    if offer_for(session, learner.id, module.id, today):
        raise Refused("You have an offer for this module. Answer it first; if you decline, name somebody here.")
    open_one = select(Nomination.id).where(
        Nomination.learner_id == learner.id,
        Nomination.module_id == module.id,
        Nomination.state.in_([state for state in NominationState if state.is_open]),
    )
    if session.scalar(open_one) is not None:
        raise Refused("You have named a supervisor for this module. Withdraw that first to name somebody else.")


def check_days(answers: NominationAnswers, today: date) -> None:
    if answers.starts_on < today:
        raise Refused("The first day must be today or later", "starts_on")
    if answers.starts_on > today + AHEAD_MAX:
        raise Refused("The first day must be within two years. Check the year", "starts_on")
    if answers.ends_on < answers.starts_on + SHORTEST_PLACEMENT:
        weeks = SHORTEST_PLACEMENT // timedelta(weeks=1)
        raise Refused(f"The last day must be at least {weeks} weeks after the first day", "ends_on")
    if answers.ends_on > answers.starts_on + AHEAD_MAX:
        latest = day_in_words(answers.starts_on + AHEAD_MAX)
        raise Refused(f"The last day must be {latest} or earlier. Check the year", "ends_on")


def check_study(study: Study | None) -> None:
    if study and not study.status.can_take_learners:
        raise Refused(f"This study is {study.status.value}, so nobody can join it. Choose another study.")


def check_person(session: Session, learner: Person, email: str) -> None:
    """Refuse herself, and whom she has said must not be her mentor (rules P10 and P11)."""
    if email == learner.email:
        raise Refused("This is your own address. Enter that of your supervisor", "email")
    known = select(Person.id).where(Person.email == email).scalar_subquery()
    is_meant = or_(func.lower(ExcludedMentor.email) == email, ExcludedMentor.mentor_id == known)
    if session.scalar(excluded_by(learner).where(is_meant).limit(1)) is not None:
        raise Refused(
            "You have said in your request that this person must not be your mentor. Take that back there first.",
            "email",
        )


def excluded_by(learner: Person) -> Select[ExcludedMentor]:
    return select(ExcludedMentor).where(ExcludedMentor.learner_id == learner.id)


def doubts_about_name(session: Session, learner: Person, name: str) -> list[str]:
    """Ask about somebody of a like name whom she excluded: only she knows who is meant."""
    alike = (one.name for one in session.scalars(excluded_by(learner)) if could_be_same_person(one.name, name))
    return [f"You have said that {one} must not be your mentor. Is {name} somebody else?" for one in alike]


def study_meant(session: Session, answers: NominationAnswers) -> tuple[Study | None, str]:
    """The study that was chosen or has the number that was typed, and that number as it is kept."""
    if answers.study or answers.scheme is None:
        return answers.study, ""
    try:
        number = normalise(answers.scheme, answers.number)
    except BadIdentifier as complaint:
        raise Refused(str(complaint), "number") from complaint
    known = (
        select(Study)
        .join(Study.identifiers)
        .where(StudyIdentifier.scheme == answers.scheme, StudyIdentifier.value == number)
    )
    return session.scalar(known), number


def mail_link(session: Session, nomination: Nomination, address_of: AddressOf, occasion: Occasion) -> None:
    """Write to the supervisor; an earlier link ends, so that one mail at a time counts."""
    end_links_to(session, nomination, ANSWER, occasion.now)
    link, secret = RecordLink.issue(ANSWER, nomination, nomination.email, occasion.now, LINK_LIFE)
    session.add(link)
    mail = mails.asked_to_supervise(nomination, address_of(secret), LINK_LIFE)
    queue_message(session, nomination.email, mail, occasion.now, secret=secret)


def ask_again(
    session: Session, learner: Person, nomination: Nomination, address_of: AddressOf, occasion: Occasion
) -> None:
    """Have the mail sent again; raises Refused when that is too soon, too often or of no use any more."""
    if nomination.state is not NominationState.PROPOSED:
        raise Refused("This nomination does not wait for the supervisor any more. See how it stands.")
    refuse_to_ask_again(nomination, occasion.now)
    note_asked(nomination, occasion)
    record(session, learner, "had a supervisor asked again", nomination, now=occasion.now, name=learner.name)
    mail_link(session, nomination, address_of, occasion)


def note_asked(nomination: Nomination, occasion: Occasion) -> None:
    nomination.asked_at, nomination.asked_times = occasion.now, nomination.asked_times + 1
    nomination.told_at = None


def withdraw(session: Session, learner: Person, nomination: Nomination, occasion: Occasion) -> None:
    """Take it back; whoever has heard of it is told."""
    was = nomination.state
    MOVES.move(session, nomination, WITHDRAW, Party.LEARNER, learner, occasion.now, name=learner.name)
    end_links_to(session, nomination, ANSWER, occasion.now)
    queue_message(session, nomination.email, mails.withdrawn_to_mentor(nomination), occasion.now)
    if was is NominationState.CONFIRMED:
        for coordinator in coordinators_of_network(session, nomination.network_id):
            mail = mails.withdrawn_to_coordinator(coordinator, nomination, occasion.home)
            queue_message(session, coordinator.email, mail, occasion.now)
