"""Takes published tables apart: the least and the most that a hidden number can be, given all that is shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from app.rules.groups.published import EVERYBODY, Line, Numbers, Part, Published

Groupings = Mapping[str, Mapping[str, Numbers]]
Cell = tuple[str, str, tuple[bool, ...]]  # grouping, label, and in which parts its people are


class Attack:
    """Whole unknown numbers, one for each cell of each grouping, and every equation that the tables give.

    Whoever attacks knows which groups there are, and that all tables are about the same people.
    """

    def __init__(self, groupings: Groupings, parts: Sequence[Part], told: Published) -> None:
        self.parts, self.told = parts, told
        self.ways = list(ways_of(parts))
        self.cells: list[Cell] = [
            (name, label, way) for name, groups in groupings.items() for label in groups for way in self.ways
        ]
        self.at = {cell: at for at, cell in enumerate(self.cells)}
        self.rows: list[np.ndarray] = []
        self.sums: list[float] = []
        self.say_everything(groupings)

    def say_everything(self, groupings: Groupings) -> None:
        first = next(iter(groupings))
        for name, groups in groupings.items():
            self.say_line(name, groups, self.told.whole)
            shown = {line.label for line in self.told.tables[name]}
            for line in self.told.tables[name]:
                self.say_line(name, [line.label] if line.label else [one for one in groups if one not in shown], line)
            for way in self.ways:
                here, there = self.of(name, groups, [way]), self.of(first, groupings[first], [way])
                self.say(here - there, 0)

    def say_line(self, name: str, labels: Iterable[str], line: Line) -> None:
        for part, number in line.numbers.items():
            if number is not None:
                self.say(self.of(name, labels, self.in_part(part)), number)

    def in_part(self, part: str) -> list[tuple[bool, ...]]:
        at = next((at for at, one in enumerate(self.parts) if one.name == part), None)
        return [way for way in self.ways if at is None or way[at]]

    def of(self, name: str, labels: Iterable[str], ways: Iterable[tuple[bool, ...]]) -> np.ndarray:
        row = np.zeros(len(self.cells))
        row[[self.at[name, label, way] for label, way in product(labels, ways)]] = 1
        return row

    def say(self, row: np.ndarray, number: float) -> None:
        self.rows.append(row)
        self.sums.append(number)

    def could_be_another(self, wanted: np.ndarray, truth: int) -> bool:
        """True where a world that publishes the same numbers has more, or fewer, in the wanted cells."""
        return any(self.best(sign * wanted) > sign * truth for sign in (1, -1))

    def best(self, wanted: np.ndarray) -> int:
        equations = LinearConstraint(np.array(self.rows), self.sums, self.sums)
        found = milp(-wanted, integrality=np.ones(len(self.cells)), bounds=Bounds(0, np.inf), constraints=equations)
        assert found.status in (0, 3), found.message
        return round(-found.fun) if found.status == 0 else 10**9


def ways_of(parts: Sequence[Part]) -> Iterator[tuple[bool, ...]]:
    """Each way to be in some of the parts: in none without what it is of."""
    names = [part.name for part in parts]
    for way in product((False, True), repeat=len(parts)):
        has = dict(zip(names, way, strict=True)) | {EVERYBODY: True}
        if all(not has[part.name] or is_within(part, parts, has) for part in parts):
            yield way


def is_within(part: Part, parts: Sequence[Part], has: Mapping[str, bool]) -> bool:
    if not part.of_the_rest:
        return has[part.of]
    other = next(one for one in parts if one.name == part.of)
    return not has[part.of] and is_within(other, parts, has)
