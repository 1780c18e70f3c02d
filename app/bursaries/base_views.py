"""The blueprint of bursaries, and the loaders that its views share: what they do not find is not there."""

from flask import Blueprint

from app.bursaries import queries
from app.models.bursaries.applications import BursaryApplication
from app.models.bursaries.calls import BursaryCall
from app.platform.db import db
from app.web.access import found, signed_in

blueprint = Blueprint("bursaries", __name__)


def call_shown(open_call_id: int, *, to_change: bool = False) -> BursaryCall:
    """A call that everybody reads."""
    call: BursaryCall = found(queries.call_shown(db.session(), open_call_id, to_change=to_change))
    return call


def call_run(call_id: int, *, to_change: bool = False) -> BursaryCall:
    """A call that whoever is signed in runs."""
    call: BursaryCall = found(queries.call_run(db.session(), signed_in(), call_id, to_change=to_change))
    return call


def application_run(
    call_id: int, application_id: int, *, to_change: bool = False
) -> tuple[BursaryCall, BursaryApplication]:
    """An application to such a call."""
    call = call_run(call_id, to_change=to_change)
    application = queries.application_run(db.session(), call, application_id, to_change=to_change)
    return call, found(application)


def own_application(application_id: int, *, to_change: bool = False) -> BursaryApplication:
    """An application of whoever is signed in."""
    application: BursaryApplication = found(
        queries.own_application(db.session(), signed_in(), application_id, to_change=to_change)
    )
    return application
