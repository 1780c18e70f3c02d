"""Reads the three ledgers of enrolments: credits by module, hours by category, capabilities; and what is next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app.ledgers.queries import placements_within
from app.models.hours import HoursCategory
from app.models.placements import Placement
from app.models.programmes import CREDITS_A_LEVEL, CreditDecision, Enrolment, Module, ModuleKind
from app.phrasebook.of_placements.progress_reviews import OVERDUE, said_reviews
from app.phrasebook.risks import risk_in_words
from app.rules.course.courses import risks_by_placement
from app.rules.course.evidenced import Evidenced, evidenced
from app.rules.course.risks import AtRisk, Risk
from app.rules.credit.counting import counting
from app.rules.credit.held import Held, held_of
from app.rules.progress_reviews.kind import PlacementReviews, reviews_of
from app.rules.record_totals import Summary, combined, summaries, workplace_of
from app.rules.workplace_hours import Workplace

OVER = frozenset({"signed by both", "not held"})


@dataclass(frozen=True)
class CreditLine:
    """One module: the decision about it, what of it is recognised, and what counts elsewhere by now."""

    module: Module
    decision: CreditDecision | None
    recognised: int
    carried: int

    @property
    def held(self) -> int:
        decided = self.decision.credits if self.decision else 0
        return max(decided - self.carried, 0) + self.recognised


@dataclass(frozen=True)
class HoursLine:
    """The hours of one practical module: by category, of how many that are expected, and those in the workplace."""

    module: Module
    summary: Summary
    expected: int
    workplace: Workplace | None

    @property
    def minutes(self) -> Mapping[HoursCategory, int]:
        return self.summary.minutes


@dataclass(frozen=True)
class Step:
    """What is next: a sentence, and until when, where a day is known; `placement_id` is where it is done."""

    words: str
    due_on: date | None
    placement_id: int | None = None


@dataclass(frozen=True)
class Ledgers:
    """All of one enrolment."""

    enrolment: Enrolment
    held: Held
    credits: Sequence[CreditLine]
    hours: Sequence[HoursLine]
    placement: Placement | None
    capabilities: Evidenced | None
    steps: Sequence[Step]

    @property
    def level_credits(self) -> int:
        return CREDITS_A_LEVEL


def ledgers_of(
    session: Session, enrolments: Sequence[Enrolment], today: date, *, mentored_by: int | None = None
) -> list[Ledgers]:
    """The ledgers of each enrolment, in the order given; the number of queries does not grow with them.

    With `mentored_by` the hours, capabilities and steps are those of this mentor’s placements alone, and there are no
    credits: those are between the learner and her university.
    """
    placements = placements_within(session, enrolments)
    if mentored_by is not None:
        placements = {id_: [one for one in found if one.mentor_id == mentored_by] for id_, found in placements.items()}
    every = [one for found in placements.values() for one in found]
    latest = [found[-1] for found in placements.values() if found]
    held = held_of(session, enrolments)
    sums, shown = summaries(session, [one.id for one in every]), evidenced(session, latest)
    reviews = reviews_of(session, latest)
    risks = risks_by_placement(session, today, Placement.id.in_([one.id for one in latest])) if latest else {}
    found = []
    for one in enrolments:
        hers = placements[one.id]
        last = hers[-1] if hers else None
        found.append(
            Ledgers(
                one,
                held[one.id],
                [] if mentored_by is not None else credit_lines(one, held[one.id]),
                hours_lines(one, held[one.id], hers, sums, is_whole=mentored_by is None),
                last,
                shown.get(last.id) if last else None,
                steps_of(one, held[one.id], last, reviews, risks, today, is_whole=mentored_by is None),
            )
        )
    return found


def credit_lines(enrolment: Enrolment, held: Held) -> list[CreditLine]:
    decisions = counting(enrolment.decisions)
    return [
        CreditLine(one, decisions.get(one.id), held.recognised.get(one.id, 0), held.carried.get(one.id, 0))
        for one in enrolment.modules
    ]


def hours_lines(
    enrolment: Enrolment, held: Held, placements: Sequence[Placement], sums: Mapping[int, Summary], *, is_whole: bool
) -> list[HoursLine]:
    """The practical modules: of the whole enrolment, or those of the placements alone."""
    lines = []
    for module in (one for one in enrolment.modules if one.kind is ModuleKind.RPE):
        of_module = [one for one in placements if one.module_id == module.id]
        if of_module or is_whole:
            together = combined(sums[one.id] for one in of_module)
            together = replace(together, recognised=held.recognised.get(module.id, 0))
            workplace = workplace_of(of_module[-1], together) if of_module else None
            lines.append(HoursLine(module, together, held.hours_expected(module), workplace))
    return lines


def steps_of(
    enrolment: Enrolment,
    held: Held,
    placement: Placement | None,
    reviews: Mapping[int, PlacementReviews],
    risks: Mapping[int, Sequence[AtRisk]],
    today: date,
    *,
    is_whole: bool,
) -> list[Step]:
    """What is next, what has a day first and by day; nothing of a level that is complete, or that she has left."""
    steps = [*of_placement(placement, reviews, risks, today)] if placement else []
    has_left = enrolment.ended_on is not None and enrolment.ended_on < today
    if is_whole and not held.is_complete and not has_left:
        steps += of_level(enrolment, held, placement)
    return sorted(steps, key=lambda step: (step.due_on is None, step.due_on or today))


def of_placement(
    placement: Placement,
    reviews: Mapping[int, PlacementReviews],
    risks: Mapping[int, Sequence[AtRisk]],
    today: date,
) -> Iterator[Step]:
    for risk in risks.get(placement.id, ()):
        if risk.risk is not Risk.REVIEW_OVERDUE:
            yield Step(risk_in_words(risk, today), None, placement.id)
    said = said_reviews(reviews[placement.id], today) if placement.id in reviews else []
    for one in [one for one in said if one.state not in OVER][:1]:
        late = "It is overdue." if one.state == OVERDUE else ""
        yield Step(f"{one.name} with the mentor. {late}".strip(), one.due_on, placement.id)
    if placement.is_current_on(today):
        yield Step("The placement ends; then it is signed off.", placement.ends_on, placement.id)


def of_level(enrolment: Enrolment, held: Held, placement: Placement | None) -> Iterator[Step]:
    """Modules without a placement that need one, and credits that are not decided."""
    for module in enrolment.modules:
        is_to_do = module.kind is ModuleKind.RPE and not held.is_exempt(module) and not held.decided.get(module.id)
        if is_to_do and placement is None:
            yield Step(f"A placement for {module.title}: none is agreed yet.", None)
    left = CREDITS_A_LEVEL - held.total
    yield Step(f"{left} credits of the level are not decided yet. The university decides them.", None)
