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

    Of each group in `required` one column must be there; the first of the first group names the study. `read` is given
    the line and the cells by column name, without the columns that the file lacks; it raises BadRow, BadIdentifier or
    UnknownSpecialty for a row that cannot be taken.
    """

    name: str
    columns: tuple[str, ...]
    telling: tuple[str, ...]
    required: tuple[tuple[str, ...], ...]
    read: Callable[[int, Cells], StudyRecord]

    @property
    def naming(self) -> str:
        return self.required[0][0]


class UnknownColumns(UnreadableFile):
    """The column names are of no registry that we read; which is which can be said by hand (see `columns`)."""

    def __init__(self, sentence: str, header: Sequence[str]) -> None:
        super().__init__(sentence)
        self.header = tuple(header)


def layout_of(header: Sequence[str], layouts: Sequence[Layout]) -> Layout:
    """The layout that `header` belongs to, even if other columns are chosen, in another order or written otherwise.

    Two of its telling columns are enough to know a layout. Raises UnknownColumns when it is none of them or a column
    that it needs is missing, and UnreadableFile when a column comes twice or the file has no columns.
    """
    names = plain_names(header)
    for layout in layouts:
        if len(set(plain_names(layout.telling)).intersection(names)) >= 2:
            require_columns(layout, header)
            return layout
    if len(header) == 1 and re.search("[;\t|]", header[0]):
        raise UnreadableFile(
            "The columns of this file are not separated by commas: save it as “CSV UTF-8 (comma delimited)”."
        )
    kinds = " or ".join(f"the {layout.name} CSV" for layout in layouts)
    if len(header) < 2:
        raise UnreadableFile(f"The first line has none of the column names that we know: choose {kinds}.")
    raise UnknownColumns(f"The first line has none of the column names that we know: choose {kinds}.", header)


def records_in(rows: Iterator[Row], layout: Layout, header: Sequence[str]) -> Iterator[StudyRecord | RefusedRow]:
    """One record or refusal for each row under `header`."""
    known = dict(zip(plain_names(layout.columns), layout.columns, strict=True))
    columns = [known.get(name, name) for name in plain_names(header)]
    for row in rows:
        try:
            yield layout.read(row.line, _cells_by_column(row, columns))
        except (BadRow, BadIdentifier, UnknownSpecialty) as error:
            names = dict(zip(columns, row.cells, strict=False))
            yield RefusedRow(row.line, str(error), one_line(names.get(layout.naming, "")))


_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def one_line(text: str) -> str:
    """The text without line breaks, control characters and repeated spaces."""
    return " ".join(_CONTROL_CHARACTERS.sub("", text).split())


def paragraphs(text: str) -> str:
    """The text with its line breaks, without control characters, repeated spaces and blank lines at either end."""
    return "\n".join(one_line(line) for line in text.splitlines()).strip()


def plain_names(names: Sequence[str]) -> list[str]:
    """Column names without what exports write differently: `NCT Number`, `nct_number` and `NCT.Number` are one."""
    return [re.sub(r"[\W_]", "", name).lower() for name in names]


def require_columns(layout: Layout, header: Sequence[str]) -> None:
    """Raises UnknownColumns when the layout is useless under this header, UnreadableFile when a column comes twice."""
    names = plain_names(header)
    for choice in layout.required:
        if not set(plain_names(choice)).intersection(names):
            columns = " or ".join(f"“{column}”" for column in choice)
            raise UnknownColumns(
                f"This {layout.name} file has no column {columns}: export it again with that column.", header
            )
    for column in layout.columns:
        if names.count(*plain_names([column])) > 1:
            raise UnreadableFile(f"The column “{column}” comes twice in this file: take one of the two out.")


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
