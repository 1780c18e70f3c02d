"""Reads studies from an export of a public registry, whichever it is."""

from collections.abc import Iterator
from dataclasses import replace

from app.registries.clinicaltrials_gov import CLINICALTRIALS_GOV
from app.registries.columns import Mapped, layout_for
from app.registries.csv_rows import Source, first_row, opened, rows_of
from app.registries.layouts import layout_of, records_in
from app.registries.nihr_portfolio import PORTFOLIO
from app.registries.records import RefusedRow, StudyRecord, UnreadableFile

LAYOUTS = (PORTFOLIO, CLINICALTRIALS_GOV)


def recognise(head: bytes) -> str:
    """The registry whose export begins with these bytes, which must hold the whole line of column names.

    Raises UnreadableFile, with one sentence, when it is none that we read: UnknownColumns when only its names are new.
    """
    return layout_of(first_row(head), LAYOUTS).name


def read_studies(source: Source, mapped: Mapped | None = None) -> Iterator[StudyRecord | RefusedRow]:
    """The studies of an export in the order of the file, and a refusal with its reason for each row that is none.

    `source` is a path or a binary stream; `mapped` says which column is which where a person had to say so. One row is
    in memory at a time, and of the rows before it only their numbers.
    Raises UnreadableFile, at the first row or as late as the last, when the file as a whole cannot be used: write
    nothing before the last row has come.
    """
    with opened(source) as stream:
        rows = rows_of(stream)
        header = next(rows, None)
        layout, columns = layout_for(header.cells if header else [], mapped or {}, LAYOUTS)
        results = _without_repeats(records_in(rows, layout, columns))
        first = next(results, None)
        if first is None:
            raise UnreadableFile("The file has column names and no studies: choose another one.")
        yield first
        yield from results


def _without_repeats(results: Iterator[StudyRecord | RefusedRow]) -> Iterator[StudyRecord | RefusedRow]:
    """Refuses a row whose study came before; the registry's own number, which is the first, tells."""
    seen: dict[str, tuple[int, int]] = {}
    for result in results:
        if isinstance(result, StudyRecord):
            number, content = result.identifiers[0].value, hash(replace(result, line=0))
            if number in seen:
                yield RefusedRow(result.line, _repeat(result, *seen[number], content), result.title)
                continue
            seen[number] = (result.line, content)
        yield result


def _repeat(result: StudyRecord, first_line: int, first_content: int, content: int) -> str:
    identifier = result.identifiers[0]
    number = identifier.value if identifier.value.startswith(identifier.scheme.value) else f"CPMS {identifier.value}"
    if content == first_content:
        return f"{number} is already in line {first_line} with the same details, so this row is not needed."
    return f"{number} is already in line {first_line} with other details: keep the row that is right."
