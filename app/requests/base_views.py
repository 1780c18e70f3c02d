"""What every page of a request does first and last: find the request, and go on once an answer is saved."""

from flask import Blueprint, Response, url_for

from app.models.requests import PlacementRequest, RequestState
from app.platform.clock import now
from app.platform.db import db
from app.requests.queries import request_of
from app.requests.task_list import parts_of
from app.rules.standing_still import lock_people
from app.web.access import found, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import go_to

blueprint = Blueprint("requests", __name__)


def request_read(request_id: int) -> PlacementRequest:
    """The request of the person who is signed in, or 404."""
    placement_request: PlacementRequest = found(request_of(db.session(), signed_in(), request_id))
    return placement_request


def request_to_change(request_id: int) -> PlacementRequest:
    """The same, kept from being changed by anybody else meanwhile; refused when it can no longer be changed."""
    placement_request: PlacementRequest = found(request_of(db.session(), signed_in(), request_id, to_change=True))
    placement_request.require_changeable(now())
    return placement_request


def request_to_protect(request_id: int, to_change: bool = False) -> PlacementRequest:
    """A request whose learner may say who must not mentor her, also after its round has closed (rule P11).

    She is locked with all her requests, so that a round that is published at this moment waits, or is waited for.
    """
    if to_change:
        lock_people(db.session(), [signed_in().id])
    placement_request: PlacementRequest = found(request_of(db.session(), signed_in(), request_id, to_change))
    placement_request.require_not_withdrawn()
    return placement_request


def request_to_answer(request_id: int) -> PlacementRequest:
    """A request whose page asks a question; refused when the answer could no longer be changed."""
    placement_request = request_read(request_id)
    placement_request.require_changeable(now())
    return placement_request


def go_on(placement_request: PlacementRequest, saved: str) -> Response:
    """Say what was saved, and lead to what comes next: another question, the check of all, or what was sent."""
    is_sent = placement_request.state is RequestState.SUBMITTED
    flash(f"{saved} Your request has changed at once, and stays sent." if is_sent else saved)
    return go_to(url_for("requests.show" if is_sent else next_page(placement_request), request_id=placement_request.id))


def next_page(placement_request: PlacementRequest) -> str:
    """The page of the first part of a draft that is not answered yet, or the check of all answers."""
    return next((part.endpoint for part in parts_of(placement_request) if not part.is_done), "requests.check")
