"""The sums that were spent of a bursary and of a call: every total is the sum of rows that stand beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from app.bursaries.moves import HANDED_BACK
from app.language.dates_and_times import day_of
from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.calls import BursaryCall
from app.models.bursaries.spending import Spending, SpentOn
from app.models.people import Person
from app.models.programmes import Programme
from app.platform.lifecycle import story_of

HELD = (ApplicationState.ACCEPTED, ApplicationState.HANDED_BACK)


def counts() -> ColumnElement[bool]:
    """True of what was not taken out."""
    return Spending.taken_out_at.is_(None)


def spending_of(session: Session, application: BursaryApplication) -> Sequence[Spending]:
    """All that was noted of one bursary, the oldest first, also what was taken out."""
    hers = select(Spending).where(Spending.application_id == application.id)
    people = joinedload(Spending.noted_by), joinedload(Spending.taken_out_by)
    return session.scalars(hers.options(*people).order_by(Spending.spent_on, Spending.id)).all()


def pence_spent(session: Session, application: BursaryApplication) -> int:
    hers = Spending.application_id == application.id, counts()
    return session.scalar(select(func.sum(Spending.pence)).where(*hers)) or 0


def handed_back_on(session: Session, application: BursaryApplication) -> date | None:
    """The last day on which it was held; None of one that is held still."""
    if application.state is not ApplicationState.HANDED_BACK:
        return None
    return next((day_of(one.at) for one in story_of(session, application) if one.deed == HANDED_BACK), None)


def one_spending(session: Session, application: BursaryApplication, spending_id: int) -> Spending | None:
    hers = Spending.id == spending_id, Spending.application_id == application.id
    return session.scalar(select(Spending).where(*hers).execution_options(populate_existing=True))


@dataclass(frozen=True)
class Totals:
    """What a call has spent: by what it was for, and in all."""

    by_kind: dict[SpentOn, int]

    @property
    def pence(self) -> int:
        return sum(self.by_kind.values())


def totals_of(session: Session, call: BursaryCall) -> Totals:
    rows = session.execute(
        select(Spending.kind, func.sum(Spending.pence))
        .join(Spending.application)
        .where(BursaryApplication.call_id == call.id, counts())
        .group_by(Spending.kind)
    )
    found: dict[SpentOn, int] = {row[0]: row[1] for row in rows}
    return Totals({kind: found.get(kind, 0) for kind in SpentOn})


def holders_listed(call: BursaryCall) -> Select[BursaryApplication]:
    """Whoever holds a bursary of a call, or handed one back, by name."""
    held = BursaryApplication.call_id == call.id, BursaryApplication.state.in_(HELD)
    statement: Select[BursaryApplication] = select(BursaryApplication).join(BursaryApplication.learner).where(*held)
    ordered = statement.order_by(Person.folded_name, BursaryApplication.id)
    return ordered.options(joinedload(BursaryApplication.learner))


def spent_by(session: Session, application_ids: Sequence[int]) -> dict[int, int]:
    """The pence that were spent of each of these bursaries."""
    spent = select(Spending.application_id, func.sum(Spending.pence)).where(
        Spending.application_id.in_(application_ids), counts()
    )
    return {row[0]: row[1] for row in session.execute(spent.group_by(Spending.application_id))}


def spending_ids(session: Session, call: BursaryCall) -> list[int]:
    """Every sum that counts of a call, as the return lists it."""
    ids = select(Spending.id).join(Spending.application).where(BursaryApplication.call_id == call.id, counts())
    return list(session.scalars(ids.order_by(Spending.application_id, Spending.spent_on, Spending.id)))


def spending_with(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    """These sums, in the same order, with whose they are."""
    whole = joinedload(Spending.application).options(
        joinedload(BursaryApplication.learner),
        joinedload(BursaryApplication.programme).joinedload(Programme.provider),
    )
    found = select(Spending).where(Spending.id.in_(ids)).options(whole, joinedload(Spending.noted_by))
    return session.scalars(found.order_by(Spending.application_id, Spending.spent_on, Spending.id)).all()
