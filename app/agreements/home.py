"""What the home page says about learning agreements: one to write, to sign, or for which others are waited."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.agreements.queries import running_placements, waiting_for
from app.language.numbers import listed
from app.models.course.agreements import AgreementState, LearningAgreement
from app.models.people import Person, Role
from app.models.placements import Placement
from app.phrasebook.of_placements.agreements import waits_for
from app.rules.agreements.kind import agreements_of, standings_of
from app.rules.home_items import HomeItem, Standing, ToDo
from app.rules.signing import standing as signed

LISTED_MAX = 3
SIGN = frozenset({Role.LEARNER, Role.MENTOR, Role.ACADEMIC_SUPERVISOR})


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    if not person.roles & SIGN:
        return []
    written = to_write(session, person, today) if Role.LEARNER in person.roles else []
    return [*written, *to_sign(session, person, today)]


def to_write(session: Session, learner: Person, today: date) -> list[HomeItem]:
    """Her own: to begin, to write, or signed by her and not by others."""
    placements = running_placements(session, learner, today)
    agreements = agreements_of(session, (one.id for one in placements)) if placements else {}
    standings = standings_of(session, list(agreements.values()))
    found = []
    for placement in placements:
        agreement = agreements.get(placement.id)
        item = own_item(placement, agreement, standings[agreement.id] if agreement else None, learner)
        if item:
            found.append(item)
    return found


def own_item(
    placement: Placement, agreement: LearningAgreement | None, standing: signed.Standing | None, learner: Person
) -> HomeItem | None:
    values, mentor = {"placement_id": placement.id}, placement.mentor.name
    if agreement is None or standing is None:
        why = "What you want to learn, with which hours, and how you work together. Logging works without one."
        return ToDo(f"Write the learning agreement with {mentor}", why, "agreements.show", values)
    if agreement.state is AgreementState.DRAFT:
        change = "Change" if standing.past else "Finish"
        why = "Nobody can sign it before you give it to be signed."
        return ToDo(f"{change} the learning agreement with {mentor}", why, "agreements.show", values)
    if standing.is_complete or not standing.signed_by(learner.id):
        return None
    why = f"You have signed it. It waits for {listed(waits_for(agreement.placement, standing))}."
    return Standing(f"The learning agreement with {mentor} is to be signed", why, "agreements.show", values)


def to_sign(session: Session, person: Person, today: date) -> list[HomeItem]:
    """Each agreement that waits for her signature, or the list of them where they are many."""
    waiting = waiting_for(person, today)
    rows: Sequence[LearningAgreement] = session.scalars(waiting.limit(LISTED_MAX + 1)).all()
    if len(rows) > LISTED_MAX:
        number = session.scalar(select(func.count()).select_from(waiting.order_by(None).subquery())) or 0
        return [ToDo(f"Read and sign {number} learning agreements", "Learners wait for it.", "agreements.waiting")]
    return [item_to_sign(one, person) for one in rows]


def item_to_sign(agreement: LearningAgreement, person: Person) -> ToDo:
    placement = agreement.placement
    if placement.learner_id == person.id:
        text, why = f"Sign the learning agreement with {placement.mentor.name}", "You have given it to be signed."
    else:
        text = f"Read and sign the learning agreement of {placement.learner.name}"
        why = "Sign it, or say what should change."
    return ToDo(text, why, "agreements.show", {"placement_id": placement.id})
