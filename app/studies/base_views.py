"""What the pages of studies and openings share: their blueprint, and reading the address."""

from flask import Blueprint, request

from app.models.studies import Opening, Study
from app.platform.db import db
from app.studies.openings.queries import opening_of_mentor
from app.studies.queries import study_with_parts
from app.web.access import found, signed_in

blueprint = Blueprint("studies", __name__)


def study_at(study_id: int) -> Study:
    """The study, or 404."""
    study: Study = found(study_with_parts(db.session(), study_id))
    return study


def own_opening(opening_id: int, to_change: bool = False) -> Opening:
    """The opening of the mentor who is signed in, or 404."""
    opening: Opening = found(opening_of_mentor(db.session(), signed_in(), opening_id, to_change))
    return opening


def wants_to_find() -> bool:
    """True when the button beside a name was pressed: the form is shown again with what was found."""
    return "find" in request.form
