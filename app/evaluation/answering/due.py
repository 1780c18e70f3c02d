"""Who is to be asked what on a day: after a placement, at both ends of a level, and months after it."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.academic.enrolment_steps import EnrolmentStep, StepKind
from app.models.academic.prior_learning import ClaimDecision, PriorLearningClaim
from app.models.evaluation.askings import Asking, Survey
from app.models.people import Person
from app.models.placements import ELSEWHERE, Placement
from app.models.programmes import CreditDecision, Enrolment, Module, Programme
from app.rules.credit.held import held_of
from app.rules.evaluation.years import ANSWER_WITHIN
from app.rules.groups.small_numbers import FEWEST
from app.rules.programmes.years import academic_year_of

ASKED_LATE = timedelta(weeks=4)  # how long after its day a survey is still begun
MONTH = timedelta(days=365) / 12


def askings_due(session: Session, today: date) -> list[Asking]:
    """What is to be asked now and was not yet; eight queries.

    Nobody is asked the same twice in an academic year: what is published of five answers is of five people.
    """
    due = [
        *after_placements(session, today),
        *before_levels(session, today),
        *after_levels(session, today),
        *months_after_levels(session, today),
    ]
    if not due:
        return []
    first: dict[tuple[Survey, int], Asking] = {}
    for one in due:
        first.setdefault((one.survey, one.person_id), one)
    asked = asked_in(session, academic_year_of(today))
    return of_large_cohorts(session, [one for whom, one in first.items() if whom not in asked])


def asked_in(session: Session, year: int) -> set[tuple[Survey, int]]:
    """Who was asked what in an academic year."""
    rows = session.execute(select(Asking.survey, Asking.person_id).where(Asking.year == year))
    return {(survey, person_id) for survey, person_id in rows}


def of_large_cohorts(session: Session, due: list[Asking]) -> list[Asking]:
    """The same, without the cohort where so few are on it that it would tell whose an answer is."""
    cohort_ids = {one.cohort_id for one in due if one.cohort_id}
    sizes = (
        select(Enrolment.cohort_id)
        .where(Enrolment.cohort_id.in_(cohort_ids))
        .group_by(Enrolment.cohort_id)
        .having(func.count() >= FEWEST)
    )
    large = set(session.scalars(sizes)) if cohort_ids else set()
    for one in due:
        one.cohort_id = one.cohort_id if one.cohort_id in large else None
    return due


def asking(
    survey: Survey, person_id: int, enrolment: Enrolment, today: date, placement: Placement | None = None
) -> Asking:
    return Asking(
        survey=survey,
        person_id=person_id,
        enrolment_id=enrolment.id,
        placement_number=placement.id if placement else 0,
        level=enrolment.programme.level,
        provider_id=enrolment.programme.provider_id,
        cohort_id=None if survey is Survey.MENTORING else enrolment.cohort_id,
        year=academic_year_of(today),
        asked_on=today,
        until_on=today + ANSWER_WITHIN,
    )


def was_asked(survey: Survey, *about: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Asking.survey == survey, *about)


def after_placements(session: Session, today: date) -> Iterator[Asking]:
    """Learner and mentor of each placement that is over and went on nowhere else, on the programme that it was for."""
    ended = (
        Placement.ends_on < today,
        Placement.ends_on >= today - ASKED_LATE,
        Placement.ends_on >= Placement.starts_on,
        or_(Placement.outcome.is_(None), Placement.outcome.not_in(ELSEWHERE)),
    )
    for survey, person_id in ((Survey.PLACEMENT, Placement.learner_id), (Survey.MENTORING, Placement.mentor_id)):
        statement = (
            select(Placement, Enrolment)
            .join(Module, Module.id == Placement.module_id)
            .join(
                Enrolment,
                and_(Enrolment.learner_id == Placement.learner_id, Enrolment.programme_id == Module.programme_id),
            )
            .join(Person, Person.id == person_id)
            .where(*ended, Person.is_active, ~was_asked(survey, Asking.placement_number == Placement.id))
            .options(joinedload(Enrolment.programme))
        )
        for placement, enrolment in session.execute(statement):
            whom = placement.learner_id if survey is Survey.PLACEMENT else placement.mentor_id
            yield asking(survey, whom, enrolment, today, placement)


def enrolments_to_ask(survey: Survey) -> ColumnElement[bool]:
    return and_(Person.is_active, ~was_asked(survey, Asking.enrolment_id == Enrolment.id))


def before_levels(session: Session, today: date) -> Iterator[Asking]:
    """Learners whose enrolment has just begun."""
    statement = (
        select(Enrolment)
        .join(Person, Person.id == Enrolment.learner_id)
        .where(Enrolment.started_on.between(today - ASKED_LATE, today), enrolments_to_ask(Survey.BEFORE))
        .options(joinedload(Enrolment.programme))
    )
    for one in session.scalars(statement):
        yield asking(Survey.BEFORE, one.learner_id, one, today)


def after_levels(session: Session, today: date) -> Iterator[Asking]:
    """Learners who have lately completed a level: their lead says so, or the last credit was decided or recognised."""
    lately = (today - ASKED_LATE, today)
    completed = exists().where(
        EnrolmentStep.enrolment_id == Enrolment.id,
        EnrolmentStep.kind == StepKind.COMPLETED,
        EnrolmentStep.taken_back_at.is_(None),
        EnrolmentStep.day.between(*lately),
    )
    decided = exists().where(
        CreditDecision.enrolment_id == Enrolment.id,
        CreditDecision.decided_on.between(*lately),
        CreditDecision.credits > 0,
    )
    recognised = exists().where(
        ClaimDecision.claim_id == PriorLearningClaim.id,
        PriorLearningClaim.enrolment_id == Enrolment.id,
        ClaimDecision.decided_on.between(*lately),
        ClaimDecision.credits > 0,
    )
    statement = (
        select(Enrolment, completed)
        .join(Person, Person.id == Enrolment.learner_id)
        .where(or_(completed, decided, recognised), enrolments_to_ask(Survey.AFTER))
        .options(joinedload(Enrolment.programme), selectinload(Enrolment.decisions))
    )
    found = session.execute(statement).all()
    held = held_of(session, [one for one, _ in found])
    for one, is_completed in found:
        if is_completed or held[one.id].is_complete:
            yield asking(Survey.AFTER, one.learner_id, one, today)


def months_after_levels(session: Session, today: date) -> Iterator[Asking]:
    """Those who were asked when they finished a level, so many months later."""
    finished = select(Asking).where(Asking.survey == Survey.AFTER)
    for survey in Survey:
        if survey.months_after:
            day = today - survey.months_after * MONTH
            then = Asking.asked_on.between(day - ASKED_LATE, day)
            asked = select(Asking.enrolment_id).where(Asking.survey == survey)
            statement = (
                finished.join(Asking.person)
                .where(then, Person.is_active, Asking.enrolment_id.not_in(asked))
                .options(joinedload(Asking.enrolment).joinedload(Enrolment.programme).joinedload(Programme.provider))
            )
            for one in session.scalars(statement):
                yield asking(survey, one.person_id, one.enrolment, today)
