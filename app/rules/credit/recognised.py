"""What universities have recognised of prior learning, of each level and module, and which credit it took along."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from app.models.academic.prior_learning import CreditUse, PriorLearningClaim, PriorSource
from app.models.programmes import CreditDecision, Module

Credits = Mapping[int | None, int]


def recognised_of(session: Session, enrolment_ids: Iterable[int]) -> dict[int, Credits]:
    """The recognised credits of each enrolment by module; those of no module alone stand under None."""
    rows = session.execute(
        select(PriorLearningClaim.enrolment_id, PriorLearningClaim.module_id, func.sum(CreditUse.credits))
        .join(PriorLearningClaim, PriorLearningClaim.id == CreditUse.claim_id)
        .where(PriorLearningClaim.enrolment_id.in_(list(enrolment_ids)), CreditUse.ended_at.is_(None))
        .group_by(PriorLearningClaim.enrolment_id, PriorLearningClaim.module_id)
    )
    return by_enrolment(rows)


def carried_of(session: Session, enrolment_ids: Iterable[int]) -> dict[int, Credits]:
    """The decided credits of each enrolment that count elsewhere, by module."""
    rows = session.execute(
        select(CreditDecision.enrolment_id, CreditDecision.module_id, func.sum(CreditUse.credits))
        .join(PriorSource, PriorSource.id == CreditUse.source_id)
        .join(CreditDecision, CreditDecision.id == PriorSource.credit_decision_id)
        .where(CreditDecision.enrolment_id.in_(list(enrolment_ids)), CreditUse.ended_at.is_(None))
        .group_by(CreditDecision.enrolment_id, CreditDecision.module_id)
    )
    return by_enrolment(rows)


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
