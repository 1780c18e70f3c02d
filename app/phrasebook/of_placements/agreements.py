"""Learning agreements in words: what one says, who has signed it, what it lacks and whom it waits for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.language.dates_and_times import day_in_words, day_of
from app.language.numbers import listed
from app.models.course.agreements import AgreementState, LearningAgreement
from app.models.hours import HoursCategory
from app.models.operations.parties import Party
from app.models.placements import Placement
from app.rules.agreements.lacks import AgreementLack
from app.rules.agreements.planned_hours import days_of_month
from app.rules.signing.standing import Standing

SIGNED_BY_ALL = "signed by all"
LACKS: Mapping[AgreementLack, str] = {
    AgreementLack.OBJECTIVES: "what the learner wants to learn",
    AgreementLack.CAPABILITIES: "which capabilities each objective is about",
    AgreementLack.HOURS: "how many hours are planned",
    AgreementLack.MONTHS: "in which months the hours are planned",
    AgreementLack.SESSIONS: "how often the two meet",
    AgreementLack.WORKING_PATTERN: "the working pattern",
}


@dataclass(frozen=True, slots=True)
class SaidAgreement:
    """What an agreement says, read from the very content that is signed; each objective with its capabilities."""

    objectives: tuple[tuple[str, tuple[str, ...]], ...]
    hours: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    sessions: str
    working_pattern: str
    adjustments: str

    @property
    def minutes(self) -> int:
        return sum(minutes for _, minutes in self.hours)


def said(content: Mapping[str, Any]) -> SaidAgreement:
    """The content as it is signed, as it is read; months in order of time, categories in that of the Framework."""
    by_category, by_month = content["minutes_by_category"], content["minutes_by_month"]
    return SaidAgreement(
        tuple((one["words"], tuple(named["name"] for named in one["capabilities"])) for one in content["objectives"]),
        tuple((category.value, by_category[category.value]) for category in HoursCategory
              if category.value in by_category),
        tuple((month_in_words(month), by_month[month]) for month in sorted(by_month)),
        content["sessions"] or "",
        content["working_pattern"],
        content["adjustments"],
    )  # fmt: skip


def month_in_words(month: str) -> str:
    """March 2026"""
    return f"{days_of_month(month)[0]:%B %Y}"


def cannot_be_given(lacks: Sequence[AgreementLack]) -> str:
    return f"It cannot be signed yet. Say first: {listed([LACKS[one] for one in lacks])}."


def signer_in_words(party: Party, placement: Placement) -> str:
    """Who signs in a part: two by name, the third is one of several."""
    if party is Party.LEARNER:
        return placement.learner.name
    if party is Party.MENTOR:
        return placement.mentor.name
    return f"an academic supervisor of {placement.module.programme.provider.name}"


@dataclass(frozen=True, slots=True)
class SaidShort:
    """How an agreement stands, in a word for its tag and a sentence or two."""

    placement_id: int
    state: str
    headline: str


def said_short(
    placement: Placement, agreement: LearningAgreement | None, standing: Standing | None, reader_id: int, today: date
) -> SaidShort:
    """How it stands, for a reader who may read it; without an agreement there is no standing."""
    state, headline = how_it_stands(placement, agreement, standing, reader_id, today)
    return SaidShort(placement.id, state, headline)


def how_it_stands(
    placement: Placement, agreement: LearningAgreement | None, standing: Standing | None, reader_id: int, today: date
) -> tuple[str, str]:
    is_learner, goes_its_way = placement.learner_id == reader_id, placement.can_change_on(today)
    if agreement is None or standing is None:
        if not goes_its_way:
            return "none", "There is no learning agreement for this placement."
        who = "You write it" if is_learner else f"{placement.learner.name} writes it"
        return "missing", f"There is no learning agreement yet. {who}. Sessions and hours can be logged without one."
    if standing.is_complete:
        return SIGNED_BY_ALL, f"Learner, mentor and academic supervisor have signed it, {last_signed(standing)}."
    if not goes_its_way:
        return "not signed by all", "It was not signed by all before the placement ended."
    if agreement.state is AgreementState.DRAFT:
        who = "You write it" if is_learner else f"{placement.learner.name} writes it"
        if standing.past:
            return "being changed", f"{who} again. What was signed before counts no longer."
        return agreement.state.value, f"{who}, then it is signed."
    return agreement.state.value, f"It waits for {listed(waits_for(placement, standing, reader_id))}."


def last_signed(standing: Standing) -> str:
    last = max(one.signed_at for one in standing.signatures.values())
    return f"the last of them on {day_in_words(day_of(last))}"


def waits_for(placement: Placement, standing: Standing, reader_id: int = 0) -> list[str]:
    """Who has not signed what it says now."""
    return [
        "you" if is_reader(party, placement, reader_id) else signer_in_words(party, placement)
        for party in standing.missing
    ]


def is_reader(party: Party, placement: Placement, reader_id: int) -> bool:
    return {Party.LEARNER: placement.learner_id, Party.MENTOR: placement.mentor_id}.get(party) == reader_id


def nobody_can_sign(missing: Collection[Party], placement: Placement) -> list[str]:
    """Parts in which nobody is there to sign, each with who sees to it."""
    words = {
        Party.LEARNER: f"{placement.learner.name} no longer takes part, so it stays unsigned.",
        Party.MENTOR: f"{placement.mentor.name} no longer takes part as a mentor. The coordinators of the network say "
        "how the placement goes on.",
        Party.ACADEMIC_SUPERVISOR: f"{placement.module.programme.provider.name} has no academic supervisor here who "
        "could sign. Write to its programme lead.",
    }
    return [words[party] for party in missing]
