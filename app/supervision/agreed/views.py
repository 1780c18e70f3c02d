"""Where learner and mentor say that what they have agreed is done."""

from flask import Blueprint, Response, url_for

from app.models.supervision import AgreedAction
from app.platform.clock import now, today
from app.platform.db import db
from app.supervision.agreed import service
from app.supervision.agreed.queries import action_of
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import go_to

blueprint = Blueprint("agreed", __name__)


@blueprint.post("/actions/<int:action_id>/done")
@requires(Permission.LOG_SESSION)
def tick(action_id: int) -> Response:
    action: AgreedAction = found(action_of(db.session(), signed_in(), action_id, today()))
    service.note_done(db.session(), signed_in(), action, today(), now())
    flash("It is ticked off.")
    return go_to(url_for("supervision.show", session_id=action.session_id))


@blueprint.post("/actions/<int:action_id>/not-done")
@requires(Permission.LOG_SESSION)
def untick(action_id: int) -> Response:
    action: AgreedAction = found(action_of(db.session(), signed_in(), action_id, today()))
    service.note_open(db.session(), signed_in(), action, now())
    flash("It is still to be done, and stands on your home page.")
    return go_to(url_for("supervision.show", session_id=action.session_id))
