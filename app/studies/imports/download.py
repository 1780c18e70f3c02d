"""What a file changes, row by row, for a spreadsheet."""

from collections.abc import Iterable, Iterator

from app.models.operations.registry_files import UploadedRow
from app.web.spreadsheet import Cell

HEADINGS = ("Line", "What becomes of it", "Name", "Part", "Now", "In the file", "Why", "Live openings")


def lines_of_all(rows: Iterable[UploadedRow]) -> Iterator[tuple[Cell, ...]]:
    """One line for each part that changes or is kept back, and one for each refused row."""
    return (cells for row in rows for cells in lines_of(row))


def lines_of(row: UploadedRow) -> Iterator[tuple[Cell, ...]]:
    for field in row.fields or [["", "", ""]]:
        yield (row.line, row.outcome.value, row.name, *field, row.reason, "; ".join(row.openings))
