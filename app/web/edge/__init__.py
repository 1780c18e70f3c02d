"""Where requests come in: what no page can use is taken out or refused here, once, before anything reads it."""

from flask import Flask, abort, request

from app.web.edge.environment import REFUSED, SoundEnvironment
from app.web.edge.numbers import RowId
from app.web.edge.texts import SoundRequest


def guard(app: Flask) -> None:
    """Read ids, texts and headers soundly; call this before anything else looks at requests."""
    app.url_map.converters["int"] = RowId
    app.request_class = SoundRequest
    app.wsgi_app = SoundEnvironment(app.wsgi_app)  # type: ignore[method-assign]
    app.before_request(refuse_unreadable)


def refuse_unreadable() -> None:
    """Answer with a page of ours what could not be read: its parts were taken out so that there can be one."""
    if REFUSED in request.environ:
        abort(request.environ[REFUSED])
