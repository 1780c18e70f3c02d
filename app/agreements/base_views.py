"""The blueprint of learning agreements, and the loaders that its views share."""

from flask import Blueprint, Response, url_for

from app.agreements import queries
from app.models.course.agreements import LearningAgreement, Objective
from app.models.placements import Placement
from app.platform.db import db
from app.rules.agreements.kind import agreement_of
from app.web.access import found, refuse, signed_in
from app.web.htmx import go_to

blueprint = Blueprint("agreements", __name__)


def placement_read(placement_id: int) -> Placement:
    """The placement, if she may read its agreement, or 404."""
    placement: Placement = found(queries.placement_read(db.session(), signed_in(), placement_id))
    return placement


def placement_written(placement_id: int) -> Placement:
    """The placement, if she is its learner; 403 for who may only read, 404 for everybody else."""
    placement = placement_read(placement_id)
    if placement.learner_id != signed_in().id:
        refuse(403)
    return placement


def agreement_read(placement_id: int) -> LearningAgreement:
    """The agreement of a placement, or 404 where there is none."""
    agreement: LearningAgreement = found(agreement_of(db.session(), placement_read(placement_id)))
    return agreement


def agreement_written(placement_id: int) -> LearningAgreement:
    agreement: LearningAgreement = found(agreement_of(db.session(), placement_written(placement_id)))
    return agreement


def objective_written(agreement: LearningAgreement, objective_id: int) -> Objective:
    objective: Objective = found(next((one for one in agreement.objectives if one.id == objective_id), None))
    return objective


def back_to(placement_id: int) -> Response:
    return go_to(url_for("agreements.show", placement_id=placement_id))
