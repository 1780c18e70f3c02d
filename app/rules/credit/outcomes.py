"""What a decision about credit needs, whoever makes it: a lead for one learner, or a board for many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.language.dates_and_times import day_in_words
from app.language.refusal import Refused
from app.models.programmes import CREDITS_A_LEVEL, CreditDecision, CreditOutcome, Enrolment, Module
from app.rules.credit.counting import counting
from app.rules.credit.held import Held

DECIDED = (CreditOutcome.EARNED, CreditOutcome.RESUBMISSION, CreditOutcome.DEFERRED, CreditOutcome.FAILED)


@dataclass(frozen=True)
class Said:
    """An outcome with what belongs to it: a day, words for the learner, and why it is earned although much is missing.

    `considered` is what the decision rests on, in words, and `board_reference` where a board has minuted it.
    """

    outcome: CreditOutcome
    until_on: date | None = None
    words: str = ""
    reason: str = ""
    considered: str = ""
    board_reference: str = ""

    def credits_for(self, module: Module, held: Held) -> int:
        """Those of it that are not recognised already."""
        return held.to_earn(module) if self.outcome is CreditOutcome.EARNED else 0

    def is_recorded_by(self, decision: CreditDecision | None, decided_on: date) -> bool:
        """Whether a decision about the module says just this already."""
        if decision is None:
            return False
        return (decision.outcome, decision.until_on, decision.decided_on) == (self.outcome, self.until_on, decided_on)

    def is_too_soon(self, decided_on: date) -> bool:
        """Whether the day that belongs to it is over once it is decided."""
        return self.outcome.has_day and self.until_on is not None and self.until_on <= decided_on


def check_said(said: Said, decided_on: date, *, is_thin: bool) -> None:
    """Raise Refused for what is missing from an outcome, at the field where it belongs."""
    if said.outcome.has_day:
        if said.until_on is None:
            raise Refused(f"Enter the day {what_day(said.outcome)}", "until_on")
        if said.is_too_soon(decided_on):
            raise Refused(
                f"The day {what_day(said.outcome)} must be after {day_in_words(decided_on)}, when it is decided.",
                "until_on",
            )
    if said.outcome is not CreditOutcome.EARNED and not said.words.strip():
        raise Refused("Write what the learner should know: why, and what to do next.", "words")
    if said.outcome is CreditOutcome.EARNED and is_thin and not said.reason.strip():
        raise Refused("Something is missing from the record. Say why the credits are earned all the same.", "reason")


def what_day(outcome: CreditOutcome) -> str:
    if outcome is CreditOutcome.DEFERRED:
        return "until which the decision waits"
    return "by which it is submitted again"


def check_day(enrolment: Enrolment, decided_on: date, today: date) -> None:
    """Raise Refused for a day on which nothing can have been decided about this learner."""
    if decided_on > today:
        raise Refused("The date must be today or in the past.", "decided_on")
    if decided_on < enrolment.started_on:
        raise Refused(
            f"The date must be on or after {day_in_words(enrolment.started_on)}, when the learner enrolled.",
            "decided_on",
        )


def check_module(enrolment: Enrolment, module: Module) -> None:
    if module not in enrolment.modules:
        raise Refused("That module is not part of this learner’s programme. Choose another.", "module")


def check_new(enrolment: Enrolment, module: Module, said: Said, decided_on: date) -> None:
    """Raise Refused for what is recorded just so already."""
    if said.is_recorded_by(counting(enrolment.decisions).get(module.id), decided_on):
        raise Refused("That decision is recorded already.", "module")


def check_not_recognised(module: Module, said: Said, held: Held) -> None:
    """Raise Refused for credits that are earned where all of them are recognised: they count once."""
    if said.outcome is CreditOutcome.EARNED and held.is_exempt(module):
        raise Refused("The credits of this module are recognised as prior learning, and count once.", "module")


def check_fits(held: Held, decided: Mapping[int, int]) -> None:
    """Raise Refused where a learner would have more than a level has."""
    number = held.with_decided(decided)
    if number > CREDITS_A_LEVEL and any(decided.values()):
        raise Refused(
            f"With these credits the learner would have {number}; a level has {CREDITS_A_LEVEL}. Check the modules "
            "that were decided before.",
            "module",
        )
