"""What a learner can begin an agreement with: one of hers from another placement, or what her programme suggests."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.course.agreements import AgreementTemplate, Cadence, LearningAgreement, Objective
from app.models.course.capabilities import CapabilityWording
from app.models.placements import Placement

EMPTY, TEMPLATE = "empty", "template"


@dataclass(frozen=True)
class Aim:
    """An objective to begin with, and the capabilities that it is about."""

    words: str
    capabilities: tuple[CapabilityWording, ...] = ()


@dataclass(frozen=True)
class Start:
    """What an agreement begins with. Adjustments are no part of it: another mentor reads them only if they are said."""

    objectives: Sequence[Aim] = ()
    minutes_by_category: tuple[tuple[str, int], ...] = ()
    sessions: Cadence | None = None
    working_pattern: str = ""


def start_from(earlier: LearningAgreement | AgreementTemplate | None, wordings: Sequence[CapabilityWording]) -> Start:
    """What it begins with; of capabilities those that the programme asks for now, as they are worded now."""
    if earlier is None:
        return Start()
    hours = tuple(earlier.minutes_by_category.items())
    if isinstance(earlier, AgreementTemplate):
        return Start([Aim(words) for words in earlier.objectives], hours, earlier.sessions)
    now = {one.capability_id: one for one in wordings}
    aims = [
        Aim(one.words, tuple(now[named.capability_id] for named in one.capabilities if named.capability_id in now))
        for one in earlier.objectives
    ]
    return Start(aims, hours, earlier.sessions, earlier.working_pattern)


def earlier_agreements(session: Session, placement: Placement) -> Sequence[LearningAgreement]:
    """Those of the learner's other placements, the latest first."""
    statement = (
        select(LearningAgreement)
        .join(LearningAgreement.placement)
        .where(Placement.learner_id == placement.learner_id, Placement.id != placement.id)
        .options(
            joinedload(LearningAgreement.placement).joinedload(Placement.mentor),
            selectinload(LearningAgreement.objectives).selectinload(Objective.capabilities),
        )
        .order_by(Placement.starts_on.desc(), Placement.id.desc())
    )
    return session.scalars(statement).all()


def template_of(session: Session, programme_id: int) -> AgreementTemplate | None:
    """What the programme suggests now; None where it suggests nothing."""
    statement = (
        select(AgreementTemplate)
        .where(AgreementTemplate.programme_id == programme_id)
        .options(joinedload(AgreementTemplate.set_by))
        .order_by(AgreementTemplate.id.desc())
        .limit(1)
    )
    return session.scalar(statement)
