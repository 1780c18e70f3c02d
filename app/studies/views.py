"""Joins the pages of studies, imports, mentors' profiles and openings."""

from app.studies import study_views
from app.studies.base_views import blueprint
from app.studies.confirming import jobs as confirming_jobs
from app.studies.confirming import views as confirming_views
from app.studies.home import home_items_of
from app.studies.imports import views as import_views
from app.studies.openings import views as opening_views
from app.studies.profiles import views as profile_views
from app.studies.promised import views as promised_views

HOME_SOURCES = (home_items_of,)

__all__ = [
    "HOME_SOURCES",
    "blueprint",
    "confirming_jobs",
    "confirming_views",
    "import_views",
    "opening_views",
    "profile_views",
    "promised_views",
    "study_views",
]
