"""The risks of placements as conditions of the database: which there are, of more placements than can be looked at.

The rule itself is `risks`; a test holds that both say the same of every course. A new risk needs its line here.
"""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from app.models.academic.enrolment_steps import EnrolmentStep, StepKind
from app.models.academic.prior_learning import CreditUse
from app.models.course.changes_asked import AskedState, ChangeAsked
from app.models.hours import HoursCategory, HoursEntry
from app.models.people import MentorAbsence, Person, Role
from app.models.placements import Pause, Placement
from app.models.programmes import Enrolment, Level, Module, Programme
from app.models.studies import Opening, Study
from app.models.supervision import SupervisionSession
from app.models.values.sql_functions import days_between, larger, smaller
from app.models.values.study_status import StudyStatus
from app.rules.course.lacking_evidence import lacks_evidence
from app.rules.course.risks import AWAY_FOR_DAYS, OF_ASKED, UNCONFIRMED_AFTER, Risk
from app.rules.enrolments.standing import has_step, is_overdue_on, is_stepped_out_on
from app.rules.progress_reviews.conditions import is_overdue_on_the_way
from app.rules.progress_reviews.days import days_without_pauses
from app.rules.readiness.lack_conditions import is_missing_in_time, release_is_withdrawn, runs_out
from app.rules.record_totals import OVERDUE_AFTER
from app.rules.workplace_hours import SLACK

Condition = ColumnElement[bool]
Kinds = Mapping[int, tuple[Risk, ...]]
NONE: ColumnElement[int] = literal(0)
# What takes the database longest is asked last, and not where another risk is there already.
CHEAP_FIRST = sorted(Risk, key=lambda risk: risk in (Risk.BEHIND, Risk.RUNS_OUT, Risk.NO_EVIDENCE))
# To put the conditions together takes longer than most queries; they depend on nothing but the day.
DAYS_KEPT = 4
STOPPED = [status for status in StudyStatus if not status.can_take_learners]


def kinds_by_placement(
    session: Session, today: date, *wanted: Condition, among: Collection[Risk] = tuple(Risk), or_any: bool = False
) -> Kinds:
    """The placements at risk today among those wanted, each with its risks, what needs somebody most first; one query.

    What goes on elsewhere already is left out, as in `courses`; so are risks that are not `among` those asked for. With
    `or_any` a placement that has only others of them is there as well, without saying which: one is enough to know.
    """
    known = conditions(today)
    marks = sum(
        (case((true, 1 << at), else_=0) for at, (risk, true) in enumerate(known.items()) if risk in among), NONE
    )
    if or_any:
        others = [known[risk] for risk in CHEAP_FIRST if risk not in among]
        marks += case((or_(*others), 1 << len(known)), else_=0)
    every = select(Placement.id, marks.label("marks")).where(is_watched(today), *wanted)
    marked = every.cte("marked").prefix_with("MATERIALIZED")  # or a database would work them out twice
    rows = session.execute(select(marked.c.id, marked.c.marks).where(marked.c.marks > 0))
    return {id_: risks_marked(marks) for id_, marks in rows}


@cache
def risks_marked(marks: int) -> tuple[Risk, ...]:
    return tuple(risk for at, risk in enumerate(Risk) if marks >> at & 1)


def is_at_risk(today: date) -> Condition:
    """True of a placement that has any of the risks."""
    return and_(is_watched(today), or_(*conditions(today).values()))


def is_watched(today: date) -> Condition:
    """True of what runs or is to begin, and does not go on elsewhere already."""
    return and_(Placement.is_current_on(today), Placement.outcome.is_(None))


@lru_cache(DAYS_KEPT)
def conditions(today: date) -> Mapping[Risk, Condition]:
    """When each risk is there, of a placement that is watched; in the order of the risks."""
    is_here = ~is_of_enrolment(is_stepped_out_on(today))
    runs = and_(Placement.starts_on <= today, Placement.id.not_in(paused(Pause.has(today))), is_here)
    found = {
        Risk.LEARNER_GONE: ~takes_part(Placement.learner_id, Role.LEARNER),
        Risk.MENTOR_GONE: ~takes_part(Placement.mentor_id, Role.MENTOR),
        Risk.STUDY_STOPPED: is_on_study(Study.status.in_(STOPPED)),
        **{risk: is_asked(kind) for kind, risk in OF_ASKED.items()},
        Risk.NOT_READY: and_(is_here, is_missing_in_time(today)),
        Risk.RELEASE_WITHDRAWN: and_(is_here, release_is_withdrawn(today)),
        Risk.RETURN_OVERDUE: is_of_enrolment(is_overdue_on(today)),
        Risk.NO_SESSION: and_(runs, has_not_met(today)),
        Risk.BEHIND: and_(runs, is_behind(today)),
        Risk.REVIEW_OVERDUE: and_(runs, is_overdue_on_the_way(today)),
        Risk.STUDY_CLOSES: and_(runs, closes_before_the_end(today)),
        Risk.MENTOR_AWAY: and_(runs, is_away_at_the_end(MentorAbsence.mentor_id == Placement.mentor_id)),
        Risk.NO_EVIDENCE: and_(runs, lacks_evidence(today)),
        Risk.RUNS_OUT: and_(is_here, runs_out(today)),
        Risk.UNCONFIRMED: and_(runs, waits_for_long(today)),
    }
    return MappingProxyType({risk: found[risk] for risk in Risk})


