"""The facts on which a decision about a claim rests: the room in the level, and what is left of each source."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.language.dates_and_times import day_in_words
from app.language.numbers import count
from app.models.academic.prior_awards import PriorAward
from app.models.academic.prior_learning import (
    ClaimDecision,
    CreditUse,
    PriorLearningClaim,
    PriorSource,
    SourceKind,
)
from app.models.programmes import CreditDecision, Enrolment, Programme
from app.rules.credit.counting import counting
from app.rules.credit.held import Held, held_of
from app.rules.prior_learning.awards import award_in_words, awards_of
from app.rules.prior_learning.granting import Learning, Room
from app.rules.prior_learning.said import Said, said_by
from app.rules.prior_learning.same import key_of


@dataclass(frozen=True)
class Facts:
    """What the page shows to whoever decides, and what the deed asks again under its lock."""

    said: Said
    held: Held
    room: Room
    learnt: Sequence[Learning]
    used_elsewhere: Sequence[str]


def facts_of(session: Session, claim: PriorLearningClaim) -> Facts:
    """Everything as if the claim had no decision yet: what an appeal would replace is left out."""
    enrolment = claim.enrolment
    held = held_of(session, [enrolment])[enrolment.id]
    own = sum(use.credits for use in standing_uses(claim))
    said = said_by(session, enrolment.programme.provider, enrolment.programme.level)
    others = uses_of_learner(session, enrolment.learner_id, but_not=claim)
    by_key: defaultdict[str, list[CreditUse]] = defaultdict(list)
    for use in others:
        by_key[use.key].append(use)
    awards = awards_of(session, enrolment.learner_id)
    lost = {**lost_to_awards(claim, awards), **lost_credit(session, claim)}
    learnt = [learning_of(one, by_key[one.key], lost.get(one.id, "")) for one in claim.sources]
    used = [*map(use_in_words, others), *map(award_in_words, awards)]
    return Facts(said, held, room_of(claim, held, own), learnt, used)


def lost_to_awards(claim: PriorLearningClaim, awards: Sequence[PriorAward]) -> Mapping[int, str]:
    """Of sources that are an award which opens a level: why their credit cannot be used, by the id of the source."""
    by_key = {key_of(one.title, one.awarded_by): one for one in awards}
    return {
        one.id: f"“{one.title}” counts as the whole {by_key[one.key].level.value}, and so not within another level."
        for one in claim.sources
        if one.key in by_key
    }


def standing_uses(claim: PriorLearningClaim) -> list[CreditUse]:
    return [use for use in claim.decision.uses if use.ended_at is None] if claim.decision else []


def room_of(claim: PriorLearningClaim, held: Held, own: int) -> Room:
    module = claim.module
    if module is None:
        return Room(held.credits_decided, held.credits_recognised - own)
    of_module = held.recognised.get(module.id, 0) - own
    is_earned = held.decided.get(module.id, 0) > 0
    return Room(held.credits_decided, held.credits_recognised - own, module.credits, of_module, is_earned)


def learning_of(source: PriorSource, used: Sequence[CreditUse], is_lost: str) -> Learning:
    """How much of a source is left; learning at work has no credits, and counts once or not at all."""
    left = None if source.kind is SourceKind.EXPERIENCE else max(source.credits - sum(one.credits for one in used), 0)
    return Learning(
        source.id,
        source.title,
        source.level,
        source.finished_on,
        source.credits,
        left,
        [use_in_words(one) for one in used],
        is_lost,
    )


def uses_of_learner(session: Session, learner_id: int, but_not: PriorLearningClaim) -> Sequence[CreditUse]:
    """What counts by other claims of hers, at whichever university, the oldest first."""
    of_hers = CreditUse.learner_id == learner_id, CreditUse.ended_at.is_(None), CreditUse.claim_id != but_not.id
    claim = joinedload(CreditUse.claim).joinedload(PriorLearningClaim.enrolment).joinedload(Enrolment.programme)
    statement = (
        select(CreditUse)
        .where(*of_hers)
        .options(claim.joinedload(Programme.provider), joinedload(CreditUse.source), joinedload(CreditUse.decision))
        .order_by(CreditUse.id)
    )
    return session.scalars(statement).all()


def use_in_words(use: CreditUse) -> str:
    """20 credits of “Trials” in PGDip Example, University of Example, decided on 3 March 2026"""
    programme = use.claim.enrolment.programme
    return (
        f"{count(use.credits, 'credit')} of “{use.source.title}” in {programme.title}, {programme.provider.name}, "
        f"decided on {day_in_words(use.decision.decided_on)}"
    )


def lost_credit(session: Session, claim: PriorLearningClaim) -> Mapping[int, str]:
    """Of sources that are credit decided here: why it cannot be used, where it cannot, by the id of the source."""
    here = {one.id: one.credit_decision for one in claim.sources if one.credit_decision is not None}
    if not here:
        return {}
    wanted = {decision.enrolment_id for decision in here.values()}
    statement = (
        select(Enrolment)
        .where(Enrolment.id.in_(wanted))
        .options(selectinload(Enrolment.decisions), joinedload(Enrolment.programme).joinedload(Programme.provider))
    )
    levels = {one.id: one for one in session.scalars(statement)}
    held = held_of(session, list(levels.values()))
    reasons = {
        id_: why_lost(decision, levels[decision.enrolment_id], held[decision.enrolment_id], claim)
        for id_, decision in here.items()
    }
    return {id_: reason for id_, reason in reasons.items() if reason}


def why_lost(decision: CreditDecision, level: Enrolment, held: Held, claim: PriorLearningClaim) -> str:
    newest = counting(level.decisions).get(decision.module_id)
    programme = level.programme
    if newest is None or not newest.credits:
        return f"{programme.provider.name} no longer counts these credits as earned. Enter 0."
    if level.id == claim.enrolment_id:
        return "These credits count in this level already. Enter 0."
    if held.is_complete:
        return (
            f"These credits are part of {programme.title}, {programme.provider.name}, which is complete: they count "
            "there. Enter 0."
        )
    return ""


def whole_claim() -> tuple[_AbstractLoad, ...]:
    """Options of a query for claims, so that nothing is asked again for their pages."""
    sources = selectinload(PriorLearningClaim.every_source).options(
        joinedload(PriorSource.file), joinedload(PriorSource.credit_decision)
    )
    decisions = selectinload(PriorLearningClaim.decisions).options(
        joinedload(ClaimDecision.decided_by), selectinload(ClaimDecision.uses).joinedload(CreditUse.source)
    )
    programme = joinedload(Enrolment.programme).options(joinedload(Programme.provider), selectinload(Programme.modules))
    enrolment = joinedload(PriorLearningClaim.enrolment).options(programme, selectinload(Enrolment.decisions))
    return sources, decisions, enrolment, joinedload(PriorLearningClaim.module)
