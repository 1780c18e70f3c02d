"""Reads organisations from the files of the Organisation Data Service: 27 quoted columns without column names."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from app.registries.csv_rows import Row, Source, opened, rows_of
from app.registries.layouts import one_line
from app.registries.locations import uk_postcode
from app.registries.names import title_case
from app.registries.records import BadRow, OrganisationRecord, RefusedRow, UnreadableFile

WIDTH = 27
CODE, NAME, POSTCODE, OPENED, CLOSED = 0, 1, 9, 10, 11
# Trusts have three characters, their sites five, GP practices and their branches six and more.
_ODS_CODE = re.compile("[A-Z0-9]{3,12}")
_NOT_ODS = (
    "This is not an organisation file of the Organisation Data Service: choose one with 27 columns and no column names,"
    " such as etr.csv for trusts or epraccur.csv for GP practices."
)


def read_organisations(source: Source) -> Iterator[OrganisationRecord | RefusedRow]:
    """The organisations of an ODS file in its order, and a refusal with its reason for each row that is none.

    `source` is a path or a binary stream. Raises UnreadableFile when the file as a whole cannot be used, at the first
    row or as late as the last: write nothing before the last row has come.
    """
    with opened(source) as stream:
        rows = rows_of(stream)
        first = next(rows, None)
        if first is None or not _is_of_ods(first.cells):
            raise UnreadableFile(_NOT_ODS)
        seen: dict[str, int] = {}
        for row in chain([first], rows):
            try:
                yield _unrepeated(_organisation(row), seen)
            except BadRow as error:
                yield RefusedRow(row.line, str(error), _name_in(row))


def _is_of_ods(cells: list[str]) -> bool:
    if len(cells) != WIDTH:
        return False
    return bool(_ODS_CODE.fullmatch(cells[CODE].upper()) and re.fullmatch("[0-9]{8}|", cells[OPENED]))


def _name_in(row: Row) -> str:
    return title_case(one_line(row.cells[NAME])) if len(row.cells) > NAME else ""


def _organisation(row: Row) -> OrganisationRecord:
    if len(row.cells) != WIDTH:
        raise BadRow(f"The row has {len(row.cells)} columns instead of {WIDTH}.")
    code, name, postcode, opened_on, closed_on = (
        one_line(row.cells[column]) for column in (CODE, NAME, POSTCODE, OPENED, CLOSED)
    )
    if not _ODS_CODE.fullmatch(code.upper()):
        raise BadRow(f"“{code}” is not an ODS code: three to twelve letters and digits, for example R0A.")
    if not name:
        raise BadRow(f"{code} has no name.")
    if postcode and not uk_postcode(postcode):
        raise BadRow(f"“{postcode}” is not a postcode.")
    record = OrganisationRecord(
        row.line, code.upper(), title_case(name), uk_postcode(postcode), _date(opened_on), _date(closed_on)
    )
    if record.opened_on and record.closed_on and record.closed_on < record.opened_on:
        raise BadRow(f"{record.ods_code} closed before it opened.")
    return record


def _unrepeated(record: OrganisationRecord, seen: dict[str, int]) -> OrganisationRecord:
    first_line = seen.setdefault(record.ods_code, record.line)
    if first_line != record.line:
        raise BadRow(f"{record.ods_code} is already in line {first_line}: keep the row that is right.")
    return record


def _date(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadRow(f"“{text}” is not a date: dates are written as 20171001.") from error
