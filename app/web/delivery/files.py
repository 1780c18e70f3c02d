"""Sends files to keep; a list as one, however long it is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from flask import Response, current_app, request, send_file
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.platform.db import db, reading_apart
from app.web.edge.searching import search_complaint
from app.web.errors import problem
from app.web.spreadsheet import Cell, csv_lines

Rows = Callable[[Session], Iterable[Sequence[Cell]]]
MISSING = (
    "It is on the record, but no longer where this service keeps files. Tell the administrator, who can bring it back "
    "from a backup."
)


def csv_file(name: str, headings: Sequence[str], rows: Rows) -> Response:
    """The table as a file to keep, sent while its rows are read: however many there are, few are in memory.

    Its request is over by then, so `rows` asks the session that it is given, and rests on nothing of the request.
    """
    return file_to_keep(pieces(db.engine, headings, rows), name, "text/csv")


def file_to_keep(content: str | Iterable[str] | Iterable[bytes], name: str, kind: str) -> Response:
    """A file that the browser keeps under a name; `kind` is its media type.

    Raises Refused when more was typed into its search than anybody looks for.
    """
    if search_complaint():
        raise Refused(search_complaint())
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def kept_file(path: Path, name: str, kind: str) -> Response:
    """A file that somebody handed in, for the browser to keep and never to show: whatever stands in it runs nowhere."""
    try:
        response = send_file(path, mimetype=kind, as_attachment=True, download_name=name, conditional=False)
    except FileNotFoundError:
        current_app.logger.error("%s found no file %s", request.url_rule, path.name)
        return problem(404, MISSING, title="The file is missing")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def pieces(engine: Engine, headings: Sequence[str], rows: Rows) -> Iterator[str]:
    """The file piece by piece; whoever stops reading and closes this ends its transaction as well."""
    with reading_apart(engine) as session:
        yield from csv_lines(headings, rows(session))
