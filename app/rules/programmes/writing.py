"""Writes programmes as a file that reads back as just the same."""

import json
from collections.abc import Iterable, Iterator

from app.models.programmes import Choose, PriorLearning
from app.rules.programmes.reading import ALL, CREDITS, DATES, FORMAT, TITLE
from app.rules.programmes.said import CohortSaid, ModuleSaid, PartSaid, ProgrammeSaid, VersionSaid
from app.rules.programmes.years import year_in_words


def file_of(programmes: Iterable[ProgrammeSaid]) -> str:
    """The text of a file."""
    return "\n".join([f"format = {quoted(FORMAT)}", *(line for one in programmes for line in programme_lines(one)), ""])


def programme_lines(said: ProgrammeSaid) -> Iterator[str]:
    yield from ("", "[[programme]]")
    yield from texts(university=said.university, level=said.level.value, title=said.title)
    for version in said.versions:
        yield from version_lines(version)


def version_lines(said: VersionSaid) -> Iterator[str]:
    yield from ("", "[[programme.version]]")
    yield from texts(academic_year=year_in_words(said.academic_year))
    yield from to_confirm({TITLE: said.is_title_to_confirm})
    yield from texts(entry_rules=said.entry_rules, fees=said.fees_address, bursaries=said.bursaries)
    is_said = said.prior_learning is not PriorLearning.NOT_STATED
    yield from texts(
        prior_learning=said.prior_learning.value if is_said else "", prior_learning_words=said.prior_learning_words
    )
    for part in said.parts:
        yield from part_lines(part)
    for cohort in said.cohorts:
        yield from cohort_lines(cohort)


def part_lines(said: PartSaid) -> Iterator[str]:
    yield from ("", "[[programme.version.part]]", f"title = {quoted(said.title)}")
    yield {
        Choose.ALL: f"choose = {quoted(ALL)}",
        Choose.NUMBER: f"choose_number = {said.amount}",
        Choose.CREDITS: f"choose_credits = {said.amount}",
    }[said.choose]
    for module in said.modules:
        yield from module_lines(module)


def module_lines(said: ModuleSaid) -> Iterator[str]:
    yield from ("", "[[programme.version.part.module]]", f"title = {quoted(said.title)}", f"credits = {said.credits}")
    yield f"kind = {quoted(said.kind.value)}"
    yield from to_confirm({TITLE: said.is_title_to_confirm, CREDITS: said.are_credits_to_confirm})


def cohort_lines(said: CohortSaid) -> Iterator[str]:
    yield from ("", "[[programme.version.cohort]]", f"name = {quoted(said.name)}")
    yield from (f"starts_on = {said.starts_on.isoformat()}", f"ends_on = {said.ends_on.isoformat()}")
    yield from to_confirm({DATES: said.are_dates_to_confirm})


def texts(**said: str) -> Iterator[str]:
    """A line for each text that says anything."""
    yield from (f"{key} = {quoted(words)}" for key, words in said.items() if words)


def to_confirm(what: dict[str, bool]) -> Iterator[str]:
    if any(what.values()):
        yield f"to_confirm = [{', '.join(quoted(name) for name, is_open in what.items() if is_open)}]"


def quoted(text: str) -> str:
    """A text as TOML has it: what JSON does, and the one control character that JSON lets stand."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
