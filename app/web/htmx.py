"""Page or part, redirects and announcements: the only code that reads or writes HX- headers."""

import json
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from flask import Response, make_response, redirect, render_template, request

from app.web.edge.searching import STATUS, search_complaint


def wants_part() -> bool:
    """True when htmx asks for a part of a page rather than for the page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page_shown() -> str:
    """Path and query of the page that the browser shows, also while htmx asks for a part of it."""
    if not wants_part():
        return request.full_path.rstrip("?")
    shown = urlsplit(request.htmx.current_url or "/")  # type: ignore[attr-defined]
    return urlunsplit(("", "", shown.path, shown.query, ""))


def answer(page: str, part: str = "", /, status: int = 200, announce: str = "", **context: Any) -> Response:
    """Render `page`, or for htmx the `part` that the page includes; `announce` is read out to screen readers.

    A search for too much is shown at its field, so the whole page comes where else a part would.
    """
    has_complaint = bool(search_complaint())
    as_part = bool(part) and wants_part() and not has_complaint
    response = make_response(render_template(part if as_part else page, **context), STATUS if has_complaint else status)
    response.vary.add("HX-Request")
    if has_complaint and wants_part():
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "body", "innerHTML"
    if as_part and announce:
        response.headers["HX-Trigger-After-Settle"] = json.dumps({"announce": announce})
    return response


def go_to(address: str) -> Response:
    """Send the browser to another page, after a plain form and after htmx alike."""
    if wants_part():
        response = make_response("", 204)
        response.headers["HX-Redirect"] = address
        return response
    return make_response(redirect(address, 303))
