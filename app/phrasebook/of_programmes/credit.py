"""Decisions about credit in words: what was decided, what was missing from the record, and what it rested on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.language.dates_and_times import day_in_words
from app.language.numbers import count
from app.models.placements import Placement
from app.models.programmes import CreditDecision, CreditOutcome
from app.phrasebook.of_placements.sign_offs import lack_in_words
from app.rules.credit.conflicts import Tie
from app.rules.credit.thin import Missing, ModuleRecord, Plain, Thin, thin_from
from app.rules.progress_reviews.dates import last_kind
from app.rules.sign_offs.facts import Lack, Lacking

MISSING = {
    Missing.NO_PLACEMENT: "There is no placement for this module on record.",
    Missing.NO_SIGN_OFF: "No placement for this module is signed off.",
    Missing.NOT_SUBMITTED: "The dissertation is not noted as submitted.",
    Missing.NO_AGREED_PROPOSAL: "There is no proposal that the academic supervisor agrees to.",
    Missing.OPEN_APPROVALS: "Not every approval is given, or said not to be needed.",
}
OUTCOMES = {
    CreditOutcome.EARNED: "The credits are earned",
    CreditOutcome.RESUBMISSION: "Something has to be submitted again, by a day",
    CreditOutcome.DEFERRED: "The decision waits until a day",
    CreditOutcome.FAILED: "The module is failed",
    CreditOutcome.NOT_EARNED: "The credits are not earned",
}
TIES = {
    Tie.LEARNER: "is the learner",
    Tie.MENTOR: "is or was the mentor",
    Tie.SUPERVISOR: "is or was the academic supervisor",
}


@dataclass(frozen=True, slots=True)
class SaidThin:
    """One thing that is missing, and the page on which it is seen; without one where there is no placement."""

    words: str
    endpoint: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def outcome_in_words(outcome: CreditOutcome, until_on: date | None) -> str:
    """For a cell of a table."""
    day = day_in_words(until_on) if until_on else ""
    if outcome is CreditOutcome.RESUBMISSION:
        return f"To be submitted again by {day}"
    if outcome is CreditOutcome.DEFERRED:
        return f"Deferred until {day}"
    return outcome.value.capitalize()


def decision_in_words(decision: CreditDecision) -> str:
    """The same with the credits that it gives."""
    words = outcome_in_words(decision.outcome, decision.until_on)
    return f"{words}, {count(decision.credits, 'credit')}" if decision.credits else words


def thin_in_words(thin: Thin) -> str:
    if isinstance(thin.what, Missing):
        return MISSING[thin.what]
    return lack_in_words(Lack(thin.what, thin.number, thin.names))


def said_thin(record: ModuleRecord) -> list[SaidThin]:
    """What is missing as things stand, each with where it is seen."""
    if record.placement is None:
        return [SaidThin(thin_in_words(one)) for one in record.thin]
    return [SaidThin(thin_in_words(one), *page_of(one, record.placement)) for one in record.thin]


def page_of(thin: Thin, placement: Placement) -> tuple[str, Mapping[str, object]]:
    """Where it is put right, or seen: a review on its own page, and what has none on the record."""
    here = {"placement_id": placement.id}
    if thin.what is Lacking.NO_LAST_REVIEW:
        return "progress_reviews.show", {**here, "review_kind": last_kind(placement.outcome).value}
    pages: dict[Missing | Lacking, str] = {
        Missing.NO_SIGN_OFF: "sign_offs.show",
        Lacking.NO_AGREEMENT: "agreements.show",
        Lacking.CAPABILITIES_WITHOUT_EVIDENCE: "evidence.show",
    }
    return pages.get(thin.what, "record.show"), here


def kept_thin_in_words(plain: Iterable[Plain]) -> list[str]:
    """What was missing when it was decided."""
    return [thin_in_words(one) for one in thin_from(plain)]


def evidence_in_words(plain: Sequence[Plain]) -> list[str]:
    """What a decision rested on, as it stood then."""
    return [piece_in_words(one) for one in plain]


def piece_in_words(one: Plain) -> str:
    day = day_in_words(date.fromisoformat(one["on"]))
    if one["what"] == "sign-off":
        return f"The placement with {one['mentor']}, signed off on {day}"
    return f"The signed record of {day}"
