"""What the pages of studies and openings share: their blueprint, and reading the address."""

from flask import Blueprint, request

from app.models.studies import Study
from app.platform.db import db
from app.studies.queries import study_with_parts
from app.web.access import found

blueprint = Blueprint("studies", __name__)


def study_at(study_id: int) -> Study:
    """The study, or 404."""
    study: Study = found(study_with_parts(db.session(), study_id))
    return study


def wants_to_find() -> bool:
    """True when the button beside a name was pressed: the form is shown again with what was found."""
    return "find" in request.form
