"""The blueprint of a coordinator's placements, and the loaders that its views share."""

from flask import Blueprint

from app.models.placements import Placement
from app.oversight.home import home_items_of
from app.oversight.queries import placement_overseen
from app.platform.db import db
from app.web.access import found, signed_in

blueprint = Blueprint("oversight", __name__)
HOME_SOURCES = (home_items_of,)


def placement_reached(placement_id: int) -> Placement:
    """The placement, if it is in a network of the coordinator who is signed in, or 404."""
    placement: Placement = found(placement_overseen(db.session(), signed_in(), placement_id))
    return placement
