"""The times of which a learner can submit her drafts at once: a week, a month, or everything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.language.numbers import count
from app.models.hours import HoursEntry
from app.rules.doubts import week_of


@dataclass(frozen=True, slots=True)
class Period:
    """Days with drafts; `key` is what a form sends for them."""

    key: str
    name: str
    entries: Sequence[HoursEntry]

    @property
    def first_day(self) -> date:
        return min(entry.worked_on for entry in self.entries)

    @property
    def last_day(self) -> date:
        return max(entry.worked_on for entry in self.entries)

    @property
    def in_words(self) -> str:
        """Week from 2 March 2026: 3 entries, 5 h"""
        minutes = sum(entry.minutes for entry in self.entries)
        return f"{self.name}: {count(len(self.entries), 'entry', 'entries')}, {hours_and_minutes(minutes)}"


def periods_of(drafts: Sequence[HoursEntry]) -> list[Period]:
    """Everything first; then months and weeks, the newest first, but none that has all of another one."""
    found = [Period("all", "All drafts", drafts)] if drafts else []
    months = {f"{entry.worked_on:%Y-%m}": f"{entry.worked_on:%B %Y}" for entry in newest_first(drafts)}
    for key, name in months.items():
        found.append(Period(key, name, [entry for entry in drafts if f"{entry.worked_on:%Y-%m}" == key]))
    for monday in {week_of(entry.worked_on)[0]: None for entry in newest_first(drafts)}:
        theirs = [entry for entry in drafts if week_of(entry.worked_on)[0] == monday]
        found.append(Period(monday.isoformat(), f"Week from {day_in_words(monday)}", theirs))
    return without_the_same(found)


def newest_first(drafts: Iterable[HoursEntry]) -> list[HoursEntry]:
    return sorted(drafts, key=lambda entry: entry.worked_on, reverse=True)


def without_the_same(periods: Iterable[Period]) -> list[Period]:
    found: dict[tuple[int, ...], Period] = {}
    for period in periods:
        found.setdefault(tuple(sorted(entry.id for entry in period.entries)), period)
    return list(found.values())
