"""Whose progress reviews a person reaches, and which wait for her."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from app.models.course.progress_reviews import ProgressReview, ProgressReviewState, ReviewPlan
from app.models.operations.state_changes import StateChange
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Programme
from app.platform.lifecycle import of_subject
from app.progress_reviews.moves import REOPENED
from app.rules.academic.reach import reaches_placement
from app.rules.agreements.parts import is_read_by
from app.rules.course.risk_conditions import conditions, is_watched
from app.rules.course.risks import Risk
from app.rules.progress_reviews.conditions import is_overdue_at_the_end, is_signed_by_both
from app.rules.progress_reviews.dates import ASKED_AFTER_END
from app.rules.progress_reviews.kind import all_of_a_review, all_of_their_placements


def placement_read(session: Session, person: Person, placement_id: int) -> Placement | None:
    """The placement, if the person is its learner or its mentor, or at the learner's university."""
    statement = select(Placement).where(Placement.id == placement_id, is_read_by(person))
    return session.scalar(statement.options(*all_of_their_placements()))


def placements_seen_by(person: Person, today: date, *, only_overdue: bool) -> Select[Placement]:
    """Hers and those of learners of her university that have begun; those that began last come first."""
    began = Placement.starts_on <= today, Placement.starts_on <= Placement.ends_on
    overdue = (is_overdue(today),) if only_overdue else ()
    return (
        select(Placement)
        .where(is_read_by(person), *began, *overdue)
        .options(*all_of_their_placements())
        .order_by(Placement.starts_on.desc(), Placement.id.desc())
    )


def is_overdue(today: date) -> ColumnElement[bool]:
    """True of placements with a review that was not held in time, on the way or at the end."""
    on_the_way = and_(is_watched(today), conditions(today)[Risk.REVIEW_OVERDUE])
    return or_(on_the_way, is_overdue_at_the_end(today))


def own_placements(session: Session, person: Person, today: date) -> Sequence[Placement]:
    """Those in which she is learner or mentor, that have begun, and did not end long ago."""
    statement = (
        select(Placement)
        .where(
            or_(Placement.learner_id == person.id, Placement.mentor_id == person.id),
            Placement.starts_on <= today,
            Placement.ends_on >= today - ASKED_AFTER_END,
        )
        .options(*all_of_their_placements())
        .order_by(Placement.starts_on, Placement.id)
    )
    return session.scalars(statement).all()


def unread_by(person: Person) -> Select[ProgressReview]:
    """What both have signed and no academic supervisor has read, at the universities where she is one."""
    ids = select(Placement.id).where(reaches_placement(person, Role.ACADEMIC_SUPERVISOR))
    return (
        select(ProgressReview)
        .where(
            ProgressReview.state == ProgressReviewState.TO_SIGN,
            ProgressReview.read_at.is_(None),
            ProgressReview.placement_id.in_(ids),
            is_signed_by_both(),
        )
        .options(*all_of_a_review(), joinedload(ProgressReview.placement).joinedload(Placement.learner))
        .order_by(ProgressReview.begun_at, ProgressReview.id)
    )


def last_reopening(session: Session, review: ProgressReview) -> StateChange | None:
    """When and why it was last given back to be written down anew."""
    of_review = (*of_subject(review), StateChange.deed == REOPENED)
    return session.scalar(select(StateChange).where(*of_review).order_by(StateChange.number.desc()).limit(1))


def programme_led(session: Session, person: Person, programme_id: int) -> Programme | None:
    """The programme, if the person leads programmes of its university."""
    is_hers = Programme.provider_id.in_(person.provider_ids(Role.PROGRAMME_LEAD))
    statement = select(Programme).where(Programme.id == programme_id, is_hers)
    return session.scalar(statement.options(joinedload(Programme.provider)))


def programmes_led(session: Session, person: Person) -> Sequence[Programme]:
    """The programmes whose dates of reviews she can set."""
    is_hers = Programme.provider_id.in_(person.provider_ids(Role.PROGRAMME_LEAD))
    return session.scalars(select(Programme).where(is_hers).order_by(Programme.title, Programme.id)).all()


def newest_plan(session: Session, programme: Programme) -> ReviewPlan | None:
    statement = select(ReviewPlan).where(ReviewPlan.programme_id == programme.id).options(joinedload(ReviewPlan.set_by))
    return session.scalar(statement.order_by(ReviewPlan.id.desc()).limit(1))
