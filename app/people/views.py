"""A person's own account."""

from flask import Blueprint, Response

from app.web.access import Permission, requires, signed_in
from app.web.htmx import answer

blueprint = Blueprint("people", __name__)


@blueprint.get("/account")
@requires(Permission.USE_OWN_ACCOUNT)
def account() -> Response:
    return answer("people/account.html", person=signed_in())
