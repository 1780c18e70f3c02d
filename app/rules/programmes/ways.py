"""Every way through the options of a version, told apart by what it adds up to.

The ways themselves may be millions. What matters of one is its credits and how many modules of each kind it has, so
those are counted, with one example for each sum: the table of a knapsack, one module after the other.

    Kellerer, Pferschy and Pisinger, Knapsack Problems, Springer 2004, section 2.3 (dynamic programming).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.models.programmes import HOURS_A_CREDIT, Choose, ModuleKind
from app.rules.programmes.said import ModuleSaid, PartSaid


@dataclass(frozen=True, slots=True, order=True)
class Total:
    """What a choice of modules adds up to: its credits, and how many modules it has of each kind."""

    credits: int = 0
    practice: int = 0
    dissertations: int = 0
    online: int = 0

    @property
    def hours(self) -> int:
        return self.credits * HOURS_A_CREDIT

    @property
    def modules(self) -> int:
        return self.practice + self.dissertations + self.online

    def __add__(self, other: "Total") -> "Total":
        return Total(
            self.credits + other.credits,
            self.practice + other.practice,
            self.dissertations + other.dissertations,
            self.online + other.online,
        )


@dataclass(frozen=True, slots=True)
class Ways:
    """How many choices have the same total, and the first of them in the order of the modules."""

    number: int
    example: tuple[ModuleSaid, ...]


Table = Mapping[Total, Ways]
NOTHING: Table = {Total(): Ways(1, ())}


def total_of(module: ModuleSaid) -> Total:
    return Total(
        module.credits,
        practice=int(module.kind is ModuleKind.RPE),
        dissertations=int(module.kind is ModuleKind.DISSERTATION),
        online=int(module.kind is ModuleKind.TAUGHT),
    )


def ways_through(parts: Iterable[PartSaid]) -> Table:
    """Every total that choices from all parts reach; empty where a part leaves no choice.

    Time grows with the modules and with how many different totals there are, not with the number of ways.
    """
    found = NOTHING
    for part in parts:
        found = side_by_side(found, choices_of(part))
    return found


def choices_of(part: PartSaid) -> Table:
    """Every total that a choice from one part reaches; empty where what it asks for cannot be chosen."""
    if part.choose is Choose.ALL:
        return {sum(map(total_of, part.modules), Total()): Ways(1, part.modules)}
    found = dict(NOTHING)
    for module in part.modules:
        for total, ways in list(found.items()):
            larger = total + total_of(module)
            if asked_for(part.choose, larger) <= part.amount:
                add(found, larger, Ways(ways.number, (*ways.example, module)))
    return {total: ways for total, ways in found.items() if asked_for(part.choose, total) == part.amount}


def asked_for(choose: Choose, total: Total) -> int:
    """What a part counts that leaves a choice."""
    return total.modules if choose is Choose.NUMBER else total.credits


def side_by_side(one: Table, other: Table) -> Table:
    """Every choice of the one with every choice of the other."""
    found: dict[Total, Ways] = {}
    for left, ways in one.items():
        for right, more in other.items():
            add(found, left + right, Ways(ways.number * more.number, ways.example + more.example))
    return found


def add(found: dict[Total, Ways], total: Total, ways: Ways) -> None:
    known = found.get(total)
    found[total] = Ways(known.number + ways.number, known.example) if known else ways
