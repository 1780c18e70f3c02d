"""Whether every way through a version is a level of the Framework: its credits, its hours and what it is about."""

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.models.programmes import CREDITS_A_LEVEL, HOURS_A_CREDIT, Level
from app.rules.programmes.said import ModuleSaid, PartSaid
from app.rules.programmes.ways import Table, Total, Ways, choices_of, ways_through

HOURS_A_LEVEL = CREDITS_A_LEVEL * HOURS_A_CREDIT
CREDIT_STEP = 5
NO_TOTAL = Total()


class Fault(enum.Enum):
    """What keeps a version from being a level; no such version is published."""

    NO_MODULES = "it has no modules"
    NO_CHOICE = "what a part asks for cannot be chosen"
    CREDITS = "a way has not the credits of a level"
    PRACTICE = "a way has not just one Research Practice Experience"
    DISSERTATION = "a way has not just one dissertation"


class Note(enum.Enum):
    """What is unusual for the Framework, and may be meant."""

    CREDIT_STEP = "credits are not a multiple of five"
    SHAPE = "a way has other modules than the level usually has"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, of how many ways, with the first of them; the part where no way can be chosen in it."""

    what: Fault | Note
    number: int = 0
    total: Total = NO_TOTAL
    example: tuple[ModuleSaid, ...] = ()
    part: PartSaid | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """How many ways there are, and what was found of them; proved when no fault was."""

    ways: int
    faults: tuple[Found, ...]
    notes: tuple[Found, ...]
    to_confirm: int

    @property
    def is_proved(self) -> bool:
        return not self.faults


def checked(level: Level, parts: Sequence[PartSaid]) -> Checked:
    """Ask every way through the parts."""
    modules = [module for part in parts for module in part.modules]
    without = [Found(Fault.NO_CHOICE, part=part) for part in parts if not choices_of(part)]
    found = {} if without or not modules else ways_through(parts)
    faults = [Found(Fault.NO_MODULES)] if not modules else without
    return Checked(
        ways=sum(ways.number for ways in found.values()),
        faults=(*faults, *(one for fault, holds in FAULTS[level].items() for one in against(fault, holds, found))),
        notes=(*odd_credits(modules), *against(Note.SHAPE, SHAPES[level], found)),
        to_confirm=sum(module.is_to_confirm for module in modules),
    )


Holds = Callable[[Total], bool]


def against(what: Fault | Note, holds: Holds, found: Table) -> list[Found]:
    """The ways of which something does not hold: for credits each sum by itself, for the rest together."""
    wrong = {total: ways for total, ways in sorted(found.items()) if not holds(total)}
    if what is not Fault.CREDITS:
        return together(what, wrong)
    sums = sorted({total.credits for total in wrong})
    return [
        one for asked in sums for one in together(what, {t: ways for t, ways in wrong.items() if t.credits == asked})
    ]


def together(what: Fault | Note, wrong: dict[Total, Ways]) -> list[Found]:
    if not wrong:
        return []
    total, first = next(iter(wrong.items()))
    return [Found(what, sum(ways.number for ways in wrong.values()), total, first.example)]


def odd_credits(modules: Iterable[ModuleSaid]) -> list[Found]:
    odd = tuple(module for module in modules if module.credits % CREDIT_STEP)
    return [Found(Note.CREDIT_STEP, len(odd), example=odd)] if odd else []


def has_credits(total: Total) -> bool:
    """Hours follow from credits, and are asked for all the same: both stand on the page."""
    return total.credits == CREDITS_A_LEVEL and total.hours == HOURS_A_LEVEL


def has_one_practice(total: Total) -> bool:
    return total.practice == 1


def has_one_dissertation(total: Total) -> bool:
    return total.dissertations == 1


OF_PRACTICE: dict[Fault, Holds] = {Fault.CREDITS: has_credits, Fault.PRACTICE: has_one_practice}
FAULTS: dict[Level, dict[Fault, Holds]] = {
    Level.PGCERT: OF_PRACTICE,
    Level.PGDIP: OF_PRACTICE,
    Level.MSC: {Fault.CREDITS: has_credits, Fault.DISSERTATION: has_one_dissertation},
}
SHAPES: dict[Level, Holds] = {
    Level.PGCERT: lambda total: (total.online, total.dissertations) in ((2, 0), (3, 0)),
    Level.PGDIP: lambda total: (total.online, total.dissertations) == (2, 0),
    Level.MSC: lambda total: total.modules == 1,
}
