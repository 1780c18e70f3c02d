"""What time does to needs: owners are reminded, the first day comes without something, something runs out."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, Select, case, exists, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.language.working_days import working_day_after
from app.models.course.readiness import COUNTS, Cover, CoverState, Need, NeedState
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.studies import Opening
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.reminding.instead import remind_or_leave_to_digest
from app.readiness import mails
from app.readiness.telling import everybody
from app.rules.readiness.missing import Lapse
from app.rules.readiness.parts import OWNER, doer_of

REMINDED_BEFORE = 5  # working days before it is due
TOLD_BEFORE = 2  # working days before the first day
NOTICE = timedelta(days=30)  # before evidence runs out
AT_ONCE = 100  # in one transaction; the next look takes the next ones
A_DAY = timedelta(days=1)


ListAddress = Callable[[int], str]  # where what a placement needs is listed, by its id


def remind_owners(session: Session, occasion: Occasion, address_of: ListAddress) -> int:
    """Remind whoever sees to needs that are soon due, once for each need; return how many needs."""
    needs = taken(session, due_soon(occasion.today))
    for (placement, owner), group in groupby(needs, key=lambda need: (need.placement, owner_in(need))):
        hers = list(group)
        mail = mails.reminder(owner, placement, hers, address_of(placement.id))
        remind_or_leave_to_digest(session, owner, mail, min(need.due_on for need in hers), occasion.now)
        for need in hers:
            need.reminded_at = occasion.now
            record(session, None, "reminded of what a placement needs", need, now=occasion.now)
    return len(needs)


def owner_in(need: Need) -> Person:
    return need.placement.mentor if doer_of(need) is Role.MENTOR else need.placement.learner


def tell_of_missing(session: Session, occasion: Occasion, address_of: ListAddress) -> int:
    """Mail everybody whose placement starts, or should have, without something; once for each need."""
    needs = taken(session, missing_at_the_start(occasion.today))
    for placement, group in groupby(needs, key=lambda need: need.placement):
        missing = list(group)
        for reader in everybody(session, placement):
            if reader.is_active:
                mail = mails.missing(reader, placement, missing, occasion.today, address_of(placement.id))
                queue_message(session, reader.email, mail, occasion.now)
        for need in missing:
            need.missing_told_at = occasion.now
            record(session, None, "told that a placement cannot start", need, now=occasion.now)
    return len(needs)


def tell_of_lapses(session: Session, occasion: Occasion, address_of: ListAddress) -> int:
    """Mail those whom it concerns that something runs out before the placement ends; once for each entry."""
    covers = session.scalars(
        running_out(occasion.today).order_by(Cover.id).limit(AT_ONCE).with_for_update(of=Cover, skip_locked=True)
    ).all()
    for cover in covers:
        cover.told_at = occasion.now
        if not goes_on(cover):
            tell_of_lapse(session, cover, occasion, address_of(cover.need.placement_id))
    return len(covers)


def goes_on(cover: Cover) -> bool:
    """True where something else holds on the day after, or waits to be checked."""
    assert cover.until_on is not None
    return cover.need.holds_on(cover.until_on + A_DAY) or cover.need.waiting is not None


def tell_of_lapse(session: Session, cover: Cover, occasion: Occasion, address: str) -> None:
    """Of an exception everybody hears; of what lapses by itself, whoever sees to it is reminded."""
    placement, need = cover.need.placement, cover.need
    assert cover.until_on is not None
    lapse = Lapse(need.kind, cover.until_on, cover.is_exception)
    if cover.is_exception:
        for reader in everybody(session, placement):
            if reader.is_active:
                mail = mails.exception_ends(reader, placement, lapse, address)
                queue_message(session, reader.email, mail, occasion.now)
    else:
        owner = placement.mentor if OWNER[need.kind] is Role.MENTOR else placement.learner
        remind_or_leave_to_digest(
            session, owner, mails.lapses(owner, placement, lapse, address), lapse.last_day, occasion.now
        )
    record(session, None, "told that something runs out", cover, now=occasion.now)


def taken(session: Session, wanted: Select[Need]) -> Sequence[Need]:
    """Some of the needs, held so that no other worker takes them too; those of one owner stand together."""
    ordered = wanted.order_by(Need.placement_id, Need.kind).limit(AT_ONCE)
    rows = session.scalars(ordered.with_for_update(of=Need, skip_locked=True)).all()
    return sorted(rows, key=lambda need: (need.placement_id, doer_of(need).value, need.due_on))


def due_soon(today: date) -> Select[Need]:
    waits = exists().where(Cover.need_id == Need.id, Cover.state == CoverState.TO_CHECK)
    return open_needs(today).where(
        Need.reminded_at.is_(None), Need.due_on <= working_day_after(today, REMINDED_BEFORE), ~waits
    )


def missing_at_the_start(today: date) -> Select[Need]:
    return open_needs(today).where(
        Need.missing_told_at.is_(None), Placement.starts_on <= working_day_after(today, TOLD_BEFORE)
    )


def open_needs(today: date) -> Select[Need]:
    """The needs of placements that run or are to begin, which nothing covers on the first day, or today."""
    day = case((Placement.starts_on > today, Placement.starts_on), else_=today)
    return (
        select(Need)
        .join(Need.placement)
        .where(Need.state == NeedState.NEEDED, Placement.is_current_on(today), ~is_covered_on(day))
        .options(joinedload(Need.placement).options(*with_people()), selectinload(Need.covers))
    )


def is_covered_on(day: ColumnElement[date]) -> ColumnElement[bool]:
    cover = aliased(Cover)
    return exists().where(
        cover.need_id == Need.id,
        cover.state.in_(COUNTS),
        cover.from_on <= day,
        or_(cover.until_on.is_(None), cover.until_on >= day),
    )


def running_out(today: date) -> Select[Cover]:
    """What counts, runs out soon, before its placement ends, and nobody was told of."""
    soon = case((Cover.is_exception, working_day_after(today, REMINDED_BEFORE)), else_=today + NOTICE)
    return (
        select(Cover)
        .join(Cover.need)
        .join(Need.placement)
        .where(
            Cover.state == CoverState.GOOD,
            Cover.told_at.is_(None),
            Cover.until_on <= soon,
            Cover.until_on < Placement.ends_on,
            Need.state == NeedState.NEEDED,
            Placement.is_current_on(today),
        )
        .options(
            joinedload(Cover.need).options(
                joinedload(Need.placement).options(*with_people()), selectinload(Need.covers)
            )
        )
    )


def with_people() -> tuple[_AbstractLoad, ...]:
    return (
        joinedload(Placement.learner),
        joinedload(Placement.mentor),
        joinedload(Placement.opening).joinedload(Opening.study),
    )
