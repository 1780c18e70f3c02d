"""Sends a list as a file, however long it is."""

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
    response = Response(pieces(db.engine, headings, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def pieces(engine: Engine, headings: Sequence[str], rows: Rows) -> Iterator[str]:
    """The file piece by piece; whoever stops reading and closes this ends its transaction as well."""
    with reading_apart(engine) as session:
        yield from csv_lines(headings, rows(session))
