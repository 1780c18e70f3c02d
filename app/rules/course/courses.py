"""Reads what the risks of placements rest on, as plain values: lists may be too long to load."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Select, case, func, select, type_coerce
from sqlalchemy.orm import Session, aliased

from app.models.academic.enrolment_steps import EnrolmentStep, StepKind
from app.models.academic.prior_learning import CreditUse
from app.models.course.changes_asked import AskedKind, AskedState, ChangeAsked
from app.models.course.progress_reviews import ReviewPlan, plan_for
from app.models.hours import HoursCategory, HoursEntry
from app.models.people import MentorAbsence, Person, Role
from app.models.placements import Pause, Placement
from app.models.programmes import Enrolment, Module, Programme
from app.models.studies import Opening, Study
from app.models.supervision import SupervisionSession
from app.rules.course.lacking_evidence import numbers_lacking
from app.rules.course.risk_conditions import lasts_past_the_end
from app.rules.course.risks import AtRisk, Course, risks_of
from app.rules.progress_reviews.dates import ReviewDates, Weeks
from app.rules.progress_reviews.plans import plans_of, signed_kinds
from app.rules.readiness.missing import Lack, lacks_in
from app.rules.workplace_hours import Band, Workplace, band_left

Days = tuple[date, date]
Wanted = list[Any]  # what must be true of a placement


def risks_by_placement(session: Session, today: date, *conditions: ColumnElement[bool]) -> dict[int, list[AtRisk]]:
    """The placements that are at risk today, among those of which the conditions are true; twelve queries, or one."""
    found = {one.placement_id: risks_of(one, today) for one in courses(session, today, *conditions)}
    return {id_: risks for id_, risks in found.items() if risks}


def courses(session: Session, today: date, *conditions: ColumnElement[bool]) -> list[Course]:
    """The course of each placement that runs or is to begin, among those of which the conditions are true.

    What goes on elsewhere already is left out: its risks are those of the next part.
    """
    wanted: Wanted = [Placement.is_current_on(today), Placement.outcome.is_(None), *conditions]
    rows = rows_of(session, wanted)
    if not rows:
        return []
    met = sessions_met(session, wanted)
    minutes = workplace_minutes(session, wanted)
    pauses = pauses_in(session, wanted)
    asked = asked_in(session, wanted)
    lacks = lacks_in(session, today, *wanted)
    plans = plans_of(session, (row.programme_id for row in rows))
    signed = signed_kinds(session, of_wanted(Placement.id, wanted))
    steps = steps_in(session, wanted)
    absences, lacking = away_from(session, wanted), numbers_lacking(session, today, *wanted)
    return [
        replace(
            course_of(row, met, minutes, pauses, asked, lacks),
            reviews=reviews_of(row, plans.get(row.programme_id, ()), pauses.get(row.id, ())),
            reviews_signed=signed.get(row.id, ()),
            **away_by(steps.get(row.id, ()), today),
            mentor_away_from=absences.get(row.id),
            lacking_evidence=lacking.get(row.id, 0),
        )
        for row in rows
    ]


def course_of(
    row: Any,
    met: Mapping[int, tuple[date, date | None]],
    minutes: Mapping[tuple[int, int], int],
    pauses: Mapping[int, Sequence[Days]],
    asked: Mapping[int, Sequence[tuple[AskedKind, date]]],
    lacks: Mapping[int, Lack],
) -> Course:
    paused = tuple(pauses.get(row.id, ()))
    first = row.first_part_on or row.starts_on
    done = minutes.get((row.learner_id, row.module_id), 0)
    last, waiting_since = met.get(row.id, (None, None))
    return Course(
        row.id,
        row.starts_on,
        row.ends_on,
        Workplace(band_of(row), first, row.ends_on, done, paused),
        last,
        waiting_since,
        row.learner_takes_part,
        row.mentor_takes_part,
        row.status,
        row.completes_on,
        asked.get(row.id, ()),
        paused,
        lacks.get(row.id),
    )


def band_of(row: Any) -> Band | None:
    return band_left(row.level.workplace_band_hours, row.module_credits, int(row.recognised))


def reviews_of(row: Any, plans: Sequence[ReviewPlan], pauses: Sequence[Days]) -> ReviewDates | None:
    plan = plan_for(plans, row.starts_on)
    return ReviewDates(Weeks.of(plan), row.starts_on, row.ends_on, tuple(pauses)) if plan else None


def rows_of(session: Session, wanted: Wanted) -> Sequence[Any]:
    learner, mentor = aliased(Person), aliased(Person)
    columns = (
        Placement.id,
        Placement.learner_id,
        Placement.module_id,
        Placement.starts_on,
        Placement.first_part_on,
        Placement.ends_on,
        Module.programme_id,
        Programme.level,
        Module.credits.label("module_credits"),
        CreditUse.recognised_for(Placement.learner_id, Placement.module_id).label("recognised"),
        Study.status,
        Study.completes_on,
        type_coerce(learner.takes_part_as(Role.LEARNER), Boolean).label("learner_takes_part"),
        type_coerce(mentor.takes_part_as(Role.MENTOR), Boolean).label("mentor_takes_part"),
    )
    statement = (
        select(*columns)
        .select_from(Placement)
        .join(learner, learner.id == Placement.learner_id)
        .join(mentor, mentor.id == Placement.mentor_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Study, Study.id == Opening.study_id)
        .join(Module, Module.id == Placement.module_id)
        .join(Programme, Programme.id == Module.programme_id)
        .where(*wanted)
    )
    return session.execute(statement).all()


def sessions_met(session: Session, wanted: Wanted) -> dict[int, tuple[date, date | None]]:
    """When they last met, and since when a session waits to be confirmed, by placement."""
    day = SupervisionSession.held_on
    waiting = func.min(case((SupervisionSession.confirmed_at.is_(None), day)))
    rows = session.execute(
        select(Placement.id, func.max(day), waiting)
        .join(SupervisionSession, SupervisionSession.placement_id == Placement.id)
        .where(SupervisionSession.withdrawn_at.is_(None), *wanted)
        .group_by(Placement.id)
    )
    return {id_: (last, since) for id_, last, since in rows}


def workplace_minutes(session: Session, wanted: Wanted) -> dict[tuple[int, int], int]:
    """What counts in the workplace, by learner and module: hours count for the module wherever they were logged."""
    part = aliased(Placement)
    rows = session.execute(
        select(part.learner_id, part.module_id, func.sum(HoursEntry.minutes))
        .join(HoursEntry, HoursEntry.placement_id == part.id)
        .where(
            HoursEntry.category == HoursCategory.WORKPLACE,
            HoursEntry.counts,
            part.learner_id.in_(of_wanted(Placement.learner_id, wanted)),
        )
        .group_by(part.learner_id, part.module_id)
    )
    return {(learner_id, module_id): minutes for learner_id, module_id, minutes in rows}


def pauses_in(session: Session, wanted: Wanted) -> dict[int, list[Days]]:
    rows = session.execute(
        select(Pause.placement_id, Pause.starts_on, Pause.resumes_on)
        .where(Pause.placement_id.in_(of_wanted(Placement.id, wanted)))
        .order_by(Pause.starts_on)
    )
    return by_placement(rows)


def steps_in(session: Session, wanted: Wanted) -> dict[int, list[Any]]:
    """What is noted of its learner's way, also for days to come, in the order of the days."""
    within = (Enrolment.learner_id == Placement.learner_id) & (Enrolment.programme_id == Module.programme_id)
    rows = session.execute(
        select(Placement.id, EnrolmentStep.kind, EnrolmentStep.day, EnrolmentStep.returns_on)
        .select_from(Placement)
        .join(Module, Module.id == Placement.module_id)
        .join(Enrolment, within)
        .join(EnrolmentStep, EnrolmentStep.enrolment_id == Enrolment.id)
        .where(EnrolmentStep.taken_back_at.is_(None), *wanted)
        .order_by(EnrolmentStep.day, EnrolmentStep.id)
    )
    return by_placement(rows)


