"""A learner's own copy, to keep as a file or to print at any time: of one request, and of all that is kept."""

import json
from typing import Any

from flask import Response

from app.platform.clock import now
from app.platform.db import db
from app.requests.base_views import blueprint, request_read
from app.requests.check_views import answers_shown
from app.requests.own_copy.concerning import concerning
from app.requests.own_copy.record import copy_of
from app.requests.own_copy.whole import as_plain, own_copy_of
from app.requests.questions.whereabouts import whereabouts_of
from app.web.access import Permission, requires, signed_in
from app.web.delivery.files import file_to_keep
from app.web.htmx import answer


@blueprint.get("/my-copy")
@requires(Permission.USE_OWN_ACCOUNT)
def own_copy() -> Response:
    """For whoever was a learner once, as well: what is kept about her stays hers to read."""
    return answer("requests/own_copy/whole.html", copy=own_copy_of(db.session(), signed_in()), printed_at=now())


@blueprint.get("/my-copy.json")
@requires(Permission.USE_OWN_ACCOUNT)
def own_copy_file() -> Response:
    return json_file(as_plain(own_copy_of(db.session(), signed_in()), now()), "my-copy.json")


@blueprint.get("/request/<int:request_id>/request.json")
@requires(Permission.REQUEST_PLACEMENT)
def download(request_id: int) -> Response:
    placement_request = request_read(request_id)
    copy = copy_of(placement_request, concerning(db.session(), signed_in()), now())
    return json_file(copy, f"request-{request_id}.json")


@blueprint.get("/request/<int:request_id>/print")
@requires(Permission.REQUEST_PLACEMENT)
def printable(request_id: int) -> Response:
    placement_request = request_read(request_id)
    return answer(
        "requests/own_copy/print.html",
        whereabouts=whereabouts_of(db.session(), [placement_request], now())[placement_request.id],
        printed_at=now(),
        now=now(),
        beside=concerning(db.session(), signed_in()),
        **answers_shown(placement_request) | {"is_frozen": True},
    )


def json_file(copy: dict[str, Any], name: str) -> Response:
    return file_to_keep(json.dumps(copy, indent=2, ensure_ascii=False), name, "application/json")
