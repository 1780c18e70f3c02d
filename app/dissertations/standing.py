"""What can be done about a dissertation, as its learner stands and as its university has decided."""

from datetime import date

from app.dissertations.moves import DISSERTATIONS, NOT_SUBMITTED, OF_PROPOSALS, SUBMITTED_AGAIN, WRITABLE
from app.models.academic.dissertations import Dissertation
from app.models.programmes import CreditDecision, CreditOutcome
from app.platform.lifecycle import Party
from app.rules.credit.counting import counting


def can(deed: str, dissertation: Dissertation, party: Party, today: date) -> bool:
    """Whether somebody can do it: what a page offers."""
    if deed in OF_PROPOSALS and is_over(dissertation, today):
        return False
    if deed == SUBMITTED_AGAIN and not is_to_submit_again(dissertation):
        return False
    if deed == NOT_SUBMITTED and is_earned(dissertation):
        return False
    return DISSERTATIONS.can(deed, dissertation.state, party)


def can_write(dissertation: Dissertation, today: date) -> bool:
    return dissertation.state in WRITABLE and not is_over(dissertation, today)


def is_over(dissertation: Dissertation, today: date) -> bool:
    """Whether the learner has left the programme: nothing is proposed any more, and what there is stays."""
    ended_on = dissertation.enrolment.ended_on
    return ended_on is not None and ended_on < today


def decision_about(dissertation: Dissertation) -> CreditDecision | None:
    """The decision that counts about its credits."""
    return counting(dissertation.enrolment.decisions).get(dissertation.module_id)


def is_earned(dissertation: Dissertation) -> bool:
    decision = decision_about(dissertation)
    return decision is not None and decision.outcome is CreditOutcome.EARNED


def is_to_submit_again(dissertation: Dissertation) -> bool:
    """Whether its university has asked for that since it was submitted last."""
    decision, last = decision_about(dissertation), dissertation.submitted_on
    if decision is None or decision.outcome is not CreditOutcome.RESUBMISSION or last is None:
        return False
    return last < decision.decided_on
