"""Which verified entries are read again: those with the most marks, and others by lot."""

import enum
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, ColumnElement, SQLColumnExpression, case, cast, literal, or_, select
from sqlalchemy.orm import Session, joinedload

from app.models.hours import HoursEntry, HoursState
from app.models.operations.state_changes import StateChange
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Enrolment, Module
from app.models.values.sql_functions import days_between
from app.progress.at_risk import of_placements
from app.progress.queries import is_seen_by
from app.promises.course.hours import REOPEN, RETURN
from app.rules.doubts import ENTRY_HOURS

NUMBER = 20
LATE_DAYS = 28
PRIME = 2**31 - 1  # larger than any id


class Mark(enum.Enum):
    """Why an entry is more likely to be wrong than others, in words."""

    LONG = f"more than {ENTRY_HOURS} hours at once"
    LATE = f"written down more than {LATE_DAYS} days later"
    OBSERVED = "observed only"
    DISPUTED = "returned or reopened before"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Sample:
    """Entries of two lists, the first with the most marks first; `marks` by the id of each."""

    by_risk: Sequence[HoursEntry]
    by_lot: Sequence[HoursEntry]
    marks: Mapping[int, Sequence[Mark]]


def sample_of(session: Session, person: Person, seed: str) -> Sample:
    """The sample of the verified entries at a person's universities; the same seed over the same entries draws the
    same. Three queries.
    """
    conditions = conditions_of_marks()
    bits = sum((case((true, 1 << at), else_=0) for at, true in enumerate(conditions.values())), literal(0))
    number = sum((case((true, 1), else_=0) for true in conditions.values()), literal(0))
    drawn: tuple[SQLColumnExpression[int], ...] = (lot(seed), HoursEntry.id)
    risky = ids_with(session, person, bits, or_(*conditions.values()), number.desc(), *drawn)
    others = ids_with(session, person, bits, HoursEntry.id.not_in(risky), *drawn)
    rows = session.scalars(
        select(HoursEntry)
        .where(HoursEntry.id.in_([*risky, *others]))
        .options(joinedload(HoursEntry.verified_by), joinedload(HoursEntry.placement).joinedload(Placement.learner))
    )
    found = {row.id: row for row in rows}
    return Sample(
        [found[id_] for id_ in risky],
        [found[id_] for id_ in others],
        {
            id_: [mark for at, mark in enumerate(conditions) if marks >> at & 1]
            for id_, marks in (risky | others).items()
        },
    )


def ids_with(
    session: Session,
    person: Person,
    bits: ColumnElement[int],
    wanted: SQLColumnExpression[bool],
    *order: SQLColumnExpression[int],
) -> dict[int, int]:
    """The first entries in an order, each with the bits of its marks."""
    seen = HoursEntry.placement_id.in_(of_placements(person, Placement.id))
    statement = select(HoursEntry.id, bits).where(seen, HoursEntry.state == HoursState.VERIFIED, wanted)
    return dict(session.execute(statement.order_by(*order).limit(NUMBER)).all())


def conditions_of_marks() -> dict[Mark, SQLColumnExpression[bool]]:
    disputed = StateChange.subject_type == HoursEntry.__name__, StateChange.deed.in_((RETURN, REOPEN))
    of_it = or_(StateChange.subject_id == HoursEntry.id, StateChange.subject_id == HoursEntry.corrects_id)
    return {
        Mark.LONG: HoursEntry.minutes > ENTRY_HOURS * 60,
        Mark.LATE: days_between(HoursEntry.worked_on, HoursEntry.logged_at) > LATE_DAYS,
        Mark.OBSERVED: HoursEntry.is_observed,
        Mark.DISPUTED: select(StateChange.id).where(*disputed, of_it).exists(),
        Mark.CORRECTED: HoursEntry.corrects_id.is_not(None),
    }


def lot(seed: str) -> ColumnElement[int]:
    """A number for each entry that follows from the seed and its id alone, the same on every database.

    The seed picks one of some 2^62 lines through a prime field, so that any two entries are as likely to come in
    either order (pairwise independent, Carter and Wegman 1979).
    """
    digest = hashlib.sha256(seed.encode()).digest()
    slope = int.from_bytes(digest[:8], "big") % (PRIME - 1) + 1
    start = int.from_bytes(digest[8:16], "big") % PRIME
    return (cast(HoursEntry.id, BigInteger) * literal(slope, BigInteger) + literal(start, BigInteger)) % literal(
        PRIME, BigInteger
    )


def enrolment_ids_by_placement(session: Session, person: Person, entries: Sequence[HoursEntry]) -> dict[int, int]:
    """Where a reader finds the whole record of each entry's learner."""
    ids = {entry.placement_id for entry in entries}
    statement = of_placements(person, Placement.id, Enrolment.id).where(Placement.id.in_(ids))
    return dict(session.execute(statement).all())


def entry_led_by(session: Session, person: Person, entry_id: int) -> HoursEntry | None:
    """The entry, if the person leads programmes at the university of its learner."""
    enrolled = (Enrolment.learner_id == Placement.learner_id) & (Enrolment.programme_id == Module.programme_id)
    return session.scalar(
        select(HoursEntry)
        .join(HoursEntry.placement)
        .join(Module, Module.id == Placement.module_id)
        .join(Enrolment, enrolled)
        .where(HoursEntry.id == entry_id, is_seen_by(person, Role.PROGRAMME_LEAD))
        .options(joinedload(HoursEntry.verified_by), joinedload(HoursEntry.placement).joinedload(Placement.learner))
    )
