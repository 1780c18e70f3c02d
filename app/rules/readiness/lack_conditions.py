"""What placements lack, as conditions of the database on `Placement`; the rule itself is in `missing`."""

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from app.models.course.readiness import COUNTS, Cover, CoverState, Need, NeedKind, NeedState
from app.models.placements import Placement
from app.models.values.sql_functions import days_between

Condition = ColumnElement[bool]


def is_missing_in_time(today: date) -> Condition:
    """True where nothing covers a need on the day that matters, and it is due or the placement has begun.

    A release that was withdrawn is a reason of its own.
    """
    is_time = or_(Placement.starts_on <= today, Need.due_on <= today)
    return needs(~is_held(today), is_time, ~is_ended_release())


def release_is_withdrawn(today: date) -> Condition:
    """True where the employer's release was there, was ended, and nothing covers it on the day that matters."""
    return needs(is_ended_release(), ~is_held(today))


def is_ended_release() -> Condition:
    """True of a need for a release where one was there and was ended."""
    cover = aliased(Cover)
    ended = exists().where(cover.need_id == Need.id, cover.state == CoverState.ENDED, cover.until_on.is_not(None))
    return and_(Need.kind == NeedKind.RELEASE, ended.correlate_except(cover))


def runs_out(today: date) -> Condition:
    """True where a need holds on the day that matters, and later there is a gap before the placement ends."""
    return needs(is_held(today), has_gap_ahead(today))


def needs(*conditions: Condition) -> Condition:
    needed = Need.placement_id == Placement.id, Need.state == NeedState.NEEDED
    return select(Need.id).where(*needed, *conditions).correlate(Placement).exists()


def is_held(today: date) -> Condition:
    """True of a need that is covered today, or on the first day where the placement has not begun."""
    cover = aliased(Cover)
    has_begun = or_(cover.from_on <= today, cover.from_on <= Placement.starts_on)
    lasts = or_(cover.until_on.is_(None), and_(cover.until_on >= today, cover.until_on >= Placement.starts_on))
    held = exists().where(cover.need_id == Need.id, cover.state.in_(COUNTS), has_begun, lasts)
    return held.correlate_except(cover)


def has_gap_ahead(today: date) -> Condition:
    """True where a cover ends from then on, before the placement does, and none has the day after."""
    cover, follows = aliased(Cover), aliased(Cover)
    goes_on = (
        exists()
        .where(
            follows.need_id == Need.id,
            follows.state.in_(COUNTS),
            days_between(cover.until_on, follows.from_on) <= 1,
            or_(follows.until_on.is_(None), follows.until_on > cover.until_on),
        )
        .correlate_except(follows)
    )
    gap = exists().where(
        cover.need_id == Need.id,
        cover.state.in_(COUNTS),
        cover.until_on >= today,
        cover.until_on >= Placement.starts_on,
        cover.until_on < Placement.ends_on,
        ~goes_on,
    )
    return gap.correlate_except(cover)
