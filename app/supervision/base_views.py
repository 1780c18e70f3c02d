"""The blueprint of sessions, with what its pages share: whose session it is, and its full address."""

from flask import Blueprint

from app.models.placements import Placement
from app.models.supervision import SupervisionSession
from app.platform.clock import today
from app.platform.db import db
from app.supervision.queries import placement_of, session_seen_by
from app.web.access import found, signed_in
from app.web.addresses import full_address

blueprint = Blueprint("supervision", __name__)


def own_placement(placement_id: int) -> Placement:
    """The placement of whoever asks, as its learner, its mentor or a deputy; 404 for everybody else."""
    placement: Placement = found(placement_of(db.session(), signed_in(), placement_id, today()))
    return placement


def own_session(session_id: int) -> SupervisionSession:
    """The session of whoever asks, as its learner, its mentor or a deputy; 404 for everybody else."""
    meeting: SupervisionSession = found(session_seen_by(db.session(), signed_in(), session_id, today()))
    return meeting


def link_address(secret: str) -> str:
    """Where whoever reads a mail answers a session without signing in."""
    return full_address("supervision.by_link.ask", secret=secret)


def address_of(meeting: SupervisionSession) -> str:
    return full_address("supervision.show", session_id=meeting.id)
