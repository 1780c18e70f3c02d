"""Joins the pages of questions."""

from app.rounds.questions import learner_views, pin_views, shortage_views, what_if_views
from app.rounds.questions.base_views import blueprint

__all__ = ["blueprint", "learner_views", "pin_views", "shortage_views", "what_if_views"]
