"""Which credit a learner holds of a level: what her university decided of modules, and what it recognised."""

from app.rules.academic.credit import counting, credits_decided
from app.rules.prior_learning.held import Held, held_of

__all__ = ["Held", "counting", "credits_decided", "held_of"]
