"""The numbers of a return, each a sum over its rows; small groups of learners are put together."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.models.hours import HoursCategory
from app.network_return.rows import Ending, Row
from app.rules.groups.small_numbers import hidden_among

GROUPINGS: Mapping[str, Callable[[Row], str]] = {
    "Profession": lambda row: row.profession,
    "Level": lambda row: row.placement.module.programme.level.value,
    "University": lambda row: row.placement.module.programme.provider.name,
}


@dataclass(frozen=True)
class Group:
    """Learners with something in common, or those of `together` groups that are too small to be shown apart."""

    name: str
    learners: int
    sessions: int
    minutes: int
    together: int = 0


@dataclass(frozen=True)
class Figures:
    """What a network did in a period, as far as its rows say."""

    rows: Sequence[Row]

    @cached_property
    def learners(self) -> int:
        return learners_in(self.rows)

    @cached_property
    def mentors(self) -> int:
        return len({row.placement.mentor_id for row in self.rows})

    @cached_property
    def studies(self) -> list[str]:
        return sorted({row.placement.opening.study_id: row.placement.opening.study.name for row in self.rows}.values())

    @cached_property
    def organisations(self) -> list[str]:
        of_row = ((row.placement.opening.organisation_id, row.placement.opening.organisation.name) for row in self.rows)
        return sorted(dict(of_row).values())

    @cached_property
    def sessions(self) -> int:
        return sum(row.sessions for row in self.rows)

    @cached_property
    def supervised(self) -> int:
        """The learners with a confirmed session in the period."""
        return learners_in(row for row in self.rows if row.sessions)

    @cached_property
    def minutes(self) -> dict[HoursCategory, int]:
        return {category: sum(row.minutes[category] for row in self.rows) for category in HoursCategory}

    @cached_property
    def total_minutes(self) -> int:
        return sum(self.minutes.values())

    @cached_property
    def began(self) -> int:
        return sum(row.began for row in self.rows)

    @cached_property
    def endings(self) -> dict[Ending, int]:
        """How many placements came to each end; every one of the rows is in one of them."""
        found = Counter(row.ending for row in self.rows)
        return {ending: found[ending] for ending in Ending}

    @cached_property
    def signed_off(self) -> int:
        return sum(row.is_signed_off for row in self.rows)

    @cached_property
    def groups(self) -> dict[str, list[Group]]:
        """The learners by what they have in common, for each grouping."""
        return {name: groups_by(self.rows, of_row) for name, of_row in GROUPINGS.items()}


def groups_by(rows: Sequence[Row], of_row: Callable[[Row], str]) -> list[Group]:
    """Each group that is large enough by name, then all others together; none where no group is large enough.

    A learner with placements in two groups counts in both, so that groups can add up to more than all learners.
    """
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        by_name.setdefault(of_row(row), []).append(row)
    hidden = hidden_among({name: learners_in(own) for name, own in by_name.items()})
    shown = [group_of(name, by_name[name]) for name in sorted(by_name) if name not in hidden]
    others = [row for name in hidden for row in by_name[name]]
    return [*shown, group_of("Others together", others, len(hidden))] if shown and others else shown


def group_of(name: str, rows: Sequence[Row], together: int = 0) -> Group:
    sessions, minutes = sum(row.sessions for row in rows), sum(row.total_minutes for row in rows)
    return Group(name, learners_in(rows), sessions, minutes, together)


def learners_in(rows: Iterable[Row]) -> int:
    return len({row.placement.learner_id for row in rows})
