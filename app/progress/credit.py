"""Which credit a learner holds of a level, as the pages of progress ask it: decided and recognised."""

from app.rules.credit.counting import counting, credits_decided
from app.rules.credit.held import Held, held_of

__all__ = ["Held", "counting", "credits_decided", "held_of"]
