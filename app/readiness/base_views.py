"""The blueprint of what placements need, and the loaders that its views share."""

from flask import Blueprint

from app.models.course.readiness import Cover, Need
from app.models.placements import Placement
from app.platform.db import db
from app.readiness import queries
from app.web.access import found, signed_in

blueprint = Blueprint("readiness", __name__)


def placement_reached(placement_id: int) -> Placement:
    """The placement, if it is hers, or in a network of hers, or 404."""
    placement: Placement = found(queries.placement_reached(db.session(), signed_in(), placement_id))
    return placement


def need_reached(need_id: int) -> Need:
    need: Need = found(queries.need_reached(db.session(), signed_in(), need_id))
    return need


def cover_reached(cover_id: int) -> Cover:
    cover: Cover = found(queries.cover_reached(db.session(), signed_in(), cover_id))
    return cover
