"""Recognised credit that rests on a decision of this service by which it is no longer earned."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.language.numbers import count
from app.models.academic.prior_learning import CreditUse, PriorLearningClaim, PriorSource
from app.models.people import Person
from app.models.programmes import CreditDecision, Enrolment, Programme
from app.rules.credit.counting import counts

Named = aliased(CreditDecision, name="named")  # the decision that a source names


@dataclass(frozen=True)
class Lost:
    """Credits that count by a claim of this learner, and the decision on which they rest."""

    use: CreditUse
    learner: Person
    decision: CreditDecision

    @property
    def claim(self) -> PriorLearningClaim:
        return self.use.claim

    @property
    def in_words(self) -> str:
        """What became of its source: 'University of Example no longer counts 15 credits of “Trials” as earned.'"""
        university, credits_ = self.decision.enrolment.programme.provider.name, count(self.use.credits, "credit")
        return f"{university} no longer counts {credits_} of “{self.use.source.title}” as earned."


def is_lost() -> ColumnElement[bool]:
    """True of a decision that a source names where nothing that counts about its module gives credits now."""
    still = exists().where(
        CreditDecision.enrolment_id == Named.enrolment_id,
        CreditDecision.module_id == Named.module_id,
        CreditDecision.credits > 0,
        counts(),
    )
    return ~still.correlate_except(CreditDecision)


def lost_uses(session: Session, *conditions: ColumnElement[bool]) -> Sequence[Lost]:
    """What counts all the same, of which the conditions are true, the oldest first; one query.

    They are about `CreditUse`, its claim with the enrolment and `Person`, and the decision as `Named`.
    """
    claim = joinedload(CreditUse.claim)
    its_programme = claim.joinedload(PriorLearningClaim.enrolment).joinedload(Enrolment.programme)
    named = joinedload(Named.enrolment).joinedload(Enrolment.programme).joinedload(Programme.provider)
    statement = (
        select(CreditUse, Person, Named)
        .join(PriorLearningClaim, PriorLearningClaim.id == CreditUse.claim_id)
        .join(Enrolment, Enrolment.id == PriorLearningClaim.enrolment_id)
        .join(Person, Person.id == Enrolment.learner_id)
        .join(PriorSource, PriorSource.id == CreditUse.source_id)
        .join(Named, Named.id == PriorSource.credit_decision_id)
        .where(CreditUse.ended_at.is_(None), is_lost(), *conditions)
        .options(
            its_programme.joinedload(Programme.provider),
            claim.joinedload(PriorLearningClaim.module),
            joinedload(CreditUse.source),
            named,
        )
        .order_by(CreditUse.id)
    )
    return [Lost(use, learner, decision) for use, learner, decision in session.execute(statement)]
