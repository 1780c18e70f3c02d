"""Deeds of a university with claims of prior learning: sending back, deciding, and making a decision void."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words, day_of
from app.language.refusal import Overtaken, Refused
from app.models.academic.prior_learning import (
    ClaimDecision,
    ClaimState,
    CreditUse,
    PriorLearningClaim,
    SourceKind,
)
from app.models.people import Person
from app.models.programmes import Enrolment
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.prior_learning import telling
from app.prior_learning.moves import CLAIMS, GRANT, GRANT_PART, REFUSE, SEND_BACK, VOID
from app.prior_learning.service import actor_of, hold_claim, last_day_to_appeal
from app.promises.credit.deciding import hold as hold_credit
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.prior_learning.facts import Facts, facts_of, standing_uses
from app.rules.prior_learning.granting import Exemption, check_grant, is_too_old
from app.rules.prior_learning.under_way import what_is_under_way
from app.rules.standing_still import lock_people


@dataclass(frozen=True)
class Decided:
    """What a lead decides: `uses` are the credits that count of each source, by its id; none where it is refused.

    `revision` is that of the claim which she has read; `is_upheld` says that what an appeal is about stands.
    """

    is_granted: bool
    uses: Mapping[int, int]
    reason: str
    decided_on: date
    exemption: Exemption
    revision: int
    is_upheld: bool = False


def send_back(
    session: Session, by: Occasion, claim: PriorLearningClaim, learner: Person, reason: str, *, is_sure: bool
) -> None:
    """Ask the learner for something more; nothing is decided by that."""
    lead = actor_of(by)
    hold_claim(session, claim)
    check_not_her_own(lead, learner)
    CLAIMS.check(SEND_BACK, claim.state, Party.PROGRAMME_LEAD, reason)
    ask_about(doubts_about_text((reason,), by.today), is_sure)
    CLAIMS.move(session, claim, SEND_BACK, Party.PROGRAMME_LEAD, lead, by.now, reason=reason, name=learner.name)
    telling.tell_sent_back(session, by, claim, learner, reason)


def decide(
    session: Session, by: Occasion, claim: PriorLearningClaim, learner: Person, decided: Decided, *, is_sure: bool
) -> ClaimDecision:
    """Decide on a claim, or on an appeal; all concerned hear.

    All that counts of this learner stands still meanwhile, at whichever university, so that the same credit is never
    used twice. Raises Refused at the field that is wrong, Overtaken where the claim is another by now.
    """
    lead, reason = actor_of(by), decided.reason.strip()
    lock_people(session, [learner.id])
    hold_credit(session, [claim.enrolment, *enrolments_named(claim)])
    hold_claim(session, claim)
    check_who_decides(lead, learner, claim)
    check_when(claim, decided, by.today)
    ask_about(doubts_about_text((reason, decided.exemption.by, decided.exemption.reference), by.today), is_sure)
    facts = facts_of(session, claim)
    uses = uses_decided(session, claim, learner, decided, facts, by.today)
    granted = sum(use.credits for use in uses)
    check_nothing_is_lost(claim, granted)
    deed = deed_of(claim, granted)
    CLAIMS.check(deed, claim.state, Party.PROGRAMME_LEAD, reason)
    for use in standing_uses(claim):
        use.ended_at = by.now
    decision = ClaimDecision(
        claim=claim,
        number=len(claim.decisions) + 1,
        revision=claim.revision,
        credits=granted,
        reason=reason,
        decided_on=decided.decided_on,
        decided_by=lead,
        recorded_at=by.now,
        **limit_kept(claim, decided, granted, facts),
    )
    decision.uses = uses
    session.add(decision)
    name = learner.name
    CLAIMS.move(session, claim, deed, Party.PROGRAMME_LEAD, lead, by.now, reason=reason, name=name, credits=granted)
    telling.tell_decided(session, by, claim, learner, decision, last_day_to_appeal(claim, facts.said))
    return decision


def enrolments_named(claim: PriorLearningClaim) -> list[Enrolment]:
    """Where the credit was decided that it rests on: meanwhile nobody makes that void."""
    return [one.credit_decision.enrolment for one in claim.sources if one.credit_decision is not None]


def uses_decided(
    session: Session, claim: PriorLearningClaim, learner: Person, decided: Decided, facts: Facts, today: date
) -> list[CreditUse]:
    """What counts from now on. Where what was decided first stands, nothing is asked anew: neither caps nor sources."""
    if decided.is_upheld:
        return [used_again(use) for use in standing_uses(claim)]
    if not decided.is_granted:
        return []
    check_granted(session, claim, learner, decided, facts, today)
    return uses_of(claim, learner, decided, facts, today)


def used_again(use: CreditUse) -> CreditUse:
    return CreditUse(
        claim=use.claim,
        source=use.source,
        learner_id=use.learner_id,
        key=use.key,
        credits=use.credits,
        is_experience=use.is_experience,
    )


def granted_before(claim: PriorLearningClaim) -> int:
    """The credits that were granted already, where the claim is appealed."""
    return sum(use.credits for use in standing_uses(claim)) if claim.state is ClaimState.APPEALED else 0


def check_granted(
    session: Session, claim: PriorLearningClaim, learner: Person, decided: Decided, facts: Facts, today: date
) -> None:
    ended = claim.enrolment.ended_on
    if ended is not None and ended < today:
        raise Refused(f"{learner.name} is no longer on the programme, so nothing can be recognised for it.")
    granted = check_grant(claim.credits, facts.learnt, decided.uses, facts.said, facts.room, decided.exemption)
    module = claim.module
    if module is not None and facts.room.of_module + granted == module.credits:
        under_way = what_is_under_way(session, learner.id, module, today)
        if under_way:
            raise Refused(f"{learner.name} {under_way}. Then the whole module can be recognised.")


def check_nothing_is_lost(claim: PriorLearningClaim, granted: int) -> None:
    """An appeal can only be for the better."""
    before = claim.decision.credits if claim.decision else 0
    if granted < before:
        raise Refused(f"An appeal takes nothing away: {before} credits were granted. Grant at least as many.")


def uses_of(claim: PriorLearningClaim, learner: Person, decided: Decided, facts: Facts, today: date) -> list[CreditUse]:
    """A row for each source of which credits count."""
    learnt = {one.id: one for one in facts.learnt}
    return [
        CreditUse(
            claim=claim,
            source=source,
            learner_id=learner.id,
            key=source.key,
            credits=decided.uses[source.id],
            is_experience=source.kind is SourceKind.EXPERIENCE or is_too_old(learnt[source.id], facts.said, today),
        )
        for source in claim.sources
        if decided.uses.get(source.id)
    ]


def limit_kept(claim: PriorLearningClaim, decided: Decided, granted: int, facts: Facts) -> dict[str, Any]:
    """The cap that held, and who gave an exemption from it; those of the first decision where that one stands."""
    first = claim.decision
    if decided.is_upheld and first is not None:
        return {name: getattr(first, name) for name in ("cap", "exempted_by", "exemption_reference")}
    given = decided.exemption if is_above_cap(granted, facts) else Exemption("", "")
    return {
        "cap": facts.said.cap,
        "exempted_by": given.by.strip(),
        "exemption_reference": given.reference.strip(),
    }


def deed_of(claim: PriorLearningClaim, granted: int) -> str:
    if not granted:
        return REFUSE
    return GRANT if granted == claim.credits else GRANT_PART


def is_above_cap(granted: int, facts: Facts) -> bool:
    return facts.said.cap is not None and facts.room.recognised + granted > facts.said.cap


def make_void(
    session: Session, by: Occasion, claim: PriorLearningClaim, learner: Person, reason: str, *, is_sure: bool
) -> None:
    """Let what was granted no longer count, with a reason that stays; the learner and her supervisor hear."""
    lead = actor_of(by)
    lock_people(session, [learner.id])
    hold_claim(session, claim)
    check_not_her_own(lead, learner)
    CLAIMS.check(VOID, claim.state, Party.PROGRAMME_LEAD, reason)
    ask_about(doubts_about_text((reason,), by.today), is_sure)
    for use in standing_uses(claim):
        use.ended_at = by.now
    CLAIMS.move(session, claim, VOID, Party.PROGRAMME_LEAD, lead, by.now, reason=reason, name=learner.name)
    telling.tell_void(session, by, claim, learner, reason)


def check_who_decides(lead: Person, learner: Person, claim: PriorLearningClaim) -> None:
    check_not_her_own(lead, learner)
    if claim.state is ClaimState.APPEALED and lead.id == telling.first_decider_id(claim):
        raise Refused("You decided first. Another programme lead of your university decides on the appeal.")


def may_decide(lead: Person, learner: Person, claim: PriorLearningClaim) -> bool:
    """Whether a page offers it."""
    try:
        check_who_decides(lead, learner, claim)
    except Refused:
        return False
    return CLAIMS.can(REFUSE, claim.state, Party.PROGRAMME_LEAD)


def check_not_her_own(lead: Person, learner: Person) -> None:
    if lead.id == learner.id:
        raise Refused("This claim is your own. Another programme lead decides about it.")


def check_when(claim: PriorLearningClaim, decided: Decided, today: date) -> None:
    if decided.revision != claim.revision:
        raise Overtaken("The learner has changed this claim and sent it again. Read it anew, then decide.")
    if decided.decided_on > today:
        raise Refused("The date must be today or in the past.", "decided_on")
    since = claim.appealed_at if claim.state is ClaimState.APPEALED else claim.sent_at
    if since is not None and decided.decided_on < day_of(since):
        raise Refused(f"The date must be on or after {day_in_words(day_of(since))}, when it was sent.", "decided_on")
