"""Which export a file is, told by its column names, and its rows as records by those names."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.models.values.identifiers import BadIdentifier
from app.models.values.specialties import UnknownSpecialty
from app.registries.csv_rows import Row, broken_quotes
from app.registries.records import BadRow, RefusedRow, StudyRecord, UnreadableFile

Cells = dict[str, str]


@dataclass(frozen=True)
class Layout:
    """A kind of export: its columns, those that tell it from other exports, those it is useless without, its reader.

    Of each group in `required` one column must be there. `read` is given the line and the cells by column name, without
    the columns that the file lacks; it raises BadRow, BadIdentifier or UnknownSpecialty for a row that cannot be taken.
    """

    name: str
    columns: tuple[str, ...]
    telling: tuple[str, ...]
    required: tuple[tuple[str, ...], ...]
    read: Callable[[int, Cells], StudyRecord]


def layout_of(header: Sequence[str], layouts: Sequence[Layout]) -> Layout:
    """The layout that `header` belongs to, even if other columns are chosen, renamed in case or in another order.

    Two of its telling columns are enough to know a layout. Raises UnreadableFile when it is none of them, or when a
    column that it needs is missing or a column comes twice.
    """
    names = _plain(header)
    for layout in layouts:
        if len(set(_plain(layout.telling)).intersection(names)) >= 2:
            _require_columns(layout, header)
            return layout
    raise UnreadableFile(_unknown_file(header, layouts))


def records_in(rows: Iterator[Row], layout: Layout, header: Sequence[str]) -> Iterator[StudyRecord | RefusedRow]:
    """One record or refusal for each row under `header`."""
    known = {plain: column for column, plain in zip(layout.columns, _plain(layout.columns), strict=True)}
    columns = [known.get(name, name) for name in _plain(header)]
    for row in rows:
        try:
            yield layout.read(row.line, _cells_by_column(row, columns))
        except (BadRow, BadIdentifier, UnknownSpecialty) as error:
            yield RefusedRow(row.line, str(error))


_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def one_line(text: str) -> str:
    """The text without line breaks, control characters and repeated spaces."""
    return " ".join(_CONTROL_CHARACTERS.sub("", text).split())


def paragraphs(text: str) -> str:
    """The text with its line breaks, without control characters, repeated spaces and blank lines at either end."""
    return "\n".join(one_line(line) for line in text.splitlines()).strip()


def _plain(names: Sequence[str]) -> list[str]:
    return [one_line(name).lower() for name in names]


def _require_columns(layout: Layout, header: Sequence[str]) -> None:
    names = _plain(header)
    for choice in layout.required:
        if not any(column.lower() in names for column in choice):
            columns = " or ".join(f"“{column}”" for column in choice)
            raise UnreadableFile(f"This {layout.name} file has no column {columns}: export it again with that column.")
    for column in layout.columns:
        if names.count(column.lower()) > 1:
            raise UnreadableFile(f"The column “{column}” comes twice in this file: take one of the two out.")


def _unknown_file(header: Sequence[str], layouts: Sequence[Layout]) -> str:
    if len(header) == 1 and re.search("[;\t|]", header[0]):
        return "The columns of this file are not separated by commas: save it as “CSV UTF-8 (comma delimited)”."
    kinds = " or ".join(f"the {layout.name} CSV" for layout in layouts)
    return f"The first line has none of the column names that we know: choose {kinds}."


def _cells_by_column(row: Row, columns: Sequence[str]) -> Cells:
    cells = list(row.cells)
    while len(cells) > len(columns) and not cells[-1].strip():
        cells.pop()
    if len(cells) == len(columns):
        return dict(zip(columns, cells, strict=True))
    if row.last_line > row.line:
        # A stray quotation mark has swallowed the rows between, and they must not get lost inside one refused row.
        raise broken_quotes(row.line)
    raise BadRow(
        f"The row has {len(cells)} columns and the file has {len(columns)}: look for a comma or quotation mark that is"
        " missing or too many."
    )
