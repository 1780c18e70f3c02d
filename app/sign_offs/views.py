"""Pages of sign-offs to read: that of one placement, and those of a university with what waits there."""

from flask import Response, request

from app.phrasebook.of_placements.sign_offs import said_sign_off
from app.platform.clock import today
from app.platform.db import db
from app.rules.sign_offs.standing import standings_of
from app.sign_offs import by_link_views, ending_views, queries, signing_views
from app.sign_offs.base_views import OF_PLACEMENT, blueprint, page_about, seen_placement
from app.sign_offs.home import home_items_of
from app.web.access import Permission, requires, signed_in
from app.web.edge.numbers import page_asked
from app.web.htmx import answer
from app.web.paging import page_of

__all__ = ["HOME_SOURCES", "blueprint", "by_link_views", "ending_views", "signing_views"]

HOME_SOURCES = (home_items_of,)


@blueprint.get("/sign-offs")
@requires(Permission.OVERSEE_SIGN_OFFS)
def every() -> Response:
    """The sign-offs of learners of her university, or only those that wait for her there."""
    only_waiting = bool(request.args.get("waiting"))
    page = page_of(db.session(), queries.at_university(signed_in(), only_waiting=only_waiting), page_asked())
    found = standings_of(db.session(), page.rows)
    return answer(
        "sign_offs/every.html",
        page=page,
        said={one.sign_off.id: said_sign_off(one.sign_off.placement, one, today()) for one in found},
        only_waiting=only_waiting,
    )


@blueprint.get(OF_PLACEMENT)
@requires(Permission.SEE_SIGN_OFF)
def show(placement_id: int) -> Response:
    return page_about(seen_placement(placement_id))
