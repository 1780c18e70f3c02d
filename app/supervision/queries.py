"""What mentors and learners may see of sessions."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, CompoundSelect, false, or_, select, union_all
from sqlalchemy.orm import Session, aliased, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.hours import HoursCategory, HoursEntry
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Module
from app.models.studies import Opening
from app.models.supervision import AgreedAction, SupervisionSession
from app.rules.course.deputies import ids_stood_in, stands_in


def placement_of(session: Session, person: Person, placement_id: int, today: date) -> Placement | None:
    """The placement, if the person is its learner or its mentor, or stands in for the mentor today."""
    hers = (Placement.id == placement_id, is_between(person, today))
    return session.scalar(select(Placement).where(*hers).options(*placement_with_people()))


def placements_of_mentor(session: Session, mentor: Person) -> Sequence[Placement]:
    """All that this person mentors or has mentored, by learner's name."""
    return session.scalars(
        select(Placement)
        .join(Placement.learner)
        .where(Placement.mentor_id == mentor.id)
        .options(*placement_with_people(), joinedload(Placement.module).joinedload(Module.programme))
        .order_by(Person.name, Placement.id)
    ).all()


def placement_with_people() -> tuple[_AbstractLoad, ...]:
    return (
        joinedload(Placement.learner),
        joinedload(Placement.mentor),
        joinedload(Placement.opening).joinedload(Opening.study),
        selectinload(Placement.pauses),
    )


def placements_stood_in(session: Session, person: Person, today: date) -> Sequence[Placement]:
    """Those in which the person stands in for the mentor today, by learner's name."""
    return session.scalars(
        select(Placement)
        .join(Placement.learner)
        .where(stands_in(person, today))
        .options(*placement_with_people())
        .order_by(Person.name, Placement.id)
    ).all()


def is_between(person: Person, today: date) -> ColumnElement[bool]:
    """That somebody is learner or mentor of a placement, or stands in for the mentor today.

    Who mentors no longer is no mentor of it either.
    """
    return Placement.id.in_(ids_between(person, today))


def ids_between(person: Person, today: date) -> CompoundSelect[int]:
    """The ids of those placements: each part has an index, which no database uses where they are joined by OR."""
    its = aliased(Placement)
    as_learner = select(its.id).where(its.learner_id == person.id)
    as_mentor = select(its.id).where(its.mentor_id == person.id if Role.MENTOR in person.roles else false())
    return union_all(as_learner, as_mentor, ids_stood_in(person, today))


def session_seen_by(session: Session, person: Person, session_id: int, today: date) -> SupervisionSession | None:
    """The session, if the person is its learner or its mentor, stands in for the mentor today, or wrote it down.

    Who mentors no longer reaches none of those any more.
    """
    wrote_it = SupervisionSession.logged_by_id == person.id if Role.MENTOR in person.roles else false()
    is_hers = or_(is_between(person, today), wrote_it)
    return session.scalar(
        select(SupervisionSession)
        .join(SupervisionSession.placement)
        .where(SupervisionSession.id == session_id, is_hers)
        .options(
            selectinload(SupervisionSession.actions),
            *with_who_met(),
            joinedload(SupervisionSession.placement).options(*placement_with_people()),
        )
    )


def others_there(session: Session, meeting: SupervisionSession) -> list[str]:
    """The names of the other learners of a session with several, of whom nothing else is told."""
    if meeting.group_id is None:
        return []
    theirs = (SupervisionSession.group_id == meeting.group_id, SupervisionSession.withdrawn_at.is_(None))
    statement = select(Person.name).join(Placement, Placement.learner_id == Person.id)
    statement = statement.join(SupervisionSession, SupervisionSession.placement_id == Placement.id)
    return list(session.scalars(statement.where(*theirs, SupervisionSession.id != meeting.id).order_by(Person.name)))


def with_who_met() -> tuple[_AbstractLoad, ...]:
    """Who wrote a session down, who held it where the mentor did not, and who has answered."""
    people = (SupervisionSession.logged_by, SupervisionSession.deputy, SupervisionSession.answered_by)
    return tuple(map(joinedload, people))


def open_actions(
    session: Session, placement: Placement, but_of: SupervisionSession | None = None
) -> list[AgreedAction]:
    """What was agreed in earlier sessions and is not done yet, oldest first; `but_of` leaves one session out."""
    statement = (
        select(AgreedAction)
        .join(AgreedAction.session)
        .where(
            SupervisionSession.placement_id == placement.id,
            SupervisionSession.withdrawn_at.is_(None),
            AgreedAction.done_on.is_(None),
        )
        .order_by(AgreedAction.id)
    )
    if but_of is not None:
        statement = statement.where(SupervisionSession.id != but_of.id)
    return list(session.scalars(statement))


def correction_of(session: Session, meeting: SupervisionSession) -> SupervisionSession | None:
    """The session that takes the place of a withdrawn one."""
    return session.scalar(select(SupervisionSession).where(SupervisionSession.corrects_id == meeting.id))


def latest_version(session: Session, meeting: SupervisionSession) -> SupervisionSession:
    """What a session became through corrections: the last version, which stands unless it was withdrawn."""
    after = correction_of(session, meeting)
    return latest_version(session, after) if after else meeting


def other_sessions_on(session: Session, learner: Person, day: date) -> list[SupervisionSession]:
    """What stands on a learner's record as sessions of a day, with any mentor of hers, the latest first."""
    return list(
        session.scalars(
            select(SupervisionSession)
            .join(SupervisionSession.placement)
            .where(
                Placement.learner_id == learner.id,
                SupervisionSession.held_on == day,
                SupervisionSession.withdrawn_at.is_(None),
            )
            .order_by(SupervisionSession.id.desc())
        )
    )


def own_supervision_on(session: Session, placement_id: int, day: date) -> list[HoursEntry]:
    """What the learner has logged herself as supervision on a day, and not withdrawn."""
    return list(
        session.scalars(
            select(HoursEntry)
            .where(
                HoursEntry.placement_id == placement_id,
                HoursEntry.worked_on == day,
                HoursEntry.category == HoursCategory.SUPERVISION,
                HoursEntry.withdrawn_at.is_(None),
            )
            .order_by(HoursEntry.id)
        )
    )
