"""Which reviews are overdue or signed, as conditions of the database; the rule itself is `dates`."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from app.models.course.progress_reviews import ProgressReview, ProgressReviewState, ReviewKind, ReviewPlan
from app.models.operations.parties import Party
from app.models.operations.signatures import Signature
from app.models.placements import Outcome, Placement
from app.models.programmes import Module
from app.models.values.sql_functions import days_between
from app.rules.progress_reviews.dates import ASKED_AFTER_END, OPEN_DAYS, from_then_on, last_kind
from app.rules.progress_reviews.days import days_without_pauses

Condition = ColumnElement[bool]
SIGNERS = (Party.LEARNER, Party.MENTOR)


def is_overdue_on_the_way(today: date) -> Condition:
    """True of a placement that runs, and has not held in time the initial or the middle review whose turn it is."""
    passed, length = (
        days_without_pauses(Placement.starts_on, literal(today)),
        days_without_pauses(Placement.starts_on, Placement.ends_on),
    )
    is_long = length >= ReviewPlan.short_weeks * 7
    half_is_past = passed * 2 > length
    middle = and_(is_long, half_is_past, ~has_signed(from_then_on(ReviewKind.MIDDLE)))
    initial = and_(
        or_(passed > ReviewPlan.initial_weeks * 7, half_is_past),
        ~and_(is_long, (passed + OPEN_DAYS) * 2 > length),
        ~has_signed(from_then_on(ReviewKind.INITIAL)),
    )
    before_the_final = days_between(literal(today), Placement.ends_on) > ReviewPlan.final_weeks * 7
    return is_planned(before_the_final, or_(middle, initial))


def is_overdue_at_the_end(today: date) -> Condition:
    """True of a placement that ended, not long ago, without its last review; as `asked_on`, it is then forgotten."""
    ended = Placement.ends_on < today, Placement.ends_on >= today - ASKED_AFTER_END
    began = Placement.starts_on <= Placement.ends_on
    breaks_off = [one for one in Outcome if last_kind(one) is ReviewKind.CLOSING]
    is_closing = and_(Placement.outcome.is_not(None), Placement.outcome.in_(breaks_off))
    missing = or_(
        and_(is_closing, ~has_signed([ReviewKind.CLOSING])),
        and_(~is_closing, ~has_signed(from_then_on(ReviewKind.FINAL))),
    )
    return and_(*ended, began, missing, is_planned())


def is_planned(*conditions: Condition) -> Condition:
    """True where a programme asks for the reviews of a placement, and its plan is like that."""
    newest, module = aliased(ReviewPlan), aliased(Module)
    covering = (
        select(func.max(newest.id))
        .join(module, module.programme_id == newest.programme_id)
        .where(module.id == Placement.module_id, newest.from_on <= Placement.starts_on)
        .correlate(Placement)
        .scalar_subquery()
    )
    plan = select(ReviewPlan.id).where(ReviewPlan.id == covering, ReviewPlan.is_asked, *conditions)
    return plan.correlate(Placement).exists()


def has_signed(kinds: Iterable[ReviewKind]) -> Condition:
    """True where both have signed one of these reviews."""
    review = select(ProgressReview.id).where(
        ProgressReview.placement_id == Placement.id, ProgressReview.kind.in_(list(kinds))
    )
    return review.where(is_signed_by_both()).correlate(Placement).exists()


def is_signed_by_both() -> Condition:
    return and_(*(is_signed_as(party) for party in SIGNERS))


def is_signed_as(party: Party) -> Condition:
    return (
        exists()
        .where(
            ProgressReview.state == ProgressReviewState.TO_SIGN,
            Signature.subject_type == ProgressReview.__name__,
            Signature.subject_id == ProgressReview.id,
            Signature.party == party.value,
            Signature.voided_at.is_(None),
        )
        .correlate(ProgressReview)
    )
