"""The two ways a problem can be refused: it is not well formed, or nothing can satisfy it."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class BadProblem(ValueError):
    """The input is malformed. `errors` holds every fault as (place, sentence), the place as in `pairs[3].score`."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(self.sentences))

    @property
    def sentences(self) -> list[str]:
        """Each fault as a line of text, after its place."""
        return [f"{place}: {what}" if place else what for place, what in self.errors]


class LimitKind(enum.StrEnum):
    """What a coordinator can edit."""

    PIN = "pin"
    CAPACITY = "capacity"
    MINIMUM = "minimum"
    MINIMUM_IF_USED = "minimum_if_used"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class ClashItem:
    """One thing a coordinator can edit: `of` names it, as ("mentor", "M1") or ("pin", "L1", "M1", "S1"); `amount` is
    what it is set to, learners or hours (1 for a pin), and `reason` what a pin was given."""

    kind: LimitKind
    of: tuple[str, ...]
    amount: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """How far one thing has to give way: to this `amount`, 0 for a pin that is lifted or a minimum done without."""

    item: ClashItem
    amount: int


class Infeasible(Exception):
    """No set of pairs satisfies all pins, minimums and capacities at once. `clash` is a smallest set of things
    that cannot hold together; each of `remedies` resolves that clash by all its releases together."""

    def __init__(self, clash: tuple[ClashItem, ...], remedies: tuple[tuple[Release, ...], ...] = ()) -> None:
        self.clash = clash
        self.remedies = remedies
        super().__init__(clash, remedies)

    def __str__(self) -> str:
        return "Nothing satisfies all pins, minimums, capacities and budgets of hours at once."


class NothingFound(Exception):
    """The time limit passed, or the solve was cancelled, before any set of pairs was found that satisfies
    the pins and minimums."""


class OutOfTime(Exception):
    """The time limit of a question passed before its answer was proved, so nothing can be said."""
