"""How well an opening fits what a learner says interests them, as a number with its reasons."""

from matching.interest.index import Fit, Interest, InterestIndex, OpeningText, fit_word
from matching.interest.reasons import Term

__all__ = ["Fit", "Interest", "InterestIndex", "OpeningText", "Term", "fit_word"]
