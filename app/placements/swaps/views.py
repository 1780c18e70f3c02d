"""Joins the pages of swaps: those of the two learners, and those of the coordinators who decide."""

from app.placements.swaps import coordinator_views, jobs, learner_views
from app.placements.swaps.base_views import blueprint

__all__ = ["blueprint", "coordinator_views", "jobs", "learner_views"]
