"""The start page for everybody, and for each person the list of what needs doing now."""

from flask import Blueprint, Response, current_app
from flask_login import current_user

from app.home.queries import programmes
from app.platform.clock import now, today
from app.platform.db import db
from app.rules.home_items import Source, Standing, ToDo
from app.web.access import open_to_all, signed_in
from app.web.htmx import answer

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@open_to_all
def show() -> Response:
    if not current_user.is_authenticated:
        return answer("home/start.html", programmes=programmes(db.session()))
    person, at, day = signed_in(), now(), today()
    sources: list[Source] = current_app.extensions["rpe_home_sources"]
    found = [item for source in sources for item in source(db.session(), person, at)]
    to_do = sorted(
        (item for item in found if isinstance(item, ToDo)),
        key=lambda item: (item.due is None, item.due or day),
    )
    standings = [item for item in found if isinstance(item, Standing)]
    return answer("home/home.html", person=person, to_do=to_do, standings=standings)


@blueprint.get("/accessibility")
@open_to_all
def accessibility() -> Response:
    return answer("home/accessibility.html")


@blueprint.get("/privacy")
@open_to_all
def privacy() -> Response:
    return answer("home/privacy.html")
