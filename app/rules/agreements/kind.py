"""The learning agreement as something that people sign: what a signature covers, and in which words."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.course.agreements import LearningAgreement, Objective
from app.models.operations.parties import Party
from app.models.placements import Placement
from app.models.programmes import Module, Programme
from app.rules.signing.kinds import SignedKind, Wording
from app.rules.signing.standing import Standing

Agreed = tuple[LearningAgreement | None, Standing | None]
SIGNERS = (Party.LEARNER, Party.MENTOR, Party.ACADEMIC_SUPERVISOR)


def content_of(agreement: LearningAgreement) -> dict[str, Any]:
    """Everything that the three agree on; whose it is stands there by id, because names may change.

    The wording of a capability never does: another wording is another row.
    """
    placement = agreement.placement
    return {
        "placement": placement.id,
        "learner": placement.learner_id,
        "mentor": placement.mentor_id,
        "module": placement.module_id,
        "objectives": [
            {"words": one.words, "capabilities": [{"id": named.id, "name": named.name} for named in one.capabilities]}
            for one in agreement.objectives
        ],
        "minutes_by_category": agreement.minutes_by_category,
        "minutes_by_month": agreement.minutes_by_month,
        "sessions": agreement.sessions.value if agreement.sessions else None,
        "working_pattern": agreement.working_pattern,
        "adjustments": agreement.adjustments,
    }


AGREEMENT = SignedKind(
    "learning agreement",
    SIGNERS,
    content_of,
    (
        Wording(
            "agreement-1",
            "I have read this learning agreement. I will do my part so that it can be kept, and say early when it "
            "cannot.",
        ),
    ),
)


def all_of_an_agreement() -> tuple[_AbstractLoad, ...]:
    """What has to be loaded so that nothing is asked again for its content and its people."""
    of_placement = joinedload(LearningAgreement.placement).options(
        joinedload(Placement.learner),
        joinedload(Placement.mentor),
        joinedload(Placement.module).joinedload(Module.programme).joinedload(Programme.provider),
        selectinload(Placement.pauses),
    )
    return of_placement, selectinload(LearningAgreement.objectives).joinedload(Objective.capabilities)


def agreement_of(session: Session, placement: Placement) -> LearningAgreement | None:
    return agreements_of(session, [placement.id]).get(placement.id)


def agreements_of(session: Session, placement_ids: Iterable[int]) -> dict[int, LearningAgreement]:
    """The agreement of each placement that has one, by the placement's id."""
    statement = (
        select(LearningAgreement)
        .where(LearningAgreement.placement_id.in_(list(placement_ids)))
        .options(*all_of_an_agreement())
    )
    return {one.placement_id: one for one in session.scalars(statement)}


def standings_of(session: Session, agreements: Sequence[LearningAgreement]) -> dict[int, Standing]:
    """Which signatures stand under each, by its id."""
    return AGREEMENT.standings(session, agreements)


def agreed_of(session: Session, placements: Sequence[Placement]) -> dict[int, Agreed]:
    """For each placement, by its id, the agreement and which signatures stand under it; neither where there is none."""
    agreements = agreements_of(session, (one.id for one in placements))
    standings = standings_of(session, list(agreements.values()))
    return {
        one.id: (agreements[one.id], standings[agreements[one.id].id]) if one.id in agreements else (None, None)
        for one in placements
    }
