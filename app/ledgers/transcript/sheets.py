"""A transcript for a spreadsheet: numbers as numbers and days as 2026-03-03, of the same levels that the paper has."""

from collections.abc import Iterable, Iterator, Sequence

from app.language.papers import Paper
from app.ledgers.reading import credit_lines
from app.ledgers.transcript.paper import LevelRead, confirmed, sources_that_count
from app.models.academic.prior_awards import PriorAward
from app.phrasebook.of_programmes.credit import outcome_in_words
from app.web.delivery.workbook import Sheet
from app.web.spreadsheet import Cell

Row = Sequence[Cell]
LEVEL = ("Level", "Programme", "University")
MODULE_HEADINGS = (
    *LEVEL,
    "Module",
    "Credits of the module",
    "Decision",
    "Decided on",
    "Credits decided",
    "Of these counting in another level",
    "Credits recognised",
    "Credits held",
)
SOURCE_HEADINGS = (*LEVEL, "Recognised for", "Credits", "Learnt as", "Where", "Until", "As experience", "Decided on")
AWARD_HEADINGS = ("Award", "Awarded by", "Level", "Awarded on", "Confirmed by")


def sheets_of(paper: Paper, levels: Sequence[LevelRead], awards: Iterable[PriorAward]) -> list[Sheet]:
    """What the paper says in paragraphs comes first, then a sheet for each kind of its tables."""
    told = ((section.heading, words) for section in paper.sections for words in section.paragraphs)
    return [
        Sheet("Transcript", ("About", "What it says"), told),
        Sheet("Modules", MODULE_HEADINGS, modules_of(levels)),
        Sheet("Recognised", SOURCE_HEADINGS, sources_of(levels)),
        Sheet("Awards from elsewhere", AWARD_HEADINGS, awards_in(awards)),
    ]


def modules_of(levels: Iterable[LevelRead]) -> Iterator[Row]:
    """A row for each module, and for what is recognised of a level for no module alone: the last column adds up."""
    for level in levels:
        for line in credit_lines(level.enrolment, level.held):
            decision = line.decision
            yield [
                *level_in_words(level),
                line.module.title,
                line.module.credits,
                outcome_in_words(decision.outcome, decision.until_on) if decision else "",
                decision.decided_on.isoformat() if decision else "",
                decision.credits if decision else 0,
                line.carried,
                line.recognised,
                line.held,
            ]
        of_the_level = level.held.recognised.get(None, 0)
        if of_the_level:
            yield [*level_in_words(level), "The level", "", "", "", 0, 0, of_the_level, of_the_level]


def sources_of(levels: Iterable[LevelRead]) -> Iterator[Row]:
    for level in levels:
        for claim, decision, use in sources_that_count(level.claims):
            yield [
                *level_in_words(level),
                claim.module.title if claim.module else "The level",
                use.credits,
                use.source.title,
                use.source.body,
                use.source.finished_on.isoformat(),
                "yes" if use.is_experience else "",
                decision.decided_on.isoformat(),
            ]


def awards_in(awards: Iterable[PriorAward]) -> Iterator[Row]:
    for one in confirmed(awards):
        yield one.title, one.awarded_by, one.level.value, one.awarded_on.isoformat(), one.provider.name


def level_in_words(level: LevelRead) -> Row:
    programme = level.enrolment.programme
    return programme.level.value, programme.title, programme.provider.name
