"""The blueprint of capabilities and evidence, and the loaders that its views share."""

from flask import Blueprint

from app.evidence import queries
from app.models.course.evidence import Evidence
from app.models.placements import Placement
from app.platform.db import db
from app.web.access import found, signed_in

blueprint = Blueprint("evidence", __name__)


def placement_read(placement_id: int) -> Placement:
    """The placement, if she may read what it shows of its learner, or 404."""
    placement: Placement = found(queries.placement_read_by(db.session(), signed_in(), placement_id))
    return placement


def own_placement(placement_id: int) -> Placement:
    """The placement, if she is its learner or its mentor."""
    placement: Placement = found(queries.placement_of(db.session(), signed_in(), placement_id))
    return placement


def placement_of_learner(placement_id: int) -> Placement:
    placement = own_placement(placement_id)
    return placement if placement.learner_id == signed_in().id else found(None)


def evidence_read(evidence_id: int) -> Evidence:
    evidence: Evidence = found(queries.evidence_read_by(db.session(), signed_in(), evidence_id))
    return evidence


def own_evidence(evidence_id: int) -> Evidence:
    """The piece, if she is the learner who added it."""
    evidence = evidence_read(evidence_id)
    return evidence if evidence.placement.learner_id == signed_in().id else found(None)
