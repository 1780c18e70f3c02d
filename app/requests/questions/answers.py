"""Deeds that save a learner's answers: who she is, what interests her, where and when, and who must not mentor her."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.organisations import Network, Organisation, Specialty
from app.models.people import LearnerProfile, Person
from app.models.requests import (
    ExcludedMentor,
    ExclusionAnswer,
    ExclusionKind,
    PlacementRequest,
    RequestSpecialty,
)
from app.models.values.backgrounds import EmployerKind, ResearchExperience
from app.models.values.registration import BadRegistrationNumber, Profession, Regulator, check_registration_number
from app.platform.occasion import Occasion
from app.promises.consequences import ask_about_offers, take_back_broken, tell_of_names_to_check
from app.requests.changed_parts import details_of, note_change
from app.requests.my_list.choices import organisation_named
from app.requests.my_list.lost_choices import give_up_lost_choices
from app.requests.my_list.reach import asked_with
from app.rules.doubts import ask_about, doubts_about_text

SPECIALTIES_MAX = 5
START_AHEAD = timedelta(days=2 * 365)


def save_profession(
    session: Session,
    actor: Person,
    request: PlacementRequest,
    profession: Profession,
    regulator: Regulator | None,
    number: str,
    *,
    is_sure: bool,
    today: date,
    now: datetime,
) -> LearnerProfile:
    """Note what the learner is by profession; raises Refused for a number that cannot be hers (rules P1 to P4, P8)."""
    request.require_changeable(now)
    profile = profile_of(session, actor)
    lost = give_up_lost_choices(
        session, request, lambda asked: replace(asked, profession=profession), today, is_sure=is_sure
    )
    if number and regulator is None:
        regulator = the_only_regulator(profession)
    number = checked_number(profession, regulator, number) if number and regulator else ""
    try:
        with session.begin_nested():
            profile.profession, profile.registration_number = profession, number
            profile.regulator = regulator if regulator in profession.regulators else None
    except IntegrityError:
        raise Refused("Somebody else here has this registration number. Check what you typed.", "number") from None
    note_change(session, actor, request, "profession", today, now, **details_of(lost))
    return profile


def the_only_regulator(profession: Profession) -> Regulator:
    """Who must have given a number to this profession; raises Refused when it cannot be told."""
    if len(profession.regulators) == 1:
        return profession.regulators[0]
    raise Refused("Choose the regulator that gave you this number, or leave the number out.", "regulator")


def checked_number(profession: Profession, regulator: Regulator, number: str) -> str:
    try:
        return check_registration_number(profession, regulator, number)
    except BadRegistrationNumber as complaint:
        raise Refused(str(complaint), "number") from None


def profile_of(session: Session, person: Person) -> LearnerProfile:
    """The learner's profile; made when there is none yet."""
    if person.learner_profile is None:
        person.learner_profile = LearnerProfile(registration_number="", job_title="", employer_name="")
        session.flush()
    return person.learner_profile


def save_work(
    session: Session,
    actor: Person,
    request: PlacementRequest,
    job_title: str,
    employer: Organisation | None,
    employer_name: str,
    background: tuple[EmployerKind | None, ResearchExperience | None],
    today: date,
    now: datetime,
) -> None:
    """Note the learner's job and employer: one that is known here, or one by name; and what she says of both, or not.

    `background` is what kind of employer it is, and what she had done in research.
    """
    request.require_changeable(now)
    profile = profile_of(session, actor)
    employer = employer or organisation_named(session, employer_name)
    profile.job_title, profile.employer = job_title, employer
    profile.employer_name = "" if employer else employer_name
    profile.employer_kind, profile.research_experience = background
    note_change(session, actor, request, "work", today, now)


def save_interests(
    session: Session,
    actor: Person,
    request: PlacementRequest,
    interests: str,
    specialties: Sequence[Specialty],
    *,
    is_sure: bool,
    today: date,
    now: datetime,
) -> None:
    """Note what interests the learner, her most wanted specialty first; asks about patients' details (rule H13)."""
    request.require_changeable(now)
    if not interests and not specialties:
        raise Refused("Write what interests you, or choose at least one specialty.", "interests")
    if len(specialties) > SPECIALTIES_MAX:
        raise Refused(f"Choose at most {SPECIALTIES_MAX} specialties.", "first")
    ask_about(doubts_about_text((interests,), today), is_sure)
    request.interests = interests
    rows = {row.specialty: row for row in request.specialty_rows}
    request.specialty_rows = [rows.get(one) or RequestSpecialty(specialty=one) for one in specialties]
    for position, row in enumerate(request.specialty_rows, 1):
        row.position = position
    note_change(session, actor, request, "interests", today, now)


