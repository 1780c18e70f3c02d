"""Who stands in which part to the sign-off of a placement, and when one can be asked for."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from app.models.course.sign_offs import SignOff
from app.models.operations.parties import Party
from app.models.people import Person, Role
from app.models.placements import Outcome, Placement
from app.rules.academic.reach import reaches_placement
from app.rules.agreements.parts import is_read_by, part_of, supervisors_of

ASKED_BEFORE_END = timedelta(weeks=4)
COMPLETE = (None, Outcome.COMPLETED_EARLY)

is_seen_by = is_read_by
party_of = part_of
deciders_of = supervisors_of


def is_decided_by(person: Person) -> ColumnElement[bool]:
    """True of placements that this person may decide on: those of her learners, and neither of the two is she."""
    return (
        reaches_placement(person, Role.ACADEMIC_SUPERVISOR)
        & (Placement.learner_id != person.id)
        & (Placement.mentor_id != person.id)
    )


def is_excepted_by(person: Person) -> ColumnElement[bool]:
    """True of placements for which this person may record exceptions, and end what was signed off."""
    return (
        reaches_placement(person, Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)
        & (Placement.learner_id != person.id)
        & (Placement.mentor_id != person.id)
    )


def university_party(session: Session, person: Person, placement: Placement) -> Party:
    """As what somebody of the university does a deed that either of two roles can do."""
    supervises = party_of(session, person, placement) is Party.ACADEMIC_SUPERVISOR
    return Party.ACADEMIC_SUPERVISOR if supervises else Party.PROGRAMME_LEAD


def asked_from(placement: Placement) -> date:
    """The first day on which a sign-off can be asked for."""
    return max(placement.ends_on - ASKED_BEFORE_END, placement.starts_on)


def is_over_without(placement: Placement) -> bool:
    """True where there is nothing to sign off: it never began, broke off, or goes on as another placement."""
    return placement.never_began or placement.outcome not in COMPLETE


def can_be_asked_on(placement: Placement, day: date) -> bool:
    """True once it is near its end, or has ended because all was done, while its mentor can attest it."""
    return not is_over_without(placement) and placement.mentor.is_active and day >= asked_from(placement)


def is_second_part_of(sign_off: SignOff, party: Party, person: Person | None) -> bool:
    """True where a person who signs in one part is already somebody in another: then another has to except her."""
    if person is None:
        return False
    if party is Party.STUDY_TEAM:
        return person.id == sign_off.placement.mentor_id
    return party is Party.ACADEMIC_SUPERVISOR and person.id in (sign_off.confirmer_id, sign_off.placement.mentor_id)
