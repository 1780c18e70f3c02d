"""Which credit a university has decided: the newest decision about each module counts, and nothing else."""

from collections.abc import Iterable

from app.models.programmes import CreditDecision


def counting(decisions: Iterable[CreditDecision]) -> dict[int, CreditDecision]:
    """The newest decision about each module, by module id; earlier ones are history."""
    return {decision.module_id: decision for decision in sorted(decisions, key=lambda decision: decision.id)}


def credits_decided(decisions: Iterable[CreditDecision]) -> int:
    """The credits that the university has awarded so far; hours play no part."""
    return sum(decision.credits for decision in counting(decisions).values())
