"""Where an enrolment stands on a day: a fold over its steps, and the same as conditions of the database."""

import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.models.academic.enrolment_steps import EnrolmentStep, StepKind
from app.models.programmes import Enrolment

DAY = timedelta(days=1)
LONGEST_AWAY = timedelta(days=3 * 365)


class Standing(enum.Enum):
    """Where a learner is with a programme."""

    TO_BEGIN = "to begin"
    ENROLLED = "enrolled"
    STEPPED_OUT = "stepped out"
    TRANSFERRED = "transferred"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


AFTER = {
    StepKind.STEPPED_OUT: Standing.STEPPED_OUT,
    StepKind.RETURNED: Standing.ENROLLED,
    StepKind.TRANSFERRED: Standing.TRANSFERRED,
    StepKind.COMPLETED: Standing.COMPLETED,
    StepKind.WITHDREW: Standing.WITHDRAWN,
}


class Stepped(Protocol):
    """What the fold asks of a step."""

    @property
    def kind(self) -> StepKind: ...
    @property
    def day(self) -> date: ...


@dataclass(frozen=True)
class Way:
    """An enrolment from its first day on, with the steps that count, in the order of their days."""

    started_on: date
    steps: Sequence[Stepped] = ()

    def on(self, day: date) -> Standing:
        """Where it stands on a day."""
        if day < self.started_on:
            return Standing.TO_BEGIN
        so_far = [step for step in self.steps if step.day <= day]
        return AFTER[so_far[-1].kind] if so_far else Standing.ENROLLED

    @property
    def at_last(self) -> Standing:
        """Where it will stand once all that is noted has come."""
        return AFTER[self.steps[-1].kind] if self.steps else Standing.ENROLLED

    @property
    def first_free_day(self) -> date:
        """The first day on which another step can be: the day after the last one, or after the first day."""
        return (self.steps[-1].day if self.steps else self.started_on) + DAY

    @property
    def last_day(self) -> date | None:
        """The last day on the programme, where it ends."""
        return self.steps[-1].day - DAY if self.steps and self.steps[-1].kind.is_an_end else None


@dataclass(frozen=True)
class EndOfBefore:
    """The end of an enrolment that was noted by its last day alone, before there were steps."""

    day: date
    kind: StepKind = StepKind.WITHDREW


def way_of(enrolment: Enrolment, steps: Iterable[EnrolmentStep]) -> Way:
    counting: list[Stepped] = [step for step in steps if step.taken_back_at is None]
    if not counting and enrolment.ended_on:
        counting = [EndOfBefore(enrolment.ended_on + DAY)]
    return Way(enrolment.started_on, counting)


def steps_of(session: Session, enrolment_ids: Collection[int]) -> Mapping[int, list[EnrolmentStep]]:
    """All steps of each enrolment, taken back or not, in the order of their days; one query."""
    found: dict[int, list[EnrolmentStep]] = {id_: [] for id_ in enrolment_ids}
    statement = (
        select(EnrolmentStep)
        .where(EnrolmentStep.enrolment_id.in_(enrolment_ids))
        .order_by(EnrolmentStep.day, EnrolmentStep.id)
        .options(joinedload(EnrolmentStep.author))
    )
    for step in session.scalars(statement):
        found[step.enrolment_id].append(step)
    return found


def stands_after(kind: StepKind, day: date, *conditions: Any) -> ColumnElement[bool]:
    """True of an enrolment whose last step up to a day is of a kind, and like that; the step is `EnrolmentStep`."""
    later = aliased(EnrolmentStep)
    is_followed = exists().where(
        later.enrolment_id == EnrolmentStep.enrolment_id,
        later.taken_back_at.is_(None),
        later.day > EnrolmentStep.day,
        later.day <= day,
    )
    of_it = select(EnrolmentStep.id).where(
        EnrolmentStep.enrolment_id == Enrolment.id,
        EnrolmentStep.taken_back_at.is_(None),
        EnrolmentStep.kind == kind,
        EnrolmentStep.day <= day,
        ~is_followed.correlate(EnrolmentStep),
        *conditions,
    )
    return of_it.correlate(Enrolment).exists()


def has_step(kind: StepKind, *conditions: Any) -> ColumnElement[bool]:
    """True of an enrolment that has a step of a kind which counts, and is like that."""
    of_it = (EnrolmentStep.enrolment_id == Enrolment.id, EnrolmentStep.taken_back_at.is_(None))
    step = select(EnrolmentStep.id).where(*of_it, EnrolmentStep.kind == kind, *conditions)
    return step.correlate(Enrolment).exists()


def is_stepped_out_on(day: date) -> ColumnElement[bool]:
    return stands_after(StepKind.STEPPED_OUT, day)


def is_overdue_on(day: date) -> ColumnElement[bool]:
    """True of one who was to return before a day, has not, and of whom nothing else is noted, not even for later."""
    return stands_after(StepKind.STEPPED_OUT, date.max, EnrolmentStep.day <= day, EnrolmentStep.returns_on < day)


def stands_so_on(standing: Standing, day: date) -> ColumnElement[bool]:
    """True of an enrolment that stands so on a day; those of before there were steps ended by their last day alone."""
    if standing is Standing.TO_BEGIN:
        return Enrolment.started_on > day
    if standing is Standing.ENROLLED:
        others = (stands_after(kind, day) for kind, after in AFTER.items() if after is not Standing.ENROLLED)
        return and_(Enrolment.started_on <= day, ~or_(*others, had_left(day)))
    kinds = [kind for kind, after in AFTER.items() if after is standing]
    found = [stands_after(kind, day) for kind in kinds]
    if standing is Standing.WITHDRAWN:
        found.append(had_left(day))
    return and_(Enrolment.started_on <= day, or_(*found))


def had_left(day: date) -> ColumnElement[bool]:
    """True of an enrolment that ended before a day by its last day alone."""
    counts = (EnrolmentStep.enrolment_id == Enrolment.id, EnrolmentStep.taken_back_at.is_(None))
    has_steps = select(EnrolmentStep.id).where(*counts).correlate(Enrolment).exists()
    return and_(Enrolment.ended_on.is_not(None), Enrolment.ended_on < day, ~has_steps)
