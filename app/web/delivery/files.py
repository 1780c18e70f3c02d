"""Sends files to keep; a list as one, however long it is."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from flask import Response
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.platform.db import db, reading_apart
from app.web.spreadsheet import Cell, csv_lines

Rows = Callable[[Session], Iterable[Sequence[Cell]]]


def csv_file(name: str, headings: Sequence[str], rows: Rows) -> Response:
    """The table as a file to keep, sent while its rows are read: however many there are, few are in memory.

    Its request is over by then, so `rows` asks the session that it is given, and rests on nothing of the request.
    """
    return file_to_keep(pieces(db.engine, headings, rows), name, "text/csv")


def file_to_keep(content: str | Iterable[str] | Iterable[bytes], name: str, kind: str) -> Response:
    """A file that the browser keeps under a name; `kind` is its media type."""
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def pieces(engine: Engine, headings: Sequence[str], rows: Rows) -> Iterator[str]:
    """The file piece by piece; whoever stops reading and closes this ends its transaction as well."""
    with reading_apart(engine) as session:
        yield from csv_lines(headings, rows(session))
