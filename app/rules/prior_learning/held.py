"""Which credits somebody holds of a level: decided and recognised, and none that counts elsewhere by now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from app.models.academic.prior_learning import CreditUse, PriorLearningClaim, PriorSource
from app.models.placements import Placement
from app.models.programmes import CREDITS_A_LEVEL, HOURS_A_CREDIT, CreditDecision, Enrolment, Module
from app.rules.academic.credit import counting

Credits = Mapping[int | None, int]


@dataclass(frozen=True)
class Held:
    """Credits of one enrolment by the id of their module; recognised ones of no module stand under None.

    `carried` are decided ones that another level counts, by a claim of prior learning: they count there.
    """

    decided: Credits = field(default_factory=dict)
    recognised: Credits = field(default_factory=dict)
    carried: Credits = field(default_factory=dict)

    @property
    def credits_decided(self) -> int:
        """Those that count here."""
        return sum(max(number - self.carried.get(id_, 0), 0) for id_, number in self.decided.items())

    @property
    def credits_recognised(self) -> int:
        return sum(self.recognised.values())

    @property
    def credits_carried(self) -> int:
        return sum(min(number, self.decided.get(id_, 0)) for id_, number in self.carried.items())

    @property
    def total(self) -> int:
        """What is held of the level: never more than it has."""
        return min(self.credits_decided + self.credits_recognised, CREDITS_A_LEVEL)

    def without(self, module: Module) -> int:
        """What is held of the level beside the decision about a module."""
        decided = sum(
            max(number - self.carried.get(id_, 0), 0) for id_, number in self.decided.items() if id_ != module.id
        )
        return decided + self.credits_recognised

    @property
    def is_complete(self) -> bool:
        return self.total == CREDITS_A_LEVEL

    def to_earn(self, module: Module) -> int:
        """The credits of a module that are not recognised."""
        return max(module.credits - self.recognised.get(module.id, 0), 0)

    def hours_expected(self, module: Module) -> int:
        """The hours of learning that are left of a module: ten for each credit that is not recognised (rule C6)."""
        return self.to_earn(module) * HOURS_A_CREDIT

    def is_exempt(self, module: Module) -> bool:
        """Whether the whole module is recognised, so that nothing of it is to be done."""
        return not self.to_earn(module)

    @property
    def hours_of_level(self) -> int:
        """The hours of learning of the level that are not recognised."""
        return max(CREDITS_A_LEVEL - self.credits_recognised, 0) * HOURS_A_CREDIT


def held_of(session: Session, enrolments: Sequence[Enrolment]) -> dict[int, Held]:
    """What is held of each enrolment, by its id, whose decisions must be loaded; two queries however many there are."""
    ids = [one.id for one in enrolments]
    recognised, carried = recognised_of(session, ids), carried_of(session, ids)
    return {
        one.id: Held(
            {id_: decision.credits for id_, decision in counting(one.decisions).items()},
            recognised.get(one.id, {}),
            carried.get(one.id, {}),
        )
        for one in enrolments
    }


def recognised_of(session: Session, enrolment_ids: Iterable[int]) -> dict[int, Credits]:
    """The recognised credits of each enrolment by module."""
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


def hours_expected(session: Session, placement: Placement) -> int:
    """The hours of learning that are left of a placement's module: what is recognised of it is not expected."""
    recognised = session.scalar(
        select(func.coalesce(func.sum(CreditUse.credits), 0))
        .join(PriorLearningClaim, PriorLearningClaim.id == CreditUse.claim_id)
        .where(
            CreditUse.learner_id == placement.learner_id,
            CreditUse.ended_at.is_(None),
            PriorLearningClaim.module_id == placement.module_id,
        )
    )
    return max(placement.module.credits - int(recognised or 0), 0) * HOURS_A_CREDIT


def by_enrolment(rows: Iterable[tuple[int, int | None, int]]) -> dict[int, Credits]:
    found: defaultdict[int, dict[int | None, int]] = defaultdict(dict)
    for enrolment_id, module_id, number in rows:
        found[enrolment_id][module_id] = int(number)
    return dict(found)


def is_recognised(learner_id: ColumnElement[int], module_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that all credits of a module are recognised for a learner: no placement is needed for it."""
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
