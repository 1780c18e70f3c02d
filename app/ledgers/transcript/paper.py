"""A transcript as a paper: levels, modules and credits with their dates, and what was recognised, marked as such."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.language.dates_and_times import day_in_words
from app.language.numbers import count, listed
from app.language.papers import Paper, Section, Table
from app.ledgers.reading import CreditLine, credit_lines
from app.models.academic.prior_awards import PriorAward, PriorAwardState
from app.models.academic.prior_learning import ClaimDecision, CreditUse, PriorLearningClaim
from app.models.programmes import CREDITS_A_LEVEL, CreditDecision, Enrolment
from app.phrasebook.of_programmes.credit import outcome_in_words
from app.phrasebook.of_programmes.pathways import LEVELS
from app.rules.credit.held import Held

MODULES = ("Module", "Credits", "What counts", "Decided on")
AWARDS = ("Award", "Awarded by", "Level", "Awarded on", "Confirmed by")
SOURCES = ("Recognised for", "Credits", "From", "Decided on")
SourceThatCounts = tuple[PriorLearningClaim, ClaimDecision, CreditUse]
NOT_YET, NONE = "Not decided yet", "–"
ABOUT = (
    "Credits are decided by the university that is named. Recognised credits are prior learning that it counts; the "
    "same credit counts once, over all universities. Hours never award credit."
)


@dataclass(frozen=True)
class LevelRead:
    """One enrolment with what is held of it, and the standing claims of prior learning."""

    enrolment: Enrolment
    held: Held
    claims: Sequence[PriorLearningClaim]


def paper_of(name: str, levels: Sequence[LevelRead], awards: Sequence[PriorAward], today: date) -> Paper:
    """All levels of a learner, the first that she began first, and what she was awarded elsewhere before."""
    sections = [about_level(level) for level in levels]
    elsewhere = about_awards(confirmed(awards))
    return Paper(f"Transcript of {name}", (about_all(levels), *elsewhere, *sections, about_itself(today)))


def confirmed(awards: Iterable[PriorAward]) -> list[PriorAward]:
    """Those that a university here has confirmed: the others are only what a learner says."""
    return [one for one in awards if one.state is PriorAwardState.CONFIRMED]


def about_awards(awards: Sequence[PriorAward]) -> list[Section]:
    """Those that a university here has confirmed; they are no credit here."""
    if not awards:
        return []
    rows = tuple(
        (one.title, one.awarded_by, one.level.value, day_in_words(one.awarded_on), one.provider.name) for one in awards
    )
    said = "Each counts as the whole of a level, and opens the next one. It is no credit of the universities below."
    return [Section("Awards from elsewhere", (said,), (Table("Awards from elsewhere", AWARDS, rows),))]


def about_all(levels: Sequence[LevelRead]) -> Section:
    """The sum over all levels, and which are complete."""
    if not levels:
        return Section("Levels", ("No programme of the Framework is on record.",))
    reached = [one.enrolment.programme.level.value for one in levels if one.held.is_complete]
    total = sum(one.held.total for one in levels)
    complete = f"Complete: {listed(reached)}." if reached else "No level is complete yet."
    return Section("Levels", (f"{count(total, 'credit')} in all. {complete}",))


def about_level(level: LevelRead) -> Section:
    programme, held = level.enrolment.programme, level.held
    heading = f"{programme.level.value}: {programme.title}, {programme.provider.name}"
    lines = [since_in_words(level.enrolment), f"{held.total} of {CREDITS_A_LEVEL} credits."]
    if held.credits_recognised:
        lines.append(f"{held.credits_recognised} of them are recognised prior learning.")
    if held.credits_carried:
        lines.append(f"{count(held.credits_carried, 'credit')} of its modules count in another level, and not here.")
    if held.is_complete:
        lines.append(f"This level is complete. Role that the Framework names: {LEVELS[programme.level].role}")
    tables = [Table(f"Modules of {programme.title}", MODULES, tuple(module_rows(level)))]
    recognised = tuple(source_row(*one) for one in sources_that_count(level.claims))
    if recognised:
        tables.append(Table(f"Recognised prior learning in {programme.title}", SOURCES, recognised))
    return Section(heading, tuple(lines), tuple(tables))


def since_in_words(enrolment: Enrolment) -> str:
    until = f", until {day_in_words(enrolment.ended_on)}" if enrolment.ended_on else ""
    return f"Enrolled since {day_in_words(enrolment.started_on)}{until}."


def module_rows(level: LevelRead) -> list[tuple[str, ...]]:
    """Every module that something was decided about, and those that are to come; what was chosen otherwise is left
    out once the level is complete.
    """
    return [
        (line.module.title, str(line.module.credits), counted_in_words(line), decided_on(line.decision))
        for line in credit_lines(level.enrolment, level.held)
        if line.decision or line.recognised or not level.held.is_complete
    ]


def counted_in_words(line: CreditLine) -> str:
    parts = [f"{count(line.recognised, 'credit')} recognised"] if line.recognised else []
    decision = line.decision
    if decision is not None:
        outcome = outcome_in_words(decision.outcome, decision.until_on)
        earned = f"{count(decision.credits, 'credit')} earned" if decision.credits else outcome
        parts.append(f"{earned}, counting in another level" if line.carried else earned)
    return "; ".join(parts) or NOT_YET


def decided_on(decision: CreditDecision | None) -> str:
    return day_in_words(decision.decided_on) if decision else NONE


def sources_that_count(claims: Iterable[PriorLearningClaim]) -> Iterator[SourceThatCounts]:
    """Each source of which credits are recognised, with its claim and the decision about it."""
    for claim in claims:
        if claim.decision is not None:
            yield from ((claim, claim.decision, use) for use in claim.decision.uses if use.ended_at is None)


def source_row(claim: PriorLearningClaim, decision: ClaimDecision, use: CreditUse) -> tuple[str, ...]:
    """What it counts for, and where it was learnt."""
    kind = ", as experience" if use.is_experience else ""
    learnt = f"{use.source.title}, {use.source.body}, {day_in_words(use.source.finished_on)}{kind}"
    aim = claim.module.title if claim.module else "The level"
    return aim, str(use.credits), learnt, day_in_words(decision.decided_on)


def about_itself(today: date) -> Section:
    return Section("About this transcript", (f"As it stood on {day_in_words(today)}.", ABOUT))
