"""A return in words and in tables of plain text, to copy into a report."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.language.numbers import count, listed, plural
from app.network_return.figures import Figures, Group
from app.network_return.rows import Span

NOBODY = "Nobody new to research had a placement in the network in this time."
TOO_FEW = "no group has five learners or more, so that none is shown apart."
COUNTED = (
    "What is counted: placements of the Research Practice Experience in the network that ran on a day of the period. "
    "Sessions are those that both learner and mentor have confirmed; one with several learners counts for each. Hours "
    "are those that were sent to the mentor or verified. Groups of fewer than five learners are put together with "
    "others. A learner with placements in two groups counts in both."
)
NOT_ADDED = (
    "Do not add the learners, mentors and placements of two returns: who was placed across the end of one period "
    "counts in both. For a longer time, ask for one return over all of it. Placements that began, sessions and hours "
    "of periods that share no day can be added."
)


def text_of(span: Span, figures: Figures, today: date) -> str:
    """The whole return: title, paragraphs, tables, what is counted."""
    parts = [title_of(span), as_of(span, today), *paragraphs_of(figures)]
    if figures.rows:
        parts += [*map(table_of, figures.groups.items()), list_of("Studies", figures.studies)]
        parts += [list_of("Organisations", figures.organisations), COUNTED, NOT_ADDED]
    return "\n\n".join(parts) + "\n"


def title_of(span: Span) -> str:
    return f"How people new to research were mentored and supported: {span.network.name}"


def as_of(span: Span, today: date) -> str:
    when = f"{day_in_words(span.first)} to {day_in_words(span.last)}"
    return f"{when}, as far as it is on the record on {day_in_words(today)}."


def paragraphs_of(figures: Figures) -> list[str]:
    """The numbers as sentences."""
    if not figures.rows:
        return [NOBODY]
    return [who_and_where(figures), how_mentored(figures), what_became(figures)]


def who_and_where(figures: Figures) -> str:
    return f"{who(figures)} {count(figures.began, 'placement')} began in the period.{begun_before(figures)}"


def begun_before(figures: Figures) -> str:
    """Those that another return counts as well, so that nobody adds the two."""
    before = len(figures.rows) - figures.began
    them = plural(before, "it", "them")
    return f" {count(before, 'placement')} had begun before: a return of that time counts {them} too." if before else ""


def who(figures: Figures) -> str:
    return (
        f"{count(figures.learners, 'learner')} of the Clinician Researcher Credentials had "
        f"{count(len(figures.rows), 'placement')} with {count(figures.mentors, 'mentor')}, in "
        f"{count(len(figures.studies), 'study', 'studies')} at {count(len(figures.organisations), 'organisation')}."
    )


def how_mentored(figures: Figures) -> str:
    each = [f"{hours_and_minutes(minutes)} of {kind.value}" for kind, minutes in figures.minutes.items() if minutes]
    logged = f" Altogether {hours_and_minutes(figures.total_minutes)} count: {listed(each)}." if each else ""
    return (
        f"{count(figures.supervised, 'learner')} had {count(figures.sessions, 'confirmed supervision session')} "
        f"in the period.{logged}"
    )


def what_became(figures: Figures) -> str:
    each = [f"{number} {ending.value}" for ending, number in figures.endings.items() if number]
    signed = f"{count(figures.signed_off, 'placement was', 'placements were')}" if figures.signed_off else "None was"
    return f"What became of the placements: {listed(each)}. {signed} signed off by a university in the period."


def table_of(grouping: tuple[str, Sequence[Group]]) -> str:
    """A table with a tab between cells, as spreadsheets and word processors take it."""
    name, groups = grouping
    if not groups:
        return f"{name}: {TOO_FEW}"
    return "\n".join(("\t".join((name, "Learners", "Sessions", "Hours")), *lines_of(groups)))


def lines_of(groups: Sequence[Group]) -> Iterator[str]:
    for group in groups:
        yield "\t".join((name_of(group), str(group.learners), str(group.sessions), hours_and_minutes(group.minutes)))


def name_of(group: Group) -> str:
    return f"{group.name} ({count(group.together, 'group')})" if group.together else group.name


def list_of(name: str, lines: Sequence[str]) -> str:
    return "\n".join((name, *lines))
