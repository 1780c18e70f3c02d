"""The two buttons of a request that brought no place: wait for the next turn, or no longer."""

from flask import Response, url_for

from app.models.requests import PlacementRequest
from app.platform.db import db
from app.requests.base_views import blueprint
from app.requests.queries import request_of
from app.requests.waiting import stop_waiting, wait_again
from app.rules.standing_still import lock_people
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get("/request/<int:request_id>/stop-waiting")
@requires(Permission.REQUEST_PLACEMENT)
def ask_stop_waiting(request_id: int) -> Response:
    placement_request = found(request_of(db.session(), signed_in(), request_id))
    return answer("requests/stop_waiting.html", placement_request=placement_request)


@blueprint.post("/request/<int:request_id>/stop-waiting")
@requires(Permission.REQUEST_PLACEMENT)
def no_longer_wait(request_id: int) -> Response:
    stop_waiting(db.session(), this_occasion(), request_standing_still(request_id))
    flash("You no longer wait. Nobody is told; your coordinators see one learner fewer who waits.")
    return go_to(url_for("requests.show", request_id=request_id))


@blueprint.post("/request/<int:request_id>/wait")
@requires(Permission.REQUEST_PLACEMENT)
def wait(request_id: int) -> Response:
    wait_again(db.session(), this_occasion(), request_standing_still(request_id))
    flash("You wait for the next turn with this request. You need not do anything.")
    return go_to(url_for("requests.show", request_id=request_id))


def request_standing_still(request_id: int) -> PlacementRequest:
    """The learner's own request, locked with her: a turn that is published at this moment waits, or is waited for."""
    lock_people(db.session(), [signed_in().id])
    placement_request: PlacementRequest = found(request_of(db.session(), signed_in(), request_id, to_change=True))
    return placement_request
