"""Which answers everybody reads, and which questions wait for an editor."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.models.operations.public_questions import PublicQuestion, QuestionStanding, Topic
from app.rules.search import named
from app.web.paging import Page, page_of

ANSWERS_AT_ONCE = 30


def answers(session: Session, q: str, topic: Topic | None, page: int) -> Page:
    """What is published, group by group, what was answered last first."""
    statement = select(PublicQuestion).where(
        PublicQuestion.state == QuestionStanding.PUBLISHED, named(PublicQuestion.folded, q)
    )
    if topic is not None:
        statement = statement.where(PublicQuestion.topic == topic)
    newest = (PublicQuestion.topic, PublicQuestion.answered_at.desc(), PublicQuestion.id.desc())
    return page_of(session, statement.order_by(*newest), page, ANSWERS_AT_ONCE)


def by_topic(questions: Sequence[PublicQuestion]) -> list[tuple[Topic, list[PublicQuestion]]]:
    return [(topic, list(group)) for topic, group in groupby(questions, key=lambda one: one.topic)]


def questions_listed(session: Session, state: QuestionStanding, page: int) -> Page:
    """Those that stand so, what waits longest first."""
    statement = select(PublicQuestion).where(PublicQuestion.state == state)
    ordered = statement.order_by(PublicQuestion.asked_at, PublicQuestion.id)
    return page_of(session, ordered.options(joinedload(PublicQuestion.answered_by)), page)


def question_with(session: Session, asked_id: int, *, to_change: bool = False) -> PublicQuestion | None:
    """`to_change` lets others wait, and reads it afresh."""
    statement = select(PublicQuestion).where(PublicQuestion.id == asked_id)
    if to_change:
        statement = statement.with_for_update(of=PublicQuestion).execution_options(populate_existing=True)
    return session.scalar(statement)


def number_waiting(session: Session) -> int:
    waiting = select(func.count()).where(PublicQuestion.state == QuestionStanding.WAITING)
    return session.scalar(waiting) or 0
