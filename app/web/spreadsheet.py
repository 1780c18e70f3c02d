"""Writes a table as a CSV file that a spreadsheet reads rightly and never runs."""

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | float
# A cell that begins with one of these is taken for a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The table as text; begins with a byte order mark, by which Excel knows that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + text.getvalue()


def harmless(cell: Cell) -> Cell:
    """The cell with an apostrophe before it where it would be taken for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
