"""What universities have recognised of prior learning, of each level and module, and which credit it took along."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from app.models.academic.prior_learning import CreditUse, PriorLearningClaim, PriorSource
from app.models.programmes import CreditDecision, Module

Credits = Mapping[int | None, int]


def recognised_of(session: Session, enrolment_ids: Collection[int]) -> dict[int, Credits]:
    """The recognised credits of each enrolment by module; those of no module alone stand under None."""
    return by_enrolment(session.execute(recognised(enrolment_ids)))


def recognised_and_carried(
    session: Session, enrolment_ids: Collection[int]
) -> tuple[dict[int, Credits], dict[int, Credits]]:
    """The recognised credits of each enrolment, and its decided ones that count elsewhere, by module; one query."""
    here = recognised(enrolment_ids).add_columns(literal(False))
    rows = session.execute(union_all(here, carried(enrolment_ids).add_columns(literal(True)))).all()
    return by_enrolment(row[:3] for row in rows if not row[3]), by_enrolment(row[:3] for row in rows if row[3])


def recognised(enrolment_ids: Collection[int]) -> Select[int, int | None, int]:
    return (
        select(PriorLearningClaim.enrolment_id, PriorLearningClaim.module_id, func.sum(CreditUse.credits))
        .join(PriorLearningClaim, PriorLearningClaim.id == CreditUse.claim_id)
        .where(PriorLearningClaim.enrolment_id.in_(enrolment_ids), CreditUse.ended_at.is_(None))
        .group_by(PriorLearningClaim.enrolment_id, PriorLearningClaim.module_id)
    )


def carried(enrolment_ids: Collection[int]) -> Select[int, int, int]:
    return (
        select(CreditDecision.enrolment_id, CreditDecision.module_id, func.sum(CreditUse.credits))
        .join(PriorSource, PriorSource.id == CreditUse.source_id)
        .join(CreditDecision, CreditDecision.id == PriorSource.credit_decision_id)
        .where(CreditDecision.enrolment_id.in_(enrolment_ids), CreditUse.ended_at.is_(None))
        .group_by(CreditDecision.enrolment_id, CreditDecision.module_id)
    )


def by_enrolment(rows: Iterable[Any]) -> dict[int, Credits]:
    found: defaultdict[int, dict[int | None, int]] = defaultdict(dict)
    for enrolment_id, module_id, number in rows:
        found[enrolment_id][module_id] = int(number)
    return dict(found)


def is_recognised(learner_id: Any, module_id: Any) -> ColumnElement[bool]:
    """The condition that all credits of a module are recognised for a learner: nothing of it is to be done."""
    module = aliased(Module)
    worth = select(module.credits).where(module.id == module_id).correlate_except(module).scalar_subquery()
    return CreditUse.recognised_for(learner_id, module_id) >= worth
