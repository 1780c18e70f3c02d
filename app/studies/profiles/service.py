"""Deeds of a mentor with her profile: what she is, what she can teach, how much, and when she is away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.organisations import Organisation, Specialty
from app.models.people import MentorAbsence, MentorProfile, Person
from app.models.studies import Opening
from app.models.values.registration import Profession
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.promises.consequences import (
    ask_about_offers,
    first_days,
    move_first_days,
    refuse_to_crowd_out,
    take_back_broken,
)
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.standing_still import lock_people


@dataclass(frozen=True, slots=True)
class ProfileAnswers:
    """What a mentor says of herself; the numbers are over all her openings, 0 to start with is any number."""

    profession: Profession
    job_title: str
    organisation: Organisation
    specialties: Sequence[Specialty]
    teaches: str
    learners_max: int
    hours_a_month: int
    minimum_if_used: int = 0


def profile_of(session: Session, mentor: Person) -> MentorProfile:
    """The mentor's profile, which is made where there is none yet."""
    if mentor.mentor_profile is None:
        mentor.mentor_profile = blank_profile()
        session.flush()
    return mentor.mentor_profile


def blank_profile() -> MentorProfile:
    """What the profile of a mentor begins with who has said nothing yet."""
    return MentorProfile(job_title="", teaches="", learners_max=1, hours_a_month=4)


def describe_mentor(
    session: Session, mentor: Person, answers: ProfileAnswers, *, is_sure: bool, today: date, now: datetime
) -> MentorProfile:
    """Keep what the mentor says of herself; raises Refused when a text seems to hold a patient's details.

    Refused too are more learners to start with than she takes at once.
    """
    if answers.minimum_if_used > answers.learners_max:
        raise Refused(
            f"You take at most {answers.learners_max} at once, so you could never start with "
            f"{answers.minimum_if_used}. Raise the most, or lower this number.",
            "minimum_if_used",
        )
    ask_about(doubts_about_text((answers.teaches,), today), is_sure)
    profile = profile_of(session, mentor)
    profile.profession, profile.job_title = answers.profession, answers.job_title
    profile.organisation, profile.specialties = answers.organisation, list(answers.specialties)
    profile.teaches = answers.teaches
    profile.learners_max, profile.hours_a_month = answers.learners_max, answers.hours_a_month
    profile.minimum_if_used = answers.minimum_if_used
    refuse_to_crowd_out(session, today, "learners_max", Opening.mentor_id == mentor.id)
    record(
        session,
        mentor,
        "described herself as mentor",
        mentor,
        now=now,
        name=mentor.name,
        learners_max=answers.learners_max,
        hours_a_month=answers.hours_a_month,
        minimum_if_used=answers.minimum_if_used,
    )
    return profile


def add_absence(
    session: Session, mentor: Person, starts_on: date, ends_on: date, *, is_sure: bool, occasion: Occasion
) -> MentorAbsence:
    """Note that she is away; raises Refused when the days are in the wrong order, over or noted already.

    An offer that could begin only on these days is taken back, one that begins later is said anew; she is asked first.
    """
    lock_people(session, [mentor.id])
    profile = profile_of(session, mentor)
    session.refresh(profile, ["absences"])
    if ends_on < starts_on:
        raise Refused("The last day away must be on or after the first day away", "ends_on")
    if ends_on < occasion.today:
        raise Refused("The last day away must be today or later", "ends_on")
    if any(absence.starts_on <= ends_on and starts_on <= absence.ends_on for absence in profile.absences):
        raise Refused("You are away on some of these days already. Remove that entry first.", "starts_on")
    hers = Opening.mentor_id == mentor.id
    before = first_days(session, occasion.today, hers)
    absence = MentorAbsence(starts_on=starts_on, ends_on=ends_on)
    profile.absences.append(absence)
    ask_about_offers(session, occasion.today, is_sure, hers)
    record(session, mentor, "added an absence", absence, now=occasion.now)
    take_back_broken(session, occasion, hers)
    move_first_days(session, occasion, before, is_sure, hers)
    return absence


def remove_absence(session: Session, mentor: Person, absence: MentorAbsence, now: datetime) -> None:
    """Take an absence back."""
    record(session, mentor, "removed an absence", absence, now=now)
    session.delete(absence)
