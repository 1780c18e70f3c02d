"""What learners, mentors and universities may see of capabilities, ratings and evidence."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from app.models.course.evidence import Evidence
from app.models.hours import HoursEntry
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Enrolment, Module, Programme
from app.models.supervision import SupervisionSession
from app.rules.academic.reach import reaches_enrolment
from app.rules.course.capability_page import pieces
from app.rules.record_totals import earlier_parts

READERS = (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)


def placement_of(session: Session, person: Person, placement_id: int) -> Placement | None:
    """The placement, if the person is its learner or its mentor."""
    return session.scalar(placements(is_of(person)).where(Placement.id == placement_id))


def placement_read_by(session: Session, person: Person, placement_id: int) -> Placement | None:
    """The placement, if the person is its learner or mentor, or reads it for the university."""
    return session.scalar(placements(is_read_by(person)).where(Placement.id == placement_id))


def evidence_read_by(session: Session, person: Person, evidence_id: int) -> Evidence | None:
    """A piece of a placement that the person reads, or of an earlier part of one: evidence goes along."""
    evidence = session.scalar(pieces().where(Evidence.id == evidence_id))
    if evidence is None:
        return None
    hers = placements(is_read_by(person)).where(Placement.learner_id == evidence.placement.learner_id)
    earlier = earlier_parts(session, session.scalars(hers).all())
    is_hers = any(evidence.placement_id in (id_, *before) for id_, before in earlier.items())
    return evidence if is_hers else None


def placements(condition: ColumnElement[bool]) -> Select[Placement]:
    return (
        select(Placement)
        .where(condition)
        .options(
            joinedload(Placement.learner),
            joinedload(Placement.mentor),
            joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
        )
    )


def is_of(person: Person) -> ColumnElement[bool]:
    return or_(Placement.learner_id == person.id, Placement.mentor_id == person.id)


def is_read_by(person: Person) -> ColumnElement[bool]:
    """True of her own placements, those that she mentors, and those of learners at a university whom she reaches."""
    enrolled = (
        select(Placement.id)
        .join(Module, Module.id == Placement.module_id)
        .join(
            Enrolment, (Enrolment.learner_id == Placement.learner_id) & (Enrolment.programme_id == Module.programme_id)
        )
        .where(reaches_enrolment(person, *READERS))
    )
    return or_(is_of(person), Placement.id.in_(enrolled))


def entry_of(session: Session, part_ids: Collection[int], entry_id: int) -> HoursEntry | None:
    """An hours entry of these parts that stands."""
    wanted = HoursEntry.id == entry_id, HoursEntry.placement_id.in_(part_ids), HoursEntry.withdrawn_at.is_(None)
    return session.scalar(select(HoursEntry).where(*wanted))


def meeting_of(session: Session, part_ids: Collection[int], session_id: int) -> SupervisionSession | None:
    """A session of these parts that both have confirmed and nobody has withdrawn."""
    return session.scalar(
        select(SupervisionSession).where(
            SupervisionSession.id == session_id,
            SupervisionSession.placement_id.in_(part_ids),
            SupervisionSession.withdrawn_at.is_(None),
            SupervisionSession.confirmed_at.is_not(None),
        )
    )


def entries_to_choose(session: Session, part_ids: Collection[int], at_most: int) -> Sequence[HoursEntry]:
    """The latest hours entries that stand."""
    wanted = HoursEntry.placement_id.in_(part_ids), HoursEntry.withdrawn_at.is_(None)
    latest = select(HoursEntry).where(*wanted).order_by(HoursEntry.worked_on.desc(), HoursEntry.id.desc())
    return session.scalars(latest.limit(at_most)).all()


def meetings_to_choose(session: Session, part_ids: Collection[int], at_most: int) -> Sequence[SupervisionSession]:
    """The latest sessions that are confirmed and stand."""
    meeting = SupervisionSession
    wanted = meeting.placement_id.in_(part_ids), meeting.withdrawn_at.is_(None), meeting.confirmed_at.is_not(None)
    latest = select(meeting).where(*wanted).order_by(meeting.held_on.desc(), meeting.id.desc())
    return session.scalars(latest.limit(at_most)).all()


def evidence_with_key(session: Session, placement: Placement, form_key: str) -> Evidence | None:
    """What the same form has added before."""
    same = Evidence.placement_id == placement.id, Evidence.form_key == form_key
    return session.scalar(pieces().where(*same))
