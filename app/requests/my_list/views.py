"""Adding to the list, moving on it and removing from it: as plain forms, and for htmx as parts of the openings page."""

from flask import Response, request, url_for

from app.language.refusal import Refused
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.platform.clock import now, today
from app.platform.db import db
from app.requests.base_views import blueprint, request_to_change
from app.requests.my_list.forms import MoveForm, SearchForm
from app.requests.my_list.openings_views import list_context, search_in, show_openings
from app.requests.my_list.service import add_to_list, move_on_list, opening_with_id, remove_from_list
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import id_in
from app.web.htmx import answer, go_to, wants_part


@blueprint.post("/request/<int:request_id>/list/<int:opening_id>/add")
@requires(Permission.REQUEST_PLACEMENT)
def add(request_id: int, opening_id: int) -> Response:
    placement_request = request_to_change(request_id)
    opening: Opening = found(opening_with_id(db.session(), opening_id))
    try:
        add_to_list(db.session(), signed_in(), placement_request, opening, today(), now())
    except Refused as refusal:
        return unchanged_list(placement_request, refusal)
    said = f"Added as {place_of(placement_request, opening)}"
    return changed_list(placement_request, opening, said, focus=f"on-list-{opening_id}")


@blueprint.post("/request/<int:request_id>/list/<int:opening_id>/remove")
@requires(Permission.REQUEST_PLACEMENT)
def remove(request_id: int, opening_id: int) -> Response:
    placement_request = request_to_change(request_id)
    opening: Opening = found(opening_with_id(db.session(), opening_id))
    try:
        remove_from_list(db.session(), signed_in(), placement_request, opening, today(), now())
    except Refused as refusal:
        return unchanged_list(placement_request, refusal)
    focus = f"add-{opening_id}" if request.form.get("from") == "card" else "my-list-title"
    return changed_list(placement_request, opening, "Removed from your list", focus)


@blueprint.post("/request/<int:request_id>/list/<int:opening_id>/move")
@requires(Permission.REQUEST_PLACEMENT)
def move(request_id: int, opening_id: int) -> Response:
    placement_request = request_to_change(request_id)
    opening: Opening = found(opening_with_id(db.session(), opening_id))
    try:
        move_on_list(db.session(), signed_in(), placement_request, opening, MoveForm().to.data, today(), now())
    except Refused as refusal:
        return unchanged_list(placement_request, refusal)
    said = f"Moved to {place_of(placement_request, opening)}"
    return changed_list(placement_request, opening, said, focus_after_move(placement_request, opening))


def focus_after_move(placement_request: PlacementRequest, opening: Opening) -> str:
    """The button that was pressed, so that it can be pressed again; at either end of the list the opposite one."""
    pressed = request.form.get("direction", "choice")
    if opening is placement_request.ranked[0].opening and pressed == "up":
        pressed = "down"
    elif opening is placement_request.ranked[-1].opening and pressed == "down":
        pressed = "up"
    return f"{pressed}-{opening.id}"


def place_of(placement_request: PlacementRequest, opening: Opening) -> str:
    """2 of 5"""
    position = next(row.position for row in placement_request.ranked if row.opening is opening)
    return f"{position} of {len(placement_request.ranked)}"


def changed_list(placement_request: PlacementRequest, opening: Opening, said: str, focus: str) -> Response:
    """The list after a deed: for htmx the list and the buttons of the cards, else the page again with its list in view.

    `focus` is the id of the element where the focus goes on.
    """
    search = search_in(SearchForm())
    name = opening.study.title
    if not wants_part():
        flash(f"{said}: {name}.")
        place = f"opening-{opening.id}" if focus.startswith(("add-", "on-list-")) else "my-list"
        return go_to(url_for("requests.openings", request_id=placement_request.id, **search.address, _anchor=place))
    db.session().flush()
    return answer(
        "requests/my_list/openings.html",
        "requests/my_list/_changed_list.html",
        announce=f"{said}: {name}",
        focus=focus,
        shown=[number for text in request.form.get("shown", "").split() if (number := id_in(text))],
        **list_context(placement_request, search),
    )


def unchanged_list(placement_request: PlacementRequest, refusal: Refused) -> Response:
    """The list as it was, with the reason why it did not change."""
    if not wants_part():
        return show_openings(placement_request, problem=refusal.message)
    search = search_in(SearchForm())
    return answer(
        "requests/my_list/openings.html",
        "requests/my_list/_my_list.html",
        status=422,
        problem=refusal.message,
        **list_context(placement_request, search),
    )
