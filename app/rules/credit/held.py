"""Which credits somebody holds of a level: decided and recognised, and none that counts elsewhere by now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.academic.prior_learning import CreditUse
from app.models.placements import Placement
from app.models.programmes import CREDITS_A_LEVEL, HOURS_A_CREDIT, Enrolment, Module
from app.rules.credit.counting import counting
from app.rules.credit.recognised import Credits, recognised_and_carried


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
    def uncapped(self) -> int:
        """The same as `total`, for a rule that asks whether it would be too much."""
        return self.credits_decided + self.credits_recognised

    @property
    def total(self) -> int:
        """What is held of the level: never more than it has."""
        return min(self.uncapped, CREDITS_A_LEVEL)

    @property
    def is_complete(self) -> bool:
        return self.total == CREDITS_A_LEVEL

    def with_decided(self, decided: Mapping[int, int]) -> int:
        """What would be held once so many credits are decided for these modules, by their ids."""
        others = {id_: number for id_, number in self.decided.items() if id_ not in decided}
        return Held(others, self.recognised, self.carried).uncapped + sum(decided.values())

    def to_earn(self, module: Module) -> int:
        """The credits of a module that are not recognised."""
        return max(module.credits - self.recognised.get(module.id, 0), 0)

    def is_exempt(self, module: Module) -> bool:
        """Whether the whole module is recognised, so that nothing of it is to be done."""
        return not self.to_earn(module)

    def hours_expected(self, module: Module) -> int:
        """The hours of learning that are left of a module: ten for each credit that is not recognised (rule C6)."""
        return self.to_earn(module) * HOURS_A_CREDIT


def held_of(session: Session, enrolments: Sequence[Enrolment]) -> dict[int, Held]:
    """What is held of each enrolment, by its id, whose decisions must be loaded; one query however many there are."""
    ids = [one.id for one in enrolments]
    recognised, carried = recognised_and_carried(session, ids)
    return {
        one.id: Held(
            {id_: decision.credits for id_, decision in counting(one.decisions).items()},
            recognised.get(one.id, {}),
            carried.get(one.id, {}),
        )
        for one in enrolments
    }


def hours_expected(session: Session, placement: Placement) -> int:
    """The same of the module of a placement."""
    recognised = session.scalar(select(CreditUse.recognised_for(placement.learner_id, placement.module_id)))
    return max(placement.module.credits - int(recognised or 0), 0) * HOURS_A_CREDIT
