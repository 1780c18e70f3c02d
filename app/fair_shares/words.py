"""Fair shares in words: what each column counts, and how a group's share compares."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from app.fair_shares.counting import COMPLETED, CREDITS, OFFERED, PLACED
from app.language.numbers import listed
from app.rules.groups.published import EVERYBODY, Line, Published

TOGETHER = "Others together"
HIDDEN = "not shown"
CHANCE = 2.0  # standard errors within which a share is called about the same
COLUMNS = ("Asked", "Offered a place", "Placed", "Completed", "Credits decided")


@dataclass(frozen=True)
class Row:
    """A line of a table; `compared` is its share of places beside that of all, in words."""

    label: str
    cells: tuple[str, ...]
    compared: str


def rows_of(told: Published, name: str) -> list[Row]:
    return [row_of(line, told.whole) for line in told.tables[name]]


def row_of(line: Line, whole: Line) -> Row:
    return Row(line.label or TOGETHER, cells_of(line), compared(line, whole))


def numbers_of(line: Line) -> tuple[int | None, ...]:
    """What stands in each column; who was placed was offered a place as well."""
    own = line.numbers
    placed, no_more = own[PLACED], own[OFFERED]
    offered = placed + no_more if placed is not None and no_more is not None else None
    return own[EVERYBODY], offered, placed, own[COMPLETED], own[CREDITS]


def cells_of(line: Line) -> tuple[str, ...]:
    asked, *others = numbers_of(line)
    return str(asked), *(HIDDEN if one is None else f"{one} ({share(one, line.people)}%)" for one in others)


def share(number: int, of: int) -> int:
    return round(100 * number / of)


def compared(line: Line, whole: Line) -> str:
    """Whether a group's share of places is lower or higher than that of all by more than chance would often bring."""
    own, every = line.numbers[PLACED], whole.numbers[PLACED]
    if own is None or every is None:
        return "cannot be compared"
    rate = every / whole.people
    apart = own / line.people - rate
    if abs(apart) <= CHANCE * sqrt(rate * (1 - rate) / line.people):
        return "about the same as all"
    return "higher than all" if apart > 0 else "lower than all"


def finding_of(rows: Sequence[Row]) -> str:
    """Which groups differ from all, as a sentence."""
    said = [f"{word} for {listed(own)}" for word in ("lower", "higher") if (own := those_who_are(rows, word))]
    return f"The share of places is {' and '.join(said)}." if said else "No group differs by more than chance."


def those_who_are(rows: Sequence[Row], word: str) -> list[str]:
    return [row.label for row in rows if row.compared.startswith(word)]


def lines_of(told: Published) -> Iterator[tuple[str | int, ...]]:
    """The tables as lines of a file, the same numbers as on the page."""
    yield "Everybody", "", *(HIDDEN if one is None else one for one in numbers_of(told.whole)), ""
    for name, lines in told.tables.items():
        for line in lines:
            numbers = (HIDDEN if one is None else one for one in numbers_of(line))
            yield name, line.label or TOGETHER, *numbers, compared(line, told.whole)
