"""The two ways a problem can be refused: it is not well formed, or nothing can satisfy it."""

from __future__ import annotations

from dataclasses import dataclass


class BadProblem(ValueError):
    """The input is malformed. `errors` holds every fault as (place, sentence), the place as in `pairs[3].score`."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(self.sentences))

    @property
    def sentences(self) -> list[str]:
        return [f"{place}: {what}" if place else what for place, what in self.errors]


@dataclass(frozen=True, slots=True)
class ClashItem:
    """One thing a coordinator can edit: `kind` is `pin`, `capacity`, `minimum`, `minimum_if_used` or `hours`;
    `of` names it, as ("mentor", "M1") or ("pin", "L1", "M1", "S1")."""

    kind: str
    of: tuple[str, ...]
    sentence: str


class Infeasible(Exception):
    """No set of pairs satisfies all pins, minimums and capacities at once. `clash` is a smallest set of things
    that cannot hold together; `remedies` are sentences, each of which alone resolves that clash."""

    def __init__(self, clash: tuple[ClashItem, ...], remedies: tuple[str, ...] = ()) -> None:
        self.clash = clash
        self.remedies = remedies
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        parts = "; ".join(item.sentence for item in self.clash)
        return f"These cannot all hold together: {parts}."


class NothingFound(Exception):
    """The time limit passed, or the solve was cancelled, before any set of pairs was found that satisfies
    the pins and minimums."""
