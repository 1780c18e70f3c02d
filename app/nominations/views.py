"""The pages of nominations: a learner's, a supervisor's and a coordinator's."""

from app.nominations import jobs, learner_views, mentor_views
from app.nominations.base_views import blueprint
from app.nominations.checking import views as coordinator_views
from app.nominations.home import home_items_of

__all__ = ["HOME_SOURCES", "blueprint", "coordinator_views", "jobs", "learner_views", "mentor_views"]

HOME_SOURCES = (home_items_of,)
