"""Pages of dissertations to read: one of them, and those of a university with what is late."""

from flask import Response, request

from app.dissertations import doing_views, learner_views, queries
from app.dissertations.base_views import OF_ONE, blueprint, page_of, seen
from app.dissertations.home import home_items_of
from app.language.numbers import count
from app.platform.clock import today
from app.platform.db import db
from app.web.access import Permission, requires, signed_in
from app.web.edge.numbers import page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer
from app.web.looking import note_opening

__all__ = ["HOME_SOURCES", "blueprint", "doing_views", "learner_views"]

HOME_SOURCES = (home_items_of,)


@blueprint.get("/dissertations")
@requires(Permission.OVERSEE_DISSERTATIONS)
def index() -> Response:
    day, only_late = today(), bool(request.args.get("late"))
    page = queries.page_reached(db.session(), signed_in(), day, words_asked(), page_asked(), only_late=only_late)
    return answer(
        "dissertations/index.html",
        "dissertations/_list.html",
        announce=count(page.total, "dissertation"),
        page=page,
        q=words_asked(),
        only_late=only_late,
        not_begun=queries.not_begun(db.session(), signed_in(), day),
        today=day,
    )


@blueprint.get(OF_ONE)
@requires(Permission.SEE_DISSERTATION)
def show(dissertation_id: int) -> Response:
    dissertation, learner = seen(dissertation_id)
    note_opening(dissertation.enrolment, learner)
    return page_of(dissertation, learner)
