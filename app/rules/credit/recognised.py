"""What universities have recognised of prior learning, of each level and module, and which credit it took along."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.models.academic.prior_learning import CreditUse, PriorLearningClaim, PriorSource
from app.models.programmes import CreditDecision, Enrolment, Module, Programme

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


def recognised_elsewhere(session: Session, decision: CreditDecision) -> Sequence[PriorLearningClaim]:
    """The claims by which credit that was decided about this module, in this enrolment, counts in another level."""
    about_it = aliased(CreditDecision)
    of_it = about_it.enrolment_id == decision.enrolment_id, about_it.module_id == decision.module_id
    uses = (
        select(CreditUse.claim_id)
        .join(PriorSource, PriorSource.id == CreditUse.source_id)
        .join(about_it, about_it.id == PriorSource.credit_decision_id)
        .where(*of_it, CreditUse.ended_at.is_(None))
    )
    programme = joinedload(PriorLearningClaim.enrolment).joinedload(Enrolment.programme).joinedload(Programme.provider)
    statement = select(PriorLearningClaim).where(PriorLearningClaim.id.in_(uses)).order_by(PriorLearningClaim.id)
    return session.scalars(statement.options(programme, joinedload(PriorLearningClaim.module))).all()


def by_enrolment(rows: Iterable[Any]) -> dict[int, Credits]:
    found: defaultdict[int, dict[int | None, int]] = defaultdict(dict)
    for enrolment_id, module_id, number in rows:
        found[enrolment_id][module_id] = int(number)
    return dict(found)


def is_recognised(learner_id: Any, module_id: Any) -> ColumnElement[bool]:
    """The condition that all credits of a module are recognised for a learner: nothing of it is to be done."""
    claim, use, module = aliased(PriorLearningClaim), aliased(CreditUse), aliased(Module)
    recognised = (
        select(func.coalesce(func.sum(use.credits), 0))
        .join(claim, claim.id == use.claim_id)
        .where(use.learner_id == learner_id, claim.module_id == module_id, use.ended_at.is_(None))
        .correlate_except(claim, use)
        .scalar_subquery()
    )
    worth = select(module.credits).where(module.id == module_id).correlate_except(module).scalar_subquery()
    return recognised >= worth
