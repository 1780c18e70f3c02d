"""What mentors and learners may see of sessions."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.hours import HoursCategory, HoursEntry
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import Module
from app.models.studies import Opening
from app.models.supervision import AgreedAction, SupervisionSession


def placement_of_mentor(session: Session, mentor: Person, placement_id: int) -> Placement | None:
    """The placement, if this person mentors it."""
    return session.scalar(
        select(Placement)
        .where(Placement.id == placement_id, Placement.mentor_id == mentor.id)
        .options(*placement_with_people())
    )


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


def session_seen_by(session: Session, person: Person, session_id: int) -> SupervisionSession | None:
    """The session, if the person is its learner or its mentor."""
    return _session(session, session_id, or_(Placement.learner_id == person.id, Placement.mentor_id == person.id))


def session_of_mentor(session: Session, mentor: Person, session_id: int) -> SupervisionSession | None:
    """The session, if this person mentors its placement."""
    return _session(session, session_id, Placement.mentor_id == mentor.id)


def session_of_learner(session: Session, learner: Person, session_id: int) -> SupervisionSession | None:
    """The session, if this person is its learner."""
    return _session(session, session_id, Placement.learner_id == learner.id)


def _session(session: Session, session_id: int, condition: ColumnElement[bool]) -> SupervisionSession | None:
    return session.scalar(
        select(SupervisionSession)
        .join(SupervisionSession.placement)
        .where(SupervisionSession.id == session_id, condition)
        .options(
            selectinload(SupervisionSession.actions),
            joinedload(SupervisionSession.placement).options(*placement_with_people()),
        )
    )


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
