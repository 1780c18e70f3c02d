"""Entries with everything that became of them, in the words of those who did it, for whoever verifies or audits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.models.hours import HoursEntry
from app.models.operations.state_changes import StateChange
from app.platform.lifecycle import stories_of
from app.promises.course.hours import COUNT_AS_SESSION, DEEDS_IN_WORDS


@dataclass(frozen=True, slots=True)
class Happening:
    """One step: a sentence, when, and what somebody wrote with it."""

    at: datetime
    words: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it stands, with its story, the oldest first."""

    entry: HoursEntry
    story: Sequence[Happening]

    @property
    def comments(self) -> list[Happening]:
        return [one for one in self.story if one.comment]


def lines_of(session: Session, entries: Sequence[HoursEntry]) -> list[Line]:
    """Each entry with its story and those of its earlier versions; three queries however many there are."""
    before = versions_before(session, entries)
    stories = stories_of(session, [*entries, *before.values()])
    return [Line(entry, story_of_line(entry, before, stories)) for entry in entries]


def versions_before(session: Session, entries: Iterable[HoursEntry]) -> dict[int, HoursEntry]:
    """The versions that these have replaced, and those before them, by their ids."""
    wanted = [entry.corrects_id for entry in entries if entry.corrects_id is not None]
    if not wanted:
        return {}
    ids = select(HoursEntry.id, HoursEntry.corrects_id).where(HoursEntry.id.in_(wanted)).cte(recursive=True)
    earlier = aliased(HoursEntry)
    ids = ids.union(select(earlier.id, earlier.corrects_id).where(earlier.id == ids.c.corrects_id))
    rows = session.scalars(select(HoursEntry).where(HoursEntry.id.in_(select(ids.c.id))))
    return {row.id: row for row in rows}


def story_of_line(
    entry: HoursEntry, before: dict[int, HoursEntry], stories: dict[int, list[StateChange]]
) -> list[Happening]:
    versions = [entry]
    while versions[-1].corrects_id in before:
        versions.append(before[versions[-1].corrects_id])
    return [happening for version in reversed(versions) for happening in story_of_version(version, stories[version.id])]


def story_of_version(entry: HoursEntry, changes: Iterable[StateChange]) -> list[Happening]:
    what = f"{hours_and_minutes(entry.minutes)} of {entry.category.value} on {day_in_words(entry.worked_on)}"
    said = f"Now {what}" if entry.corrects_id else f"Logged: {what}"
    return [Happening(entry.logged_at, said), *(happening_of(change) for change in changes)]


def happening_of(change: StateChange) -> Happening:
    by = "" if change.deed == COUNT_AS_SESSION else f" by {change.actor_name}"
    return Happening(change.at, f"{DEEDS_IN_WORDS[change.deed]}{by}", change.reason)
