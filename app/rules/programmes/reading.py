"""Reads a file of programmes, and says of all that is wrong in it where it stands and what would be right."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeVar

from app.models.programmes import Choose, Level, ModuleKind, PriorLearning
from app.rules.programmes import limits
from app.rules.programmes.entries import Complaints, Entry, Place
from app.rules.programmes.said import CohortSaid, ModuleSaid, PartSaid, ProgrammeSaid, VersionSaid
from app.rules.programmes.years import year_in, year_in_words

FORMAT = "rpe-programmes/1"
TITLE, CREDITS, DATES = "title", "credits", "dates"  # what can be to confirm
ALL = "all"

Item = TypeVar("Item")


class UnreadableProgrammes(Exception):
    """The file cannot be used; each complaint names its place and what would be right."""

    def __init__(self, complaints: tuple[str, ...]) -> None:
        super().__init__("\n".join(complaints))
        self.complaints = complaints


def programmes_in(text: str) -> tuple[ProgrammeSaid, ...]:
    """What the text of a file says; raises UnreadableProgrammes with everything that is wrong in it."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableProgrammes(
            (f"This is no TOML: {error}. Mend that place, then check the file again.",)
        ) from error
    complaints = Complaints()
    entry = Entry(table, Place(), complaints)
    if entry.text("format", limits.NAME_MAX) not in ("", FORMAT):
        entry.complain("format", f"must be “{FORMAT}”")
    found = each(entry, "programme", programme_of, at_least=1)
    entry.end()
    note_twice(complaints, ((one.university, one.level.value, one.title) for one in found), "programmes", Place())
    if complaints.said:
        raise UnreadableProgrammes(tuple(complaints.said))
    return found


def each(
    entry: Entry, key: str, reader: Callable[[Entry], Item], at_least: int = 0, at_most: int = 1000
) -> tuple[Item, ...]:
    """The entries of a list, each read, and each asked whether it says anything that nobody knows."""
    found = []
    for one in entry.entries(key, at_least, at_most):
        found.append(reader(one))
        one.end()
    return tuple(found)


def programme_of(entry: Entry) -> ProgrammeSaid:
    university, level = entry.text("university", limits.TITLE_MAX), entry.choice("level", Level, Level.PGCERT)
    entry.is_about(", ".join(part for part in (university, level.value) if part))
    title = entry.text("title", limits.TITLE_MAX)
    return ProgrammeSaid(university, level, title, each(entry, "version", version_of, at_least=1))


def version_of(entry: Entry) -> VersionSaid:
    year = academic_year(entry)
    entry.is_about(year_in_words(year))
    said = VersionSaid(
        academic_year=year,
        is_title_to_confirm=TITLE in entry.some_of("to_confirm", (TITLE,)),
        entry_rules=entry.text("entry_rules", limits.WORDS_MAX, is_needed=False),
        fees_address=address(entry),
        bursaries=entry.text("bursaries", limits.WORDS_MAX, is_needed=False),
        prior_learning=entry.choice("prior_learning", PriorLearning, PriorLearning.NOT_STATED, is_needed=False),
        prior_learning_words=entry.text("prior_learning_words", limits.WORDS_MAX, is_needed=False),
        parts=each(entry, "part", part_of, at_least=1, at_most=limits.PARTS_MAX),
        cohorts=each(entry, "cohort", cohort_of),
    )
    note_twice(entry.complaints, (one.title for part in said.parts for one in part.modules), "modules", entry.place)
    note_twice(entry.complaints, (one.name for one in said.cohorts), "cohorts", entry.place)
    return said


def academic_year(entry: Entry) -> int:
    written = entry.text("academic_year", limits.NAME_MAX)
    try:
        return year_in(written) if written else 0
    except ValueError:
        entry.complain("academic_year", "must be two years that follow each other, like “2026/27”")
        return 0


def address(entry: Entry) -> str:
    given = entry.text("fees", limits.TITLE_MAX, is_needed=False)
    if given and (not given.startswith(limits.ADDRESS) or " " in given):
        entry.complain("fees", f"must be an address that begins with {limits.ADDRESS}")
    return given


def part_of(entry: Entry) -> PartSaid:
    title = entry.text("title", limits.TITLE_MAX)
    entry.is_about(title)
    choose, amount = what_is_asked(entry)
    return PartSaid(title, choose, each(entry, "module", module_of, at_least=1, at_most=limits.MODULES_MAX), amount)


def what_is_asked(entry: Entry) -> tuple[Choose, int]:
    """One of `choose = "all"`, `choose_number` and `choose_credits`."""
    ways = [name for name in ("choose", "choose_number", "choose_credits") if entry.has(name)]
    if len(ways) != 1:
        entry.complain("choose", f"needs one of: choose = “{ALL}”, choose_number = 2, choose_credits = 30")
    number = entry.whole("choose_number", 1, limits.MODULES_MAX, is_needed=False)
    worth = entry.whole("choose_credits", 1, limits.CREDITS_MAX, is_needed=False)
    if entry.text("choose", limits.NAME_MAX, is_needed=False) not in ("", ALL):
        entry.complain("choose", f"must be “{ALL}”; for options write choose_number or choose_credits instead")
    if number:
        return Choose.NUMBER, number
    return (Choose.CREDITS, worth) if worth else (Choose.ALL, 0)


def module_of(entry: Entry) -> ModuleSaid:
    title = entry.text("title", limits.TITLE_MAX)
    entry.is_about(title)
    unsure = entry.some_of("to_confirm", (TITLE, CREDITS))
    return ModuleSaid(
        title,
        entry.whole("credits", 1, limits.CREDITS_MAX),
        entry.choice("kind", ModuleKind, ModuleKind.TAUGHT),
        is_title_to_confirm=TITLE in unsure,
        are_credits_to_confirm=CREDITS in unsure,
    )


def cohort_of(entry: Entry) -> CohortSaid:
    name = entry.text("name", limits.NAME_MAX)
    entry.is_about(name)
    starts, ends = entry.day("starts_on"), entry.day("ends_on")
    if ends < starts:
        entry.complain("ends_on", "must be on or after “starts_on”")
    return CohortSaid(name, starts, ends, DATES in entry.some_of("to_confirm", (DATES,)))


def note_twice(complaints: Complaints, names: Iterable[object], what: str, place: Place) -> None:
    for name, number in Counter(names).items():
        if number > 1 and name:
            written = ", ".join(name) if isinstance(name, tuple) else name
            complaints.add(place, f"{number} {what} are called “{written}”. Give each a name of its own.")
