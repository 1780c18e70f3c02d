"""A transcript as a paper: levels, modules and credits with their dates, and what was recognised, marked as such."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.language.dates_and_times import day_in_words
from app.language.numbers import count, listed
from app.language.papers import Paper, Section, Table
from app.models.academic.prior_awards import PriorAward, PriorAwardState
from app.models.academic.prior_learning import ClaimDecision, PriorLearningClaim
from app.models.programmes import CREDITS_A_LEVEL, CreditDecision, Enrolment
from app.phrasebook.of_programmes.credit import outcome_in_words
from app.phrasebook.of_programmes.pathways import LEVELS
from app.rules.credit.counting import counting
from app.rules.credit.held import Held

MODULES = ("Module", "Credits", "What counts", "Decided on")
AWARDS = ("Award", "Awarded by", "Level", "Awarded on", "Confirmed by")
SOURCES = ("Recognised for", "Credits", "From", "Decided on")
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
    elsewhere = about_awards([one for one in awards if one.state is PriorAwardState.CONFIRMED])
    return Paper(f"Transcript of {name}", (about_all(levels), *elsewhere, *sections, about_itself(today)))


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
    recognised = tuple(row for claim in level.claims for row in claim_rows(claim))
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
    decisions = counting(level.enrolment.decisions)
    rows: list[tuple[str, ...]] = []
    for module in level.enrolment.modules:
        decision, recognised = decisions.get(module.id), level.held.recognised.get(module.id, 0)
        if decision is None and not recognised and level.held.is_complete:
            continue
        carried = level.held.carried.get(module.id, 0)
        what, on = counted_in_words(decision, recognised, carried), decided_on(decision)
        rows.append((module.title, str(module.credits), what, on))
    return rows


def counted_in_words(decision: CreditDecision | None, recognised: int, carried: int) -> str:
    parts = [f"{count(recognised, 'credit')} recognised"] if recognised else []
    if decision is not None:
        outcome = outcome_in_words(decision.outcome, decision.until_on)
        earned = f"{count(decision.credits, 'credit')} earned" if decision.credits else outcome
        parts.append(f"{earned}, counting in another level" if carried else earned)
    return "; ".join(parts) or NOT_YET


def decided_on(decision: CreditDecision | None) -> str:
    return day_in_words(decision.decided_on) if decision else NONE


def claim_rows(claim: PriorLearningClaim) -> list[tuple[str, ...]]:
    """A row for each source that counts, with where it was learnt."""
    decision = claim.decision
    if decision is None:
        return []
    return [
        (claim.module.title if claim.module else "The level", str(use.credits), source_in_words(decision, at), on)
        for at, use in enumerate(decision.uses)
        for on in [day_in_words(decision.decided_on)]
        if use.ended_at is None
    ]


def source_in_words(decision: ClaimDecision, at: int) -> str:
    use = decision.uses[at]
    kind = ", as experience" if use.is_experience else ""
    return f"{use.source.title}, {use.source.body}, {day_in_words(use.source.finished_on)}{kind}"


def about_itself(today: date) -> Section:
    return Section("About this transcript", (f"As it stood on {day_in_words(today)}.", ABOUT))
