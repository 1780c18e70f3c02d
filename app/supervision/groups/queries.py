"""Which learners a mentor can meet together, and the meetings that she wrote down."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, select, union_all
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


def group_of(session: Session, maker: Person, group_id: int) -> GroupMeeting | None:
    """The meeting, if she wrote it down: nobody else sees what all its learners answered."""
    took_place = exists().where(SupervisionSession.group_id == GroupMeeting.id)
    hers = (GroupMeeting.id == group_id, GroupMeeting.made_by_id == maker.id, took_place)
    return session.scalar(select(GroupMeeting).where(*hers))


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
