"""Which credit a learner has, as the pages of progress ask it."""

from app.rules.credit.counting import counting, credits_decided

__all__ = ["counting", "credits_decided"]
