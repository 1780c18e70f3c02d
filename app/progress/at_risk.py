"""Which learners of a university are in a placement, and which are at risk there or with their dissertation."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.models.academic.dissertations import Dissertation
from app.models.people import Person
from app.models.placements import Placement, PlacementState
from app.models.programmes import Enrolment, Module
from app.phrasebook.of_programmes.dissertations import overdue_in_words
from app.phrasebook.risks import risks_in_words
from app.progress.queries import READERS, is_seen_by
from app.rules.course.courses import risks_by_placement
from app.rules.course.risk_conditions import is_at_risk
from app.rules.dissertations.late import is_late, overdue_by_enrolment


def at_risk_of(session: Session, person: Person, today: date) -> Sequence[Row[int, int, str]]:
    """The enrolments that the person reaches whose latest placement is at risk, by the learner's name: the id of
    each, that of the placement, and the name.
    """
    columns = (Enrolment.id.label("enrolment_id"), Placement.id.label("placement_id"), Person.name)
    found: Sequence[Row[int, int, str]] = session.execute(
        of_placements(person, *columns)
        .join(Person, Person.id == Placement.learner_id)
        .where(is_at_risk(today), is_latest())
        .order_by(Person.folded_name, Enrolment.id)
    ).all()
    return found


def number_running(session: Session, person: Person, today: date) -> int:
    """How many learners whom the person reaches are in a placement that runs."""
    runs = Placement.state == PlacementState.ACTIVE, Placement.starts_on <= today, Placement.ends_on >= today
    return session.scalar(of_placements(person, func.count()).where(*runs, is_latest())) or 0


def reasons_by_placement(session: Session, today: date, *wanted: ColumnElement[bool]) -> dict[int, list[str]]:
    """Why placements are at risk, as sentences; those that are not are left out."""
    risks = risks_by_placement(session, today, *wanted)
    return {id_: risks_in_words(found, today) for id_, found in risks.items()}


def late_ids(session: Session, person: Person, today: date) -> set[int]:
    """The enrolments that the person reaches whose dissertation is late."""
    late = select(Enrolment.id).join(Dissertation, Dissertation.enrolment_id == Enrolment.id)
    return set(session.scalars(late.where(is_late(today), is_seen_by(person, *READERS))))


def late_of(session: Session, person: Person, today: date) -> dict[int, str]:
    """Why the dissertations of learners whom the person reaches are late, by the ids of their enrolments."""
    late = overdue_by_enrolment(session, today, is_seen_by(person, *READERS))
    return {id_: overdue_in_words(milestone) for id_, milestone in late.items()}


def reasons_of_all(session: Session, person: Person, today: date) -> dict[int, list[str]]:
    """Why enrolments that the person reaches are at risk, by their ids."""
    reasons = reasons_by_placement(session, today, Placement.id.in_(of_placements(person, Placement.id)))
    at_risk = at_risk_of(session, person, today)
    found = {row.enrolment_id: reasons[row.placement_id] for row in at_risk if row.placement_id in reasons}
    return with_late(found, late_of(session, person, today))


def with_late(reasons: Mapping[int, Sequence[str]], late: Mapping[int, str]) -> dict[int, list[str]]:
    """Reasons by enrolment with those of dissertations, which come last."""
    ids = dict.fromkeys([*reasons, *late])
    return {id_: [*reasons.get(id_, ()), *([late[id_]] if id_ in late else ())] for id_ in ids}


def reasons_about(session: Session, enrolment_id: int, placement: Placement | None, today: date) -> list[str]:
    """Why one enrolment is at risk, as sentences, by its latest placement and its dissertation."""
    reasons = reasons_by_placement(session, today, Placement.id == placement.id) if placement else {}
    late = overdue_by_enrolment(session, today, Enrolment.id == enrolment_id)
    return [one for found in reasons.values() for one in found] + [*map(overdue_in_words, late.values())]


def is_latest() -> ColumnElement[bool]:
    """True of a placement after which no other of the same enrolment begins; needs the module joined."""
    later, its_module = aliased(Placement), aliased(Module)
    others = select(later.id).join(its_module, its_module.id == later.module_id)
    begins_later = or_(
        later.starts_on > Placement.starts_on, and_(later.starts_on == Placement.starts_on, later.id > Placement.id)
    )
    same_enrolment = later.learner_id == Placement.learner_id, its_module.programme_id == Module.programme_id
    return ~others.where(*same_enrolment, begins_later).correlate(Placement, Module).exists()


def of_placements(person: Person, *columns: Any) -> Any:
    """Columns of the placements within enrolments that the person reaches."""
    return (
        select(*columns)
        .select_from(Placement)
        .join(Module, Module.id == Placement.module_id)
        .join(
            Enrolment,
            (Enrolment.learner_id == Placement.learner_id) & (Enrolment.programme_id == Module.programme_id),
        )
        .where(is_seen_by(person, *READERS))
    )