def takes_part(person_id: Any, role: Role) -> Condition:
    person = aliased(Person)
    return select(person.id).where(person.id == person_id, person.takes_part_as(role)).exists()


def is_of_enrolment(*conditions: Condition) -> Condition:
    """True of placements within an enrolment that is like that."""
    within = select(Enrolment.id).join(Module, Module.programme_id == Enrolment.programme_id)
    same = within.where(Enrolment.learner_id == Placement.learner_id, Module.id == Placement.module_id, *conditions)
    return same.correlate(Placement).exists()


def is_on_study(condition: Condition) -> Condition:
    on_it = select(Opening.id).join(Study, Study.id == Opening.study_id)
    return on_it.where(Opening.id == Placement.opening_id, condition).correlate(Placement).exists()


def closes_before_the_end(today: date) -> Condition:
    return is_on_study(and_(Study.completes_on >= today, Study.completes_on < Placement.ends_on))


def is_away_at_the_end(*conditions: Condition) -> Condition:
    """True where a mentor is away until after the placement ends, and not for its last days alone."""
    return select(MentorAbsence.id).where(*conditions, lasts_past_the_end()).correlate(Placement).exists()


def lasts_past_the_end() -> Condition:
    """True of an absence, beside a placement of the same mentor."""
    before = days_between(MentorAbsence.starts_on, Placement.ends_on) >= AWAY_FOR_DAYS
    return and_(MentorAbsence.ends_on >= Placement.ends_on, before)


def is_asked(kind: Any) -> Condition:
    waiting = ChangeAsked.state == AskedState.WAITING, ChangeAsked.kind == kind
    return Placement.id.in_(select(ChangeAsked.placement_id).where(*waiting))


def paused(condition: Any) -> Any:
    return select(Pause.placement_id).where(condition)


def met(*conditions: Condition) -> Condition:
    """True where a session that was not withdrawn is like that."""
    held = SupervisionSession.placement_id == Placement.id, SupervisionSession.withdrawn_at.is_(None)
    return select(SupervisionSession.id).where(*held, *conditions).correlate(Placement).exists()


def has_not_met(today: date) -> Condition:
    """Neither met, nor begun, nor come back from a pause or to the programme for so long."""
    earliest = today - OVERDUE_AFTER
    return and_(
        ~met(SupervisionSession.held_on >= earliest),
        or_(Placement.starts_on < earliest, met()),
        Placement.id.not_in(paused(Pause.resumes_on.between(earliest, today))),
        ~is_of_enrolment(has_step(StepKind.RETURNED, EnrolmentStep.day.between(earliest, today))),
    )


def waits_for_long(today: date) -> Condition:
    return met(SupervisionSession.held_on < today - UNCONFIRMED_AFTER, SupervisionSession.confirmed_at.is_(None))


def is_behind(today: date) -> Condition:
    """As `Workplace.is_behind`, without a division: below a whole quotient is what stays within it with one more."""
    length = larger(days_until(Placement.ends_on), 1)
    passed = smaller(larger(days_until(literal(today - SLACK)), 0), length)
    return band_minutes() * passed >= (minutes_in_workplace() + 1) * length


def band_minutes() -> ColumnElement[int]:
    """The least of what `band_left` says, in minutes; 0 where the Framework gives no band."""
    bands = ((level, level.workplace_band_hours) for level in Level)
    least = case(*((Programme.level == level, band[0]) for level, band in bands if band), else_=0)
    left = larger(Module.credits - CreditUse.recognised_for(Placement.learner_id, Placement.module_id), 0)
    hours = least * left // larger(Module.credits, 1)
    of_module = select(hours * 60).select_from(Programme).join(Module, Module.programme_id == Programme.id)
    return of_module.where(Module.id == Placement.module_id).correlate(Placement).scalar_subquery()


def minutes_in_workplace() -> ColumnElement[int]:
    """What counts for the module wherever it was logged."""
    part = aliased(Placement)
    logged = select(func.coalesce(func.sum(HoursEntry.minutes), 0)).join(part, part.id == HoursEntry.placement_id)
    for_module = part.learner_id == Placement.learner_id, part.module_id == Placement.module_id
    counts = HoursEntry.category == HoursCategory.WORKPLACE, HoursEntry.counts
    return logged.where(*for_module, *counts).correlate(Placement).scalar_subquery()


def days_until(day: Any) -> ColumnElement[int]:
    """The days from the first of all parts until a day, without those of pauses."""
    return days_without_pauses(func.coalesce(Placement.first_part_on, Placement.starts_on), day)
