"""Counts what was answered in an academic year, by level and by university."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.evaluation.questions import Kind, Question, questions_of
from app.models.evaluation.askings import Asking, Survey
from app.models.evaluation.replies import Agreement, Reply
from app.models.programmes import Provider
from app.rules.groups.published import EVERYBODY, Part, Published, published

ANSWERED = "answered"
GROUPINGS = ("Level", "University")
Labels = tuple[str, str]  # of a level and a university


def parts_of(questions: Iterable[Question]) -> list[Part]:
    """Who answered, and of those who agreed to each question, or said yes."""
    return [Part(ANSWERED), *(Part(one.mark, of=ANSWERED) for one in questions)]


def counted_questions(session: Session, survey: Survey, year: int) -> list[Question]:
    return [one for one in questions_of(session, survey, year) if one.kind is not Kind.WORDS]


def count_survey(session: Session, survey: Survey, year: int, questions: Sequence[Question]) -> Published | None:
    """Everybody who was asked in the year; two queries."""
    asked, said = asked_in(session, survey, year), replies_in(session, survey, year)
    groupings = {name: numbers_by(at, asked, said, questions) for at, name in enumerate(GROUPINGS)}
    return published(groupings, parts_of(questions))


def asked_in(session: Session, survey: Survey, year: int) -> dict[Labels, int]:
    statement = (
        select(Asking.level, Provider.name, func.count())
        .join(Provider, Provider.id == Asking.provider_id)
        .where(Asking.survey == survey, Asking.year == year)
        .group_by(Asking.level, Provider.name)
    )
    return {(level.value, name): number for level, name, number in session.execute(statement)}


def replies_in(session: Session, survey: Survey, year: int) -> list[tuple[Labels, Mapping[str, str]]]:
    statement = (
        select(Reply.level, Provider.name, Reply.answers)
        .join(Provider, Provider.id == Reply.provider_id)
        .where(Reply.survey == survey, Reply.year == year)
    )
    return [((level.value, name), answers) for level, name, answers in session.execute(statement)]


def numbers_by(
    at: int,
    asked: Mapping[Labels, int],
    said: Iterable[tuple[Labels, Mapping[str, str]]],
    questions: Sequence[Question],
) -> dict[str, dict[str, int]]:
    """For each level, or each university, how many were asked, answered, and agreed to each question."""
    found: dict[str, Counter[str]] = {}
    for labels, number in asked.items():
        found.setdefault(labels[at], Counter())[EVERYBODY] += number
    for labels, answers in said:
        agreed = [mark for mark, value in answers.items() if Agreement(value).is_positive]
        found.setdefault(labels[at], Counter()).update((ANSWERED, *agreed))
    names = [part.name for part in parts_of(questions)]
    return {label: {name: own[name] for name in (EVERYBODY, *names)} for label, own in found.items()}
