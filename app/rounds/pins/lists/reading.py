"""A file of agreed pairs as lines: its columns by whatever order, and what each line says."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from app.language.folding import as_searched
from app.language.refusal import Refused
from app.models.runs import Circumstance, PinKind
from app.registries.csv_rows import rows_of
from app.registries.records import UnreadableFile

COLUMNS = ("Learner email", "Mentor email", "Study or opening", "Reason code", "Reason")
LINES_MAX = 2_000
REASON_MAX = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file; `study` is a registry number, "opening 12", or empty where the mentor has one opening."""

    number: int
    learner: str
    mentor: str
    study: str
    code: str
    reason: str


def lines_of(content: bytes) -> list[Line]:
    """Every line that says anything. Raises Refused with one sentence when the file cannot be read as a whole."""
    try:
        rows = rows_of(BytesIO(content))
        places = places_of(next(rows).cells)
        lines = [Line(row.line, *cells_of(row.cells, places)) for row in rows]
    except StopIteration:
        raise Refused("The file is empty: choose another one.", "file") from None
    except UnreadableFile as complaint:
        raise Refused(str(complaint), "file") from complaint
    if len(lines) > LINES_MAX:
        raise Refused(f"The file has more than {LINES_MAX:,} lines: split it.", "file")
    return lines


def places_of(header: list[str]) -> list[int]:
    """Where each of our columns stands in the file."""
    names = [as_searched(name) for name in header]
    missing = [name for name in COLUMNS if as_searched(name) not in names]
    if missing:
        raise Refused(f"The file has no column “{missing[0]}”. Begin with the template.", "file")
    return [names.index(as_searched(name)) for name in COLUMNS]


def cells_of(cells: list[str], places: list[int]) -> Iterator[str]:
    return (" ".join(cells[at].split()) if at < len(cells) else "" for at in places)


def codes() -> dict[str, tuple[PinKind, Circumstance | None]]:
    """Every reason code, as it is written: circumstances by what they are."""
    plain = {kind.value: (kind, None) for kind in PinKind if kind is not PinKind.CIRCUMSTANCES}
    return plain | {one.value: (PinKind.CIRCUMSTANCES, one) for one in Circumstance}


def reason_in(line: Line) -> tuple[PinKind, Circumstance | None]:
    """What a line says why; raises Refused where that is none of the codes, or says nothing more."""
    known = {as_searched(word): meant for word, meant in codes().items()}
    meant = known.get(as_searched(line.code))
    if meant is None:
        raise Refused(f"“{line.code}” is none of the reason codes." if line.code else "It has no reason code.")
    if not line.reason:
        raise Refused("It has no reason in words.")
    if len(line.reason) > REASON_MAX:
        raise Refused(f"The reason has more than {REASON_MAX} characters.")
    return meant
