"""What every page of a request does first and last: find the request, and go on once an answer is saved."""

from flask import Blueprint, Response, flash, url_for

from app.models.requests import PlacementRequest, RequestState
from app.platform.clock import today
from app.platform.db import db
from app.requests.queries import request_of
from app.requests.task_list import is_complete
from app.web.access import found, signed_in
from app.web.htmx import go_to

blueprint = Blueprint("requests", __name__)


def request_read(request_id: int) -> PlacementRequest:
    """The request of the person who is signed in, or 404."""
    placement_request: PlacementRequest = found(request_of(db.session(), signed_in(), request_id))
    return placement_request


def request_to_change(request_id: int) -> PlacementRequest:
    """The same, kept from being changed by anybody else meanwhile; refused when it can no longer be changed."""
    placement_request: PlacementRequest = found(request_of(db.session(), signed_in(), request_id, to_change=True))
    placement_request.require_changeable(today())
    return placement_request


def request_to_protect(request_id: int, to_change: bool = False) -> PlacementRequest:
    """A request whose learner may say who must not mentor her, also after its round has closed (rule P11)."""
    placement_request: PlacementRequest = found(request_of(db.session(), signed_in(), request_id, to_change))
    placement_request.require_not_withdrawn()
    return placement_request


def request_to_answer(request_id: int) -> PlacementRequest:
    """A request whose page asks a question; refused when the answer could no longer be changed."""
    placement_request = request_read(request_id)
    placement_request.require_changeable(today())
    return placement_request


def go_on(placement_request: PlacementRequest, saved: str) -> Response:
    """Say what was saved, and lead to what comes next: the task list, the check of all answers, or the sent request."""
    is_sent = placement_request.state is RequestState.SUBMITTED
    flash(f"{saved} Your request has changed at once, and stays sent." if is_sent else saved)
    page = "requests.check" if not is_sent and is_complete(placement_request) else "requests.show"
    return go_to(url_for(page, request_id=placement_request.id))
