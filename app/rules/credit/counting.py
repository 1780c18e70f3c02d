"""Which credit a learner has: the newest decision about each module that is not void counts, and nothing else."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from app.models.programmes import CreditDecision, CreditVoid, Enrolment
from app.rules.credit.recognised import is_recognised


def counting(decisions: Iterable[CreditDecision]) -> dict[int, CreditDecision]:
    """The newest decision about each module that stands, by module id; all others are history."""
    return {one.module_id: one for one in sorted(decisions, key=lambda one: one.id) if one.stands}


def credits_decided(decisions: Iterable[CreditDecision]) -> int:
    """The credits that the university has awarded so far; hours play no part."""
    return sum(decision.credits for decision in counting(decisions).values())


def counts() -> ColumnElement[bool]:
    """True of the decisions that `counting` finds: not void, and the newest such about its module."""
    later, void, later_void = aliased(CreditDecision), aliased(CreditVoid), aliased(CreditVoid)
    is_overtaken = exists().where(
        later.enrolment_id == CreditDecision.enrolment_id,
        later.module_id == CreditDecision.module_id,
        later.id > CreditDecision.id,
        ~exists().where(later_void.decision_id == later.id).correlate(later),
    )
    is_void = exists().where(void.decision_id == CreditDecision.id)
    return and_(~is_void.correlate(CreditDecision), ~is_overtaken.correlate(CreditDecision))


def is_credited(module_id: Any) -> ColumnElement[bool]:
    """True of an enrolment whose learner has the credits of a module: the same as `counting`, as a condition, and also
    where all of the module is recognised.
    """
    hers = exists().where(
        CreditDecision.enrolment_id == Enrolment.id,
        CreditDecision.module_id == module_id,
        CreditDecision.credits > 0,
        counts(),
    )
    decided = hers.correlate_except(CreditDecision)  # it asks about one enrolment and one module, from around it
    return or_(decided, is_recognised(Enrolment.learner_id, module_id))
