"""What the pages of signing in and of one's own account share: their blueprint, and how they go on after a sign-in."""

from flask import Blueprint

from app.sign_in.kept_form import filled_by

blueprint = Blueprint("sign_in", __name__)
blueprint.app_template_global()(filled_by)
