"""What a learner reads when her university has decided: subject and body of the mail."""

from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.models.people import Person
from app.models.programmes import CREDITS_A_LEVEL, CreditDecision, Enrolment, Module


def decision_made(
    enrolment: Enrolment, learner: Person, module: Module, decision: CreditDecision, credits_held: int
) -> Mail:
    """To the learner: what was decided about a module, and how far she is now."""
    outcome = f"{decision.credits} credits" if decision.credits else "no credits"
    return Mail(
        f"A decision about {module.title}",
        f"Hello {learner.name},\n\nOn {day_in_words(decision.decided_on)} {enrolment.programme.provider.name} decided "
        f"{outcome} for {module.title}. You now have {credits_held} of {CREDITS_A_LEVEL} "
        "credits of this level. If you have a question about it, ask your programme lead.\n",
    )