def away_by(steps: Sequence[Any], today: date) -> dict[str, Any]:
    """Whether she is away by these steps, until when, and when she last came back.

    Until when is asked of nobody any more once something is noted for a later day, as her return.
    """
    so_far = [(kind, day, returns_on) for kind, day, returns_on in steps if day <= today]
    back = [day for kind, day, _ in so_far if kind is StepKind.RETURNED]
    found: dict[str, Any] = {"returned_on": back[-1] if back else None}
    if so_far and so_far[-1][0] is StepKind.STEPPED_OUT:
        found |= {"is_away": True, "returns_on": so_far[-1][2] if len(so_far) == len(steps) else None}
    return found


def asked_in(session: Session, wanted: Wanted) -> dict[int, list[tuple[AskedKind, date]]]:
    rows = session.execute(
        select(ChangeAsked.placement_id, ChangeAsked.kind, ChangeAsked.from_on)
        .where(ChangeAsked.state == AskedState.WAITING, ChangeAsked.placement_id.in_(of_wanted(Placement.id, wanted)))
        .order_by(ChangeAsked.id)
    )
    return by_placement(rows)


def away_from(session: Session, wanted: Wanted) -> dict[int, date]:
    """From which day the mentor is away until after the end, by placement."""
    rows = session.execute(
        select(Placement.id, func.min(MentorAbsence.starts_on))
        .join(MentorAbsence, MentorAbsence.mentor_id == Placement.mentor_id)
        .where(lasts_past_the_end(), *wanted)
        .group_by(Placement.id)
    )
    return {row[0]: row[1] for row in rows}


def of_wanted(column: Any, wanted: Wanted) -> Select[Any]:
    return select(column).where(*wanted)


def by_placement(rows: Any) -> dict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for placement_id, *rest in rows:
        found[placement_id].append(tuple(rest))
    return dict(found)
