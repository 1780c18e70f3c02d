"""Which needs of a placement are missing on a day, and which run out before it ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.models.course.readiness import COUNTS, Cover, CoverState, Need, NeedKind, NeedState
from app.models.placements import Placement
from app.models.values.spans import reach


@dataclass(frozen=True, slots=True)
class Lapse:
    """What runs out, on which last day, and whether it is an exception that does."""

    kind: NeedKind
    last_day: date
    is_exception: bool = False


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing on the day that matters, the day by which the first of it was due, and what runs out next.

    `release_until` is the last day of an employer's release that was there and was withdrawn: it is missing as well,
    and not told twice.
    """

    missing: tuple[NeedKind, ...] = ()
    due_on: date | None = None
    lapse: Lapse | None = None
    release_until: date | None = None


def missing_on(needs: Iterable[Need], day: date) -> list[NeedKind]:
    """The needs that nothing covers on a day, in the order of their kinds."""
    return [need.kind for need in in_order(needs) if not need.holds_on(day)]


def in_order(needs: Iterable[Need]) -> list[Need]:
    order = list(NeedKind)
    return sorted(needs, key=lambda need: order.index(need.kind))


def day_that_matters(placement: Placement, today: date) -> date:
    """The first day where it has not begun, else today; never after its end."""
    return min(max(today, placement.starts_on), max(placement.ends_on, placement.starts_on))


def lapses_of(needs: Iterable[Need], day: date, ends_on: date) -> list[Lapse]:
    """What holds on a day and runs out before the placement ends, the soonest first."""
    found = []
    for need in needs:
        last = reach(need.spans, day) if need.is_needed else None
        if last is not None and last < ends_on:
            exception = need.exception_on(last)
            found.append(Lapse(need.kind, last, exception is not None))
    return sorted(found, key=lambda lapse: (lapse.last_day, lapse.kind.value))


def lack_of(needs: Sequence[Need], placement_days: tuple[date, date], today: date) -> Lack:
    """What one placement lacks; `placement_days` are its first and last day."""
    first, last = placement_days
    day = max(today, first)
    absent = [need for need in in_order(needs) if not need.holds_on(day)]
    until = release_until(absent)
    missing = [need for need in absent if until is None or need.kind is not NeedKind.RELEASE]
    lapses = lapses_of(needs, day, last)
    return Lack(
        tuple(need.kind for need in missing),
        min((need.due_on for need in missing), default=None),
        lapses[0] if lapses else None,
        until,
    )


def release_until(missing: Iterable[Need]) -> date | None:
    """Until when there was a release that somebody has ended since, among what is missing."""
    covers = (cover for need in missing if need.kind is NeedKind.RELEASE for cover in need.covers)
    ended = (cover.until_on for cover in covers if cover.state is CoverState.ENDED and cover.until_on)
    return max(ended, default=None)


def needs_of(session: Session, placement: Placement) -> list[Need]:
    """The list of a placement, with what covers each need; empty for one that was agreed before there were lists."""
    statement = select(Need).where(Need.placement_id == placement.id).options(*with_covers())
    return in_order(session.scalars(statement))


def with_covers() -> tuple[Any, ...]:
    return (selectinload(Need.covers).joinedload(Cover.entered_by), joinedload(Need.placement))


def lacks_in(session: Session, today: date, *conditions: ColumnElement[bool]) -> dict[int, Lack]:
    """What the placements of which the conditions are true lack; those that lack nothing are left out.

    The database picks the needs that nothing covers to the end, so that the many that are in order cost nothing.
    """
    statement = (
        select(Need, Placement.starts_on, Placement.ends_on)
        .join(Placement, Placement.id == Need.placement_id)
        .where(Need.state == NeedState.NEEDED, ~is_covered_to_the_end(today), *conditions)
        .options(selectinload(Need.covers))
    )
    by_placement: dict[int, tuple[list[Need], tuple[date, date]]] = {}
    for need, first, last in session.execute(statement):
        by_placement.setdefault(need.placement_id, ([], (first, last)))[0].append(need)
    found = {id_: lack_of(needs, days, today) for id_, (needs, days) in by_placement.items()}
    return {id_: lack for id_, lack in found.items() if lack.missing or lack.lapse or lack.release_until}


def is_covered_to_the_end(today: date) -> ColumnElement[bool]:
    """True of needs that one cover holds from the day that matters until the placement ends."""
    cover = aliased(Cover)
    return exists().where(
        cover.need_id == Need.id,
        cover.state.in_(COUNTS),
        or_(cover.from_on <= today, cover.from_on <= Placement.starts_on),
        or_(cover.until_on.is_(None), cover.until_on >= Placement.ends_on),
    )
