"""Counts what was answered in an academic year: by level, of each level by university, of each of those by cohort."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.evaluation.questions import Kind, Question, questions_of
from app.models.evaluation.askings import Asking, Survey
from app.models.evaluation.replies import Agreement, Reply
from app.models.programmes import Cohort, Level, Provider
from app.rules.groups.published import EVERYBODY, Part, Published, published_in_turn

ANSWERED = "answered"
GROUPINGS = ("Level", "University", "Cohort")
NO_COHORT = "No cohort stated"
Labels = tuple[str, ...]  # of a level, a university and a cohort


def parts_of(questions: Iterable[Question]) -> list[Part]:
    """Who answered, and of those who agreed to each question, or said yes."""
    return [Part(ANSWERED), *(Part(one.mark, of=ANSWERED) for one in questions)]


def counted_questions(session: Session, survey: Survey, year: int) -> list[Question]:
    return [one for one in questions_of(session, survey, year) if one.kind is not Kind.WORDS]


def count_survey(session: Session, survey: Survey, year: int, questions: Sequence[Question]) -> Published | None:
    """Everybody who was asked in the year; two queries."""
    asked, said = asked_in(session, survey, year), replies_in(session, survey, year)
    return published_in_turn(numbers_of(asked, said, questions), parts_of(questions), title_of)


def title_of(labels: Labels) -> str:
    """Of the table of a level, or of a level at a university: Cohort, PGCert at Exampleton."""
    grouping, of = GROUPINGS[len(labels)], " at ".join(labels)
    return f"{grouping}, {of}" if of else grouping


def asked_in(session: Session, survey: Survey, year: int) -> dict[Labels, int]:
    statement = (
        select(Asking.level, Provider.name, Cohort.name, func.count())
        .join(Provider, Provider.id == Asking.provider_id)
        .outerjoin(Cohort, Cohort.id == Asking.cohort_id)
        .where(Asking.survey == survey, Asking.year == year)
        .group_by(Asking.level, Provider.name, Cohort.name)
    )
    found = session.execute(statement)
    return {labels_of(level, university, cohort): number for level, university, cohort, number in found}


def labels_of(level: Level, university: str, cohort: str | None) -> Labels:
    return level.value, university, cohort or NO_COHORT


def replies_in(session: Session, survey: Survey, year: int) -> list[tuple[Labels, Mapping[str, str]]]:
    statement = (
        select(Reply.level, Provider.name, Cohort.name, Reply.answers)
        .join(Provider, Provider.id == Reply.provider_id)
        .outerjoin(Cohort, Cohort.id == Reply.cohort_id)
        .where(Reply.survey == survey, Reply.year == year)
    )
    found = session.execute(statement)
    return [(labels_of(level, university, cohort), answers) for level, university, cohort, answers in found]


def numbers_of(
    asked: Mapping[Labels, int], said: Iterable[tuple[Labels, Mapping[str, str]]], questions: Sequence[Question]
) -> dict[Labels, dict[str, int]]:
    """For each cohort of a level at a university how many were asked, answered, and agreed to each question."""
    found = {labels: Counter({EVERYBODY: number}) for labels, number in asked.items()}
    for labels, answers in said:
        agreed = [mark for mark, value in answers.items() if Agreement(value).is_positive]
        found.setdefault(labels, Counter()).update((ANSWERED, *agreed))
    names = [part.name for part in parts_of(questions)]
    return {labels: {name: own[name] for name in (EVERYBODY, *names)} for labels, own in found.items()}
