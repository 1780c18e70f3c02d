"""Which reasons of risk somebody has put aside until a day: they come back by themselves, and when they get worse."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from app.models.course.acknowledged import Acknowledgement
from app.models.course.progress_reviews import ReviewKind
from app.models.placements import Placement
from app.rules.course.courses import risks_by_placement
from app.rules.course.risk_conditions import Kinds, kinds_by_placement
from app.rules.course.risks import AtRisk, Risk

# What a reason may grow by itself without being worse: weeks without a session, hours below the line.
GROWS_BY = {Risk.NO_SESSION: 3, Risk.BEHIND: 9}
BEGUN = 100  # what is missing weighs more once the placement has begun
Acknowledged = Mapping[int, Mapping[Risk, Acknowledgement]]


def badness_of(one: AtRisk, today: date) -> int:
    """How bad a reason is: of two of one kind about one placement the larger is worse."""
    if one.risk is Risk.NO_SESSION:
        return one.weeks
    if one.risk is Risk.BEHIND and one.workplace:
        return max(one.workplace.line_minutes(today) - one.workplace.minutes, 0) // 60
    if one.risk is Risk.NOT_READY and one.lack and one.day:
        return len(one.lack.missing) + (BEGUN if one.day <= today else 0)
    if one.risk is Risk.NO_EVIDENCE:
        return one.number
    if one.risk is Risk.REVIEW_OVERDUE and one.review:
        return list(ReviewKind).index(one.review)
    return -one.day.toordinal() if one.day else 0  # the sooner, the worse


def is_put_aside(one: AtRisk, acknowledgement: Acknowledgement, today: date) -> bool:
    """True until its last day, while the reason is no worse than it was then."""
    if acknowledgement.ended_at is not None or today > acknowledgement.until_on:
        return False
    return badness_of(one, today) <= acknowledgement.badness + GROWS_BY.get(one.risk, 0)


def apart(
    risks: Iterable[AtRisk], acknowledged: Mapping[Risk, Acknowledgement], today: date
) -> tuple[list[AtRisk], list[tuple[AtRisk, Acknowledgement]]]:
    """The reasons that need somebody, and those that are put aside, each with who did it."""
    needing: list[AtRisk] = []
    aside: list[tuple[AtRisk, Acknowledgement]] = []
    for one in risks:
        known = acknowledged.get(one.risk)
        if known is not None and is_put_aside(one, known, today):
            aside.append((one, known))
        else:
            needing.append(one)
    return needing, aside


def acknowledged_of(
    session: Session, today: date, *wanted: ColumnElement[bool]
) -> dict[int, dict[Risk, Acknowledgement]]:
    """The newest about each reason, where it can still count, of the placements wanted; one query."""
    newest = select(func.max(Acknowledgement.id)).group_by(Acknowledgement.placement_id, Acknowledgement.risk)
    statement = (
        select(Acknowledgement)
        .join(Acknowledgement.placement)
        .where(
            Acknowledgement.id.in_(newest),
            Acknowledgement.until_on >= today,
            Acknowledgement.ended_at.is_(None),
            *wanted,
        )
        .options(joinedload(Acknowledgement.by))
    )
    found: dict[int, dict[Risk, Acknowledgement]] = {}
    for one in session.scalars(statement):
        found.setdefault(one.placement_id, {})[Risk[one.risk]] = one
    return found


def kinds_apart(session: Session, today: date, *wanted: ColumnElement[bool]) -> tuple[Kinds, Kinds]:
    """The risks of placements by kind: those that need somebody, and those that are put aside.

    The database finds them; only of placements about which somebody has said something are the facts read.
    """
    kinds = kinds_by_placement(session, today, *wanted)
    acknowledged = acknowledged_of(session, today, *wanted)
    known = sorted(acknowledged.keys() & kinds.keys())
    facts = risks_by_placement(session, today, Placement.id.in_(known)) if known else {}
    aside = {id_: tuple(one.risk for one, _ in apart(facts.get(id_, ()), acknowledged[id_], today)[1]) for id_ in known}
    needing = {id_: tuple(one for one in found if one not in aside.get(id_, ())) for id_, found in kinds.items()}
    return with_any(needing), with_any(aside)


def needing_nobody(session: Session, today: date, *wanted: ColumnElement[bool]) -> frozenset[int]:
    """The placements wanted of which every reason is put aside; one query where nobody has put anything aside."""
    acknowledged = acknowledged_of(session, today, *wanted)
    if not acknowledged:
        return frozenset()
    facts = risks_by_placement(session, today, Placement.id.in_(sorted(acknowledged)))
    return frozenset(id_ for id_, risks in facts.items() if not apart(risks, acknowledged[id_], today)[0])


def with_any(kinds: Mapping[int, Sequence[Risk]]) -> Kinds:
    return {id_: tuple(found) for id_, found in kinds.items() if found}
