"""Reads comma-separated files row by row in bounded memory, and says in one sentence why a file is not one.

Only UTF-8 is taken, with or without a byte order mark. Another encoding cannot be told from a third one with certainty,
and a guess would store wrong letters in names without anybody noticing.
"""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

from app.registries.records import UnreadableFile

Source = str | Path | BinaryIO

LINE_LIMIT_BYTES = 1 << 20
LINES_MAX = 1 << 20  # as many as a spreadsheet has: empty ones cost time as well
# The sites of one large trial pass Python's own limit of 128 KiB; a field beyond this one lacks its closing quote.
csv.field_size_limit(LINE_LIMIT_BYTES)

_SAVE_AGAIN = "open it, save it as “CSV UTF-8 (comma delimited)” and try again"
_OTHER_KINDS = (
    (b"PK\x03\x04", f"This is a spreadsheet or a zip file, not a CSV file: {_SAVE_AGAIN}."),
    (b"\xd0\xcf\x11\xe0", f"This is an old spreadsheet or document, not a CSV file: {_SAVE_AGAIN}."),
    (b"%PDF", "This is a PDF, not a CSV file: export the table as CSV and try again."),
    (b"\x1f\x8b", "This file is compressed: unpack it and try again with the CSV file inside."),
    (b"\xff\xfe", f"This file is in UTF-16, not UTF-8: {_SAVE_AGAIN}."),
    (b"\xfe\xff", f"This file is in UTF-16, not UTF-8: {_SAVE_AGAIN}."),
    (b"{", "This looks like JSON, not a CSV file: choose CSV when you download it."),
    (b"[", "This looks like JSON, not a CSV file: choose CSV when you download it."),
    (b"<", "This is XML or a web page, not a CSV file: choose CSV when you download it."),
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# A spreadsheet's hint to itself, which is no row: `sep=;`, in quotation marks or with cells of its own after it.
_SEPARATOR_HINT = re.compile(r"\s*\"?sep=([,;\t|])\"?[,;\t|\s]*", re.IGNORECASE)


class Row(NamedTuple):
    """The cells of one row and the lines of the file, from 1, where it begins and ends."""

    line: int
    last_line: int
    cells: list[str]


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """The file behind a path, closed afterwards; a stream that is already open is left to its owner."""
    if isinstance(source, str | Path):
        with Path(source).open("rb") as stream:
            yield stream
    else:
        yield source


def rows_of(stream: BinaryIO) -> Iterator[Row]:
    """The rows that hold anything, with one row in memory at a time.

    Raises UnreadableFile at the place where the file turns out to be broken: keep nothing before the last row has come.
    """
    lines = _lines(stream)
    head = next(lines, "")
    hint = _SEPARATOR_HINT.fullmatch(head)
    reader = csv.reader(chain([""] if hint else [head], lines), strict=True, delimiter=hint[1] if hint else ",")
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise broken_quotes(begins) from error
        if any(cell.strip() for cell in cells):
            yield Row(begins, reader.line_num, cells)


def first_row(head: bytes) -> list[str]:
    """The cells of the first row that holds anything, from the first bytes of a file.

    Raises UnreadableFile when these bytes are not the beginning of a CSV file in UTF-8.
    """
    begin = head.removeprefix(_BYTE_ORDER_MARK).lstrip()
    require_text(begin)
    line, line_end, rest = begin.partition(b"\n")
    text = _decoded(line + line_end, 1)
    hint = _SEPARATOR_HINT.fullmatch(text)
    if hint and rest.strip():
        text = _decoded(rest.lstrip().partition(b"\n")[0], 2)
    return next(csv.reader([text], delimiter=hint[1] if hint else ","))


def require_text(head: bytes) -> None:
    """Raises UnreadableFile when a file that begins with `head` is empty or of another kind."""
    if not head:
        raise UnreadableFile("The file is empty: choose another one.")
    for signature, sentence in _OTHER_KINDS:
        if head.startswith(signature):
            raise UnreadableFile(sentence)


def broken_quotes(line: int) -> UnreadableFile:
    """What to raise when the quotation marks do not pair up from `line` on."""
    return UnreadableFile(
        f"The quotation marks or line ends are broken in the row that begins at line {line}: repair that row, or export"
        " the file again."
    )


def _lines(stream: BinaryIO) -> Iterator[str]:
    number, begun = 0, False
    while line := stream.readline(LINE_LIMIT_BYTES + 1):
        number += 1
        if number > LINES_MAX:
            raise UnreadableFile(f"The file has more than {LINES_MAX:,} lines: take out the empty ones, or split it.")
        if number == 1:
            line = line.removeprefix(_BYTE_ORDER_MARK)
        if not begun and line.strip():
            require_text(line.lstrip())
            begun = True
        yield _decoded(line, number)
    if not begun:
        require_text(b"")


def _decoded(line: bytes, number: int) -> str:
    if b"\0" in line:
        raise UnreadableFile(f"Line {number} has bytes that no text has: the file is damaged or not a CSV file.")
    if number == 1 and b"\r" in line and b"\n" not in line:
        raise UnreadableFile(f"The lines of this file end in a way that is no longer used: {_SAVE_AGAIN}.")
    if len(line) > LINE_LIMIT_BYTES:
        raise UnreadableFile(f"Line {number} is longer than any row can be: this is not a CSV file that we can read.")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"Line {number} has letters that are not in UTF-8: {_SAVE_AGAIN}.") from error
