"""What waits for an academic supervisor about each of her learners: to sign, to read, to decide."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.models.academic.supervisors import SupervisorAssignment
from app.models.course.agreements import AgreementState
from app.models.course.sign_offs import SignOffState
from app.models.operations.parties import Party
from app.models.people import Person, Role
from app.models.placements import Placement
from app.progress.standing import LearnerStanding
from app.rules.agreements.kind import agreed_of
from app.rules.progress_reviews.kind import reviews_of
from app.rules.sign_offs.standing import sign_offs_of

SUPERVISOR = Party.ACADEMIC_SUPERVISOR


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do, verb first, and where it is done."""

    text: str
    endpoint: str
    values: Mapping[str, Any]


def waiting_for(
    session: Session,
    person: Person,
    standings: Iterable[LearnerStanding],
    assigned: Mapping[int, SupervisorAssignment],
) -> dict[int, list[Waiting]]:
    """By enrolment, of the latest placement of each learner whom this person supervises, or could while nobody does."""
    hers = {one.enrolment.id: one.placement for one in standings if is_hers(person, one, assigned)}
    placements = [one for one in hers.values() if one is not None]
    if not placements:
        return {}
    waiting = by_placement(session, placements)
    return {id_: waiting[one.id] for id_, one in hers.items() if one is not None and waiting[one.id]}


def is_hers(person: Person, one: LearnerStanding, assigned: Mapping[int, SupervisorAssignment]) -> bool:
    """True where she can do a supervisor's part: she is neither of the two, and it is nobody else's."""
    own, placement = assigned.get(one.enrolment.id), one.placement
    supervises = one.enrolment.programme.provider_id in person.provider_ids(Role.ACADEMIC_SUPERVISOR)
    is_of_the_two = placement is not None and person.id in (placement.learner_id, placement.mentor_id)
    return supervises and not is_of_the_two and (own is None or own.supervisor_id == person.id)


def by_placement(session: Session, placements: Sequence[Placement]) -> dict[int, list[Waiting]]:
    """The number of queries does not grow with the placements."""
    agreed, reviews = agreed_of(session, placements), reviews_of(session, placements)
    sign_offs = sign_offs_of(session, placements)
    found: dict[int, list[Waiting]] = {one.id: [] for one in placements}
    for placement in placements:
        here: dict[str, Any] = {"placement_id": placement.id}
        agreement, standing = agreed.get(placement.id, (None, None))
        to_sign = agreement is not None and agreement.state is AgreementState.TO_SIGN
        if to_sign and standing is not None and SUPERVISOR in standing.missing:
            found[placement.id].append(Waiting("Sign the learning agreement", "agreements.show", here))
        of_it = reviews.get(placement.id)
        for kind, review in of_it.reviews.items() if of_it else ():
            if of_it and of_it.is_signed(kind) and review.read_at is None:
                values = {**here, "review_kind": kind.value}
                found[placement.id].append(Waiting(f"Read the {kind.name_in_words}", "progress_reviews.show", values))
        latest = sign_offs.get(placement.id)
        if latest and latest.sign_off.state is SignOffState.OPEN and latest.standing.missing == (SUPERVISOR,):
            found[placement.id].append(Waiting("Decide the sign-off", "sign_offs.show", here))
    return found
