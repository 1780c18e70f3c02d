"""Joins the pages of studies, imports, mentors' profiles and openings."""

from app.studies import import_views, opening_views, profile_views, study_views
from app.studies.base_views import blueprint
from app.studies.tasks import tasks_of

TASK_SOURCES = (tasks_of,)

__all__ = ["TASK_SOURCES", "blueprint", "import_views", "opening_views", "profile_views", "study_views"]
