"""What universities have recognised of prior learning, of each level and module, and which credit it took along."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session, aliased

from app.models.academic.prior_learning import CreditUse, PriorLearningClaim, PriorSource
from app.models.placements import Placement
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


def recognised_of_placements(session: Session, placement_ids: Iterable[int]) -> dict[int, int]:
    """The recognised credits of the module of each of these placements that has any; one query."""
    rows = session.execute(
        select(Placement.id, recognised_credits(Placement.learner_id, Placement.module_id)).where(
            Placement.id.in_(list(placement_ids)), Placement.module_id.in_(select(PriorLearningClaim.module_id))
        )
    )
    return {id_: int(number) for id_, number in rows if number}


def recognised_credits(learner_id: Any, module_id: Any) -> ScalarSelect[int]:
    """How many credits of a module are recognised for a learner, as a column of whatever stands around it."""
    claim, use = aliased(PriorLearningClaim), aliased(CreditUse)
    return (
        select(func.coalesce(func.sum(use.credits), 0))
        .join(claim, claim.id == use.claim_id)
        .where(use.learner_id == learner_id, claim.module_id == module_id, use.ended_at.is_(None))
        .correlate_except(claim, use)
        .scalar_subquery()
    )


def is_recognised(learner_id: Any, module_id: Any) -> ColumnElement[bool]:
    """The condition that all credits of a module are recognised for a learner: nothing of it is to be done."""
    module = aliased(Module)
    worth = select(module.credits).where(module.id == module_id).correlate_except(module).scalar_subquery()
    return recognised_credits(learner_id, module_id) >= worth
