"""The blueprint of submitted hours, with what its pages share: whose placement and whose entry it is."""

from flask import Blueprint

from app.hours.approval.queries import entry_seen_by, placement_seen_by
from app.hours.queries import entry_of_learner, placement_of_learner
from app.models.hours import HoursEntry
from app.models.placements import Placement
from app.platform.clock import today
from app.platform.db import db
from app.rules.hours.verifiers import verifies
from app.web.access import found, refuse, signed_in

blueprint = Blueprint("approval", __name__)


def own_placement(placement_id: int) -> Placement:
    """The placement of the learner who asks."""
    placement: Placement = found(placement_of_learner(db.session(), signed_in(), placement_id))
    return placement


def seen_placement(placement_id: int) -> Placement:
    """The placement of whoever asks, as its learner, its mentor, or the one who verifies its hours today."""
    placement: Placement = found(placement_seen_by(db.session(), signed_in(), placement_id, today()))
    return placement


def placement_to_verify(placement_id: int) -> Placement:
    """The placement whose hours the mentor who asks verifies today; 403 for who was its mentor before (H9)."""
    return for_verifier(seen_placement(placement_id))


def for_verifier(placement: Placement) -> Placement:
    if not verifies(db.session(), placement, signed_in(), today()):
        refuse(403)
    return placement


def own_entry(entry_id: int) -> HoursEntry:
    entry: HoursEntry = found(entry_of_learner(db.session(), signed_in(), entry_id))
    return entry


def seen_entry(entry_id: int) -> HoursEntry:
    entry: HoursEntry = found(entry_seen_by(db.session(), signed_in(), entry_id, today()))
    return entry
