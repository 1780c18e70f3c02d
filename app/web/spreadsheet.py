"""Writes a table as a CSV file that a spreadsheet reads rightly and never runs."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

CHARACTERS_AT_ONCE = 16_384
Cell = str | int | float
# A cell that begins with one of these is taken for a formula, or is split into more cells (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "\N{MINUS SIGN}", "@")
BREAKS = ("\t", "\r", "\n")
# Control and format characters, marks that stand on nothing, spaces, and quotation marks of all scripts.
_OVERLOOKED = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zs", "Zl", "Zp", "Pi", "Pf"})


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The table as text."""
    return "".join(csv_lines(headings, rows))


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The table in pieces of some lines; begins with a byte order mark, by which Excel knows that it is UTF-8."""
    text = io.StringIO("\ufeff")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        if text.tell() > CHARACTERS_AT_ONCE:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def harmless(cell: Cell) -> Cell:
    """The cell with an apostrophe before it where it would be taken for a formula, now or once it was saved again.

    A spreadsheet overlooks quotation marks and what nobody sees, and reads full-width signs as the plain ones; what is
    a number stays one.
    """
    is_formula = isinstance(cell, str) and (cell.startswith(BREAKS) or plain_start(cell) in FORMULA_STARTS)
    return f"'{cell}" if is_formula else cell


def plain_start(text: str) -> str:
    """The first character that counts, in its plainest form; empty where there is none."""
    first = next((char for char in text if not is_overlooked(char)), "")
    return unicodedata.normalize("NFKC", first)[:1]


def is_overlooked(char: str) -> bool:
    """True of spaces, of characters that are not seen and of quotation marks."""
    return char.isspace() or char in "\"'`" or unicodedata.category(char) in _OVERLOOKED
