"""The start page for everybody, and for each person the list of what needs doing now."""

from flask import Response
from flask_login import current_user

from app.home import putting_off_views
from app.home.base_views import blueprint, what_waits
from app.home.digests import jobs, stopping_views
from app.home.digests import views as digest_views
from app.web.access import open_to_all, signed_in
from app.web.htmx import answer

__all__ = ["blueprint", "digest_views", "jobs", "putting_off_views", "stopping_views"]


@blueprint.get("/")
@open_to_all
def show() -> Response:
    if not current_user.is_authenticated:
        return answer("home/start.html")
    return answer("home/home.html", person=signed_in(), waiting=what_waits())


@blueprint.get("/accessibility")
@open_to_all
def accessibility() -> Response:
    return answer("home/accessibility.html")


@blueprint.get("/privacy")
@open_to_all
def privacy() -> Response:
    return answer("home/privacy.html")