def save_where_and_when(
    session: Session,
    actor: Person,
    request: PlacementRequest,
    networks: Sequence[Network],
    start_from: date,
    start_until: date,
    *,
    is_sure: bool,
    today: date,
    now: datetime,
) -> None:
    """Note the networks within reach and the days between which the placement can start."""
    request.require_changeable(now)
    if start_until < start_from:
        raise Refused("The latest start must be on or after the earliest start.", "start_until")
    if start_until < today:
        raise Refused("The latest start must be today or in the future.", "start_until")
    if start_until > today + START_AHEAD:
        raise Refused("The latest start must be within the next two years.", "start_until")
    lost = give_up_lost_choices(
        session,
        request,
        lambda asked: asked_with(asked, networks, start_from, start_until),
        today,
        is_sure=is_sure,
    )
    request.networks = list(networks)
    request.start_from, request.start_until = start_from, start_until
    note_change(session, actor, request, "where and when", today, now, **details_of(lost))


def exclude_nobody(session: Session, actor: Person, request: PlacementRequest, today: date, now: datetime) -> None:
    """Say that anybody may be the mentor."""
    request.require_changeable(now)
    if request.excluded:
        raise Refused("You have named somebody. Remove that person first.")
    request.nobody_excluded = True
    note_change(session, actor, request, "exclusions", today, now)


def exclude_mentor(
    session: Session,
    actor: Person,
    request: PlacementRequest,
    kind: ExclusionKind,
    mentor: Person | None,
    others: Collection[Person],
    name: str,
    email: str,
    why: str,
    *,
    is_sure: bool,
    occasion: Occasion,
) -> ExcludedMentor:
    """Name somebody who must not be the mentor, known here or not (rules P10, P11), also after the round has closed.

    `others` are mentors of a like name whom the learner said it is not. An offer of a place with the person is taken
    back, after asking. Raises Refused when named twice.
    """
    request.require_not_withdrawn()
    if kind is ExclusionKind.CONFLICT and not why:
        raise Refused("Say in a few words what the conflict is.", "why")
    mentor = mentor or person_with_email(session, email)
    if mentor is not None and mentor.id == actor.id:
        raise Refused("You can never be your own mentor, so you need not name yourself.", "typed")
    if any(is_same(one, mentor, name, email) for one in request.excluded):
        raise Refused("You have named this person already.", "typed")
    ask_about(doubts_about_text((why,), occasion.today), is_sure)
    excluded = ExcludedMentor(kind=kind, name=name, email=email.lower(), why=why, mentor=mentor)
    excluded.answers = [
        ExclusionAnswer(mentor_id=other.id, is_same=False, answered_by_id=actor.id, answered_at=occasion.now)
        for other in others
        if mentor is None
    ]
    request.excluded.append(excluded)
    request.nobody_excluded = False
    hers = PlacementRequest.learner_id == actor.id
    ask_about_offers(session, occasion.today, is_sure, hers)
    note_change(session, actor, request, "exclusions", occasion.today, occasion.now)
    take_back_broken(session, occasion, hers)
    tell_of_names_to_check(session, occasion, hers)
    return excluded


def person_with_email(session: Session, email: str) -> Person | None:
    return session.scalar(select(Person).where(func.lower(Person.email) == email.lower())) if email else None


def is_same(excluded: ExcludedMentor, mentor: Person | None, name: str, email: str) -> bool:
    if mentor is not None or excluded.mentor_id is not None:
        return mentor is not None and excluded.mentor_id == mentor.id
    return (excluded.email, excluded.name.casefold()) == (email.lower(), name.casefold())


def remove_exclusion(
    session: Session, actor: Person, request: PlacementRequest, exclusion_id: int, today: date, now: datetime
) -> None:
    """Take a person off, once; when it was the last one, anybody may be the mentor."""
    request.require_changeable(now)
    left = [one for one in request.excluded if one.id != exclusion_id]
    if len(left) == len(request.excluded):
        return
    request.excluded = left
    request.nobody_excluded = not request.excluded
    note_change(session, actor, request, "exclusions", today, now)
