"""What people read about claims of prior learning: subject and body of each mail."""

from datetime import date

from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.language.numbers import count
from app.models.academic.prior_learning import ClaimDecision, PriorLearningClaim
from app.models.people import Person


def to_decide(lead: Person, claim: PriorLearningClaim, learner: Person, address: str) -> Mail:
    """To a programme lead: a claim was sent, or sent again."""
    return Mail(
        f"{learner.name} claims credit for prior learning",
        f"Hello {lead.name},\n\n{learner.name} asks that prior learning counts for {claim.aim}, in "
        f"{claim.enrolment.programme.title}. Any programme lead of your university can decide, or send it back with "
        f"what is missing.\n\n{address}\n",
    )


def to_decide_appeal(lead: Person, claim: PriorLearningClaim, learner: Person, address: str) -> Mail:
    """To a programme lead who has not decided before: somebody else must decide on an appeal."""
    return Mail(
        f"{learner.name} appeals about prior learning",
        f"Hello {lead.name},\n\n{learner.name} appeals against what was decided about {claim.aim}, in "
        f"{claim.enrolment.programme.title}. Somebody other than whoever decided first decides now.\n\n{address}\n",
    )


def nobody_can_decide(administrator: Person, claim: PriorLearningClaim, address: str) -> Mail:
    """To an administrator: an appeal waits, and the university has no other programme lead."""
    return Mail(
        f"Nobody can decide on an appeal at {claim.enrolment.programme.provider.name}",
        f"Hello {administrator.name},\n\nA learner appeals against a decision on prior learning. The "
        "only programme lead there decided first, and somebody else must decide now. Please make another person of the "
        f"university a programme lead: the appeal is then on that person’s home page.\n\n{address}\n",
    )


def sent_back(learner: Person, claim: PriorLearningClaim, reason: str, address: str) -> Mail:
    """To the learner: nothing is decided, and what is missing."""
    return Mail(
        f"Your claim for {claim.aim} needs something more",
        f"Hello {learner.name},\n\nNothing is decided yet. Your university sent your claim of prior learning back:\n\n"
        f"{reason}\n\nChange it and send it again when you are ready; it begins on your home page.\n\n{address}\n",
    )


def decided(
    learner: Person, claim: PriorLearningClaim, decision: ClaimDecision, last: date | None, address: str
) -> Mail:
    """To the learner: what was decided, why, what it means for the module, and until when she can appeal."""
    programme = claim.enrolment.programme
    if not decision.credits:
        outcome = f"{programme.provider.name} does not recognise prior learning for {claim.aim}."
    else:
        outcome = (
            f"{programme.provider.name} recognises {count(decision.credits, 'credit')} of prior learning for "
            f"{claim.aim}, in {programme.title}. You need not learn that again."
        )
    why = f"\n\nWhy: {decision.reason}" if decision.reason else ""
    return Mail(
        f"Decided: your claim for {claim.aim}",
        f"Hello {learner.name},\n\n{outcome}{why}\n\n{about_appeal(claim, decision, last)}{address}\n",
    )


def about_appeal(claim: PriorLearningClaim, decision: ClaimDecision, last: date | None) -> str:
    """What she can do about it; nothing where all was granted."""
    if decision.credits >= claim.credits:
        return ""
    if claim.appealed_at is not None:
        return "This was decided on your appeal, and is final here.\n\n"
    until = f" until {day_in_words(last)}" if last else ""
    return f"You can appeal once{until}, on the page of the claim. Somebody else then decides.\n\n"


def appeal_decided(
    first: Person, claim: PriorLearningClaim, learner: Person, decision: ClaimDecision, address: str
) -> Mail:
    """To whoever decided first: what somebody else decided on appeal."""
    return Mail(
        f"The appeal of {learner.name} is decided",
        f"Hello {first.name},\n\n{decision.decided_by.name} decided on the appeal of {learner.name} about {claim.aim}: "
        f"{count(decision.credits, 'credit')} recognised.\n\n{address}\n",
    )


def known_to_supervisor(
    supervisor: Person, claim: PriorLearningClaim, learner: Person, decision: ClaimDecision, address: str
) -> Mail:
    """To her academic supervisor: what she need not learn any more."""
    return Mail(
        f"Prior learning of {learner.name} was decided",
        f"Hello {supervisor.name},\n\n{count(decision.credits, 'credit')} of prior learning count for {claim.aim} "
        f"in the programme of {learner.name}. Targets of hours are less by ten hours a credit.\n\n{address}\n",
    )


def made_void(reader: Person, claim: PriorLearningClaim, learner: Person, reason: str, address: str) -> Mail:
    """To the learner and her academic supervisor: the credits no longer count, and why."""
    whose = "you" if reader.id == learner.id else learner.name
    return Mail(
        f"A decision on prior learning for {claim.aim} is void",
        f"Hello {reader.name},\n\nWhat {claim.enrolment.programme.provider.name} had recognised of prior learning for "
        f"{claim.aim} no longer counts for {whose}.\n\nWhy: {reason}\n\nThe module or credits are to be learnt, or "
        f"claimed anew.\n\n{address}\n",
    )
