"""Which learners a mentor can meet together, and the meetings that she wrote down."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select, union_all
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.models.meetings.groups import GroupMeeting
from app.models.people import Person
from app.models.placements import Placement
from app.models.supervision import AgreedAction, SupervisionSession
from app.rules.course.deputies import ids_stood_in
from app.supervision.queries import placement_with_people, with_who_met


def placements_to_meet(session: Session, person: Person, today: date) -> Sequence[Placement]:
    """Placements that run, which she mentors or in which she stands in today, by learner's name."""
    its = aliased(Placement)
    mentored = select(its.id).where(its.mentor_id == person.id)
    is_hers = Placement.id.in_(union_all(mentored, ids_stood_in(person, today)))
    return session.scalars(
        select(Placement)
        .join(Placement.learner)
        .where(is_hers, Placement.is_current_on(today), Placement.starts_on <= today)
        .options(*placement_with_people())
        .order_by(Person.name, Placement.id)
    ).all()


def group_of(session: Session, person: Person, group_id: int) -> GroupMeeting | None:
    """The meeting, if she wrote it down, or is the mentor of every learner in it: a deputy may have held it for her.

    Nobody else sees what all its learners answered.
    """
    its_sessions = select(SupervisionSession.id).where(SupervisionSession.group_id == GroupMeeting.id)
    of_others = its_sessions.join(SupervisionSession.placement).where(Placement.mentor_id != person.id)
    hers = or_(GroupMeeting.made_by_id == person.id, ~of_others.exists())
    return session.scalar(select(GroupMeeting).where(GroupMeeting.id == group_id, its_sessions.exists(), hers))


def sessions_of_group(session: Session, group: GroupMeeting) -> Sequence[SupervisionSession]:
    """The session of each learner, those that were withdrawn too, by learner's name."""
    return session.scalars(
        select(SupervisionSession)
        .join(SupervisionSession.placement)
        .join(Placement.learner)
        .where(SupervisionSession.group_id == group.id)
        .options(
            selectinload(SupervisionSession.actions),
            *with_who_met(),
            joinedload(SupervisionSession.placement).options(*placement_with_people()),
        )
        .order_by(Person.name, SupervisionSession.id)
    ).all()


def open_actions_with(session: Session, placements: Sequence[Placement]) -> Sequence[AgreedAction]:
    """What was agreed with each of these learners and is not done yet, by placement, the oldest first."""
    return session.scalars(
        select(AgreedAction)
        .join(AgreedAction.session)
        .where(
            SupervisionSession.placement_id.in_([one.id for one in placements]),
            SupervisionSession.withdrawn_at.is_(None),
            AgreedAction.done_on.is_(None),
        )
        .options(
            joinedload(AgreedAction.session).joinedload(SupervisionSession.placement).joinedload(Placement.learner)
        )
        .order_by(SupervisionSession.placement_id, AgreedAction.id)
    ).all()
