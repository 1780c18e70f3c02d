"""Whether a level that is noted as completed still has all its credit, which a void or a new decision can take."""

from app.rules.credit.held import Held
from app.rules.enrolments.standing import Standing, Way


def lacks_credit(way: Way, held: Held) -> bool:
    """True where somebody of the university has to decide anew, or to take the step back."""
    return way.at_last is Standing.COMPLETED and not held.is_complete
