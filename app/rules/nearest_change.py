"""The openings that the fewest changes would open to a learner, her own wishes counted with the other obstacles."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from app.models.studies import Opening
from app.rules.eligibility import Obstacle


class Wish(enum.Enum):
    """What the learner herself put between her and an opening."""

    NOT_LISTED = "not listed"


Hindrance = Obstacle | Wish
# What nobody can or should change comes last when the nearest change is looked for.
FIXED = frozenset(
    {
        Obstacle.LEARNER_GONE,
        Obstacle.MENTOR_GONE,
        Obstacle.WITHDRAWN,
        Obstacle.STUDY_CLOSED,
        Obstacle.EXCLUDED,
        Obstacle.ALREADY_THERE,
    }
)


@dataclass(frozen=True)
class Nearest:
    """The openings that need the fewest changes before a learner could be given one, and what would have to change."""

    hindrances: tuple[Hindrance, ...]
    openings: tuple[Opening, ...]

    @property
    def can_be_changed(self) -> bool:
        return not FIXED.intersection(self.hindrances)


def nearest_of(hindered: Iterable[tuple[Opening, tuple[Hindrance, ...]]]) -> Nearest | None:
    """The fewest changes that would open the most openings; None when there is no opening at all."""
    groups: dict[tuple[Hindrance, ...], list[Opening]] = {}
    for opening, hindrances in hindered:
        groups.setdefault(hindrances, []).append(opening)
    if not groups:
        return None
    best = min(groups, key=lambda h: (bool(FIXED.intersection(h)), len(h), -len(groups[h]), str(h)))
    return Nearest(best, tuple(groups[best]))
