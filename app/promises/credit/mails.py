"""What a learner reads when her university has decided about her credit, or takes a decision back."""

from collections.abc import Sequence

from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.models.people import Person
from app.models.programmes import CREDITS_A_LEVEL, CreditDecision, CreditOutcome, CreditVoid, Enrolment
from app.rules.credit.counting import counting


def decided(
    enrolment: Enrolment, learner: Person, decisions: Sequence[CreditDecision], held: int, address: str
) -> Mail:
    """To the learner: what was decided about each module and why, what she can do next, and how far she is now."""
    university = enrolment.programme.provider.name
    one = decisions[0]
    about = one.module.title if len(decisions) == 1 else f"{len(decisions)} of your modules"
    said = "\n\n".join(decision_said(each) for each in decisions)
    return Mail(
        f"A decision about {about}",
        f"Hello {learner.name},\n\n{university} decided on {day_in_words(one.decided_on)} about {about}.\n\n{said}\n\n"
        f"{how_far(held)} All decisions about your credit are here: {address}\n\nIf you have a question, or think "
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


def how_far(held: int) -> str:
    return f"You have {held} of {CREDITS_A_LEVEL} credits of this level now."
