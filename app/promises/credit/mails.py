"""What a learner reads when her university has decided about her credit, or takes a decision back."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.models.people import Person
from app.models.programmes import CREDITS_A_LEVEL, CreditDecision, CreditOutcome, CreditVoid, Enrolment
from app.rules.credit.counting import counting
from app.rules.prior_learning.lost import Lost


@dataclass(frozen=True)
class Part:
    """What was decided within one programme of a learner, and the credits that she holds of it now."""

    enrolment: Enrolment
    decisions: Sequence[CreditDecision]
    held: int


def decided(learner: Person, parts: Sequence[Part], address: str) -> Mail:
    """To the learner: what was decided about each module and why, what she can do next, and how far she is now."""
    decisions = [one for part in parts for one in part.decisions]
    university, day = parts[0].enrolment.programme.provider.name, day_in_words(decisions[0].decided_on)
    about = decisions[0].module.title if len(decisions) == 1 else f"{len(decisions)} of your modules"
    said = "\n\n".join(decision_said(one) for one in decisions)
    far = " ".join(how_far(one.held, one.enrolment.programme.title if parts[1:] else "this level") for one in parts)
    return Mail(
        f"A decision about {about}",
        f"Hello {learner.name},\n\n{university} decided on {day} about {about}.\n\n{said}\n\n"
        f"{far} All decisions about your credit are here: {address}\n\nIf you have a question, or think "
        "that something is not right, write to your programme lead, who can also say how to appeal.\n",
    )


def decision_said(one: CreditDecision) -> str:
    """What was decided about one module, in kind words, with what comes next."""
    title, day = one.module.title, day_in_words(one.until_on) if one.until_on else ""
    first = {
        CreditOutcome.EARNED: f"{title}: you have earned its {one.credits} credits. Well done. You need not do "
        "anything.",
        CreditOutcome.RESUBMISSION: f"{title}: you can submit again, by {day}. The credits can still be earned in "
        "full.",
        CreditOutcome.DEFERRED: f"{title}: the decision waits until {day}. Nothing is lost by it, and what you have on "
        "record stays.",
        CreditOutcome.FAILED: f"{title}: its credits are not earned this time. Credits that you have for other modules "
        "stay yours. Talk to your academic supervisor or programme lead about the ways that are open to you.",
        CreditOutcome.NOT_EARNED: f"{title}: its credits are not earned.",
    }[one.outcome]
    return f"{first}\n\n{one.words}" if one.words else first


def voided(
    enrolment: Enrolment, learner: Person, decision: CreditDecision, void: CreditVoid, held: int, address: str
) -> Mail:
    """To the learner: that a decision does not count, why, and what counts instead."""
    title = decision.module.title
    standing = counting(enrolment.decisions).get(decision.module_id)
    now_counts = (
        f"What was decided before about it counts again, of {day_in_words(standing.decided_on)}."
        if standing
        else "So nothing is decided about it now; your university decides again."
    )
    return Mail(
        f"A decision about {title} no longer counts",
        f"Hello {learner.name},\n\nThe decision of {day_in_words(decision.decided_on)} about {title} no longer counts. "
        f"{enrolment.programme.provider.name} says why:\n\n{void.reason}\n\n{now_counts} {how_far(held)}\n\n"
        f"All decisions about your credit are here: {address}\n\nIf you have a question, write to your programme "
        "lead.\n",
    )


def earned_no_more(lead: Person, lost: Lost, address: str) -> Mail:
    """To a programme lead of a university that recognised credit: it is no longer earned where it came from."""
    claim, learner = lost.claim, lost.learner
    return Mail(
        f"Credit that you recognised for {learner.name} is no longer earned",
        f"Hello {lead.name},\n\n{lost.in_words} Your university has recognised it for {claim.aim}, in "
        f"{claim.enrolment.programme.title}, and there it counts until one of your programme leads makes that decision "
        f"void. The claim of {learner.name} stands on your home page.\n\n{address}\n",
    )


def how_far(held: int, of: str = "this level") -> str:
    return f"You have {held} of {CREDITS_A_LEVEL} credits of {of} now."
