"""Free text by how it stands, and what was ever asked in which words."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.models.evaluation.replies import FreeWords, Wording, WordsStanding
from app.web.paging import Page, page_of


def words_standing(session: Session, state: WordsStanding, page: int) -> Page:
    """In no order but that of the years: nobody can tell which came first."""
    statement = select(FreeWords).where(FreeWords.state == state).order_by(FreeWords.year, FreeWords.id)
    return page_of(session, statement.options(joinedload(FreeWords.decided_by)), page)


def words_with(session: Session, words_id: int, *, to_change: bool = False) -> FreeWords | None:
    """`to_change` lets others wait, and reads it afresh."""
    statement = select(FreeWords).where(FreeWords.id == words_id)
    if to_change:
        statement = statement.with_for_update(of=FreeWords).execution_options(populate_existing=True)
    return session.scalar(statement)


def number_waiting(session: Session) -> int:
    waiting = select(func.count()).where(FreeWords.state == WordsStanding.WAITING)
    return session.scalar(waiting) or 0


def wordings_of(session: Session, question: str) -> Sequence[Wording]:
    """How editors have worded it, the latest first."""
    statement = select(Wording).where(Wording.question == question).options(joinedload(Wording.by))
    return session.scalars(statement.order_by(Wording.version.desc())).all()
