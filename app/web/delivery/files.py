"""Sends a list as a file, however long it is."""

from collections.abc import Iterable, Sequence

from flask import Response, stream_with_context

from app.web.spreadsheet import Cell, csv_lines


def csv_file(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """The table as a file to keep, sent while its rows are read: however many there are, few are in memory.

    The rows may ask the database: its session lives until the last one is sent.
    """
    response = Response(stream_with_context(csv_lines(headings, rows)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
