"""Gathers the pages of a placement request, which stand in one module for each question."""

from app.requests import check_views, waiting_views
from app.requests.base_views import blueprint
from app.requests.home import home_items_of
from app.requests.my_list import openings_views
from app.requests.my_list import views as my_list_views
from app.requests.own_copy import views as own_copy_views
from app.requests.questions import about_views, exclusions_views, interests_views, module_views, where_views

HOME_SOURCES_NOW = (home_items_of,)
PAGES = (
    about_views,
    check_views,
    own_copy_views,
    exclusions_views,
    interests_views,
    module_views,
    my_list_views,
    openings_views,
    waiting_views,
    where_views,
)

__all__ = ["HOME_SOURCES_NOW", "PAGES", "blueprint"]
