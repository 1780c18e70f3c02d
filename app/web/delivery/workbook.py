"""A workbook for a spreadsheet, in which a text is a text, whatever it begins with."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from xlsxwriter import Workbook

from app.web.spreadsheet import Cell

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # characters; a spreadsheet takes no more
BYTES_AT_ONCE = 65_536
WIDTH_MOST = 60
# Row by row onto the disk; and no text is guessed to be a number, an address or a formula.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its headings and its rows, which are read once, from the first to the last."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def pieces_of_workbook(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """The file piece by piece: it is written to the disk first, so that little of it is in memory at a time."""
    file = TemporaryFile()  # noqa: SIM115  it is closed when whoever reads the pieces has all, or stops
    write_workbook(file, sheets)
    return pieces_of(file)


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(BYTES_AT_ONCE):
            yield piece


def write_workbook(file: IO[bytes], sheets: Iterable[Sheet]) -> None:
    with Workbook(file, OPTIONS) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            for column, heading in enumerate(sheet.headings):
                page.set_column(column, column, min(max(len(heading) + 2, 12), WIDTH_MOST))
                page.write_string(0, column, heading, bold)
            for number, row in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(number, column, shortened(cell), wrapped)
                    else:
                        page.write_number(number, column, cell, wrapped)


def shortened(cell: str) -> str:
    return cell if len(cell) <= LONGEST_CELL else f"{cell[: LONGEST_CELL - 1]}…"
