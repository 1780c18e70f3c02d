"""Joins the pages of studies, imports, mentors' profiles and openings."""

from app.studies import study_views
from app.studies.base_views import blueprint
from app.studies.home import home_items_of
from app.studies.imports import views as import_views
from app.studies.openings import views as opening_views
from app.studies.profiles import views as profile_views

HOME_SOURCES = (home_items_of,)

__all__ = ["HOME_SOURCES", "blueprint", "import_views", "opening_views", "profile_views", "study_views"]
