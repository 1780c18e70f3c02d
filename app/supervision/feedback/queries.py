"""Whom a learner can be asked about, and what a mentor may read of what was said of her."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.models.meetings.feedback import Answer, MentorAnswers, MentorAsked, MentorWords
from app.models.people import Person
from app.models.placements import Placement, PlacementState
from app.models.studies import Opening
from app.supervision.feedback.words import QUESTIONS

ASKED_FOR = timedelta(days=180)  # after the last day


@dataclass(frozen=True)
class SaidOfMentor:
    """What was released: how many gave each answer to each question, and the words of some, in no order."""

    number: int
    answers: Mapping[str, Mapping[Answer, int]]
    words: Sequence[str]


def said_of(session: Session, mentor: Person) -> SaidOfMentor:
    """Two queries; what was not released yet is read by nobody."""
    released = select(MentorAnswers).where(MentorAnswers.mentor_id == mentor.id, MentorAnswers.batch.is_not(None))
    rows = session.scalars(released).all()
    written = select(MentorWords.words).where(MentorWords.mentor_id == mentor.id, MentorWords.batch.is_not(None))
    answers = {question: Counter(getattr(row, question) for row in rows) for question in QUESTIONS}
    return SaidOfMentor(len(rows), answers, session.scalars(written.order_by(MentorWords.id)).all())


def placements_to_ask_about(session: Session, learner: Person, today: date) -> Sequence[Placement]:
    """Her placements that ended lately with a mentor about whom she was not asked, the latest for each mentor."""
    own, goes_on = MentorAsked.learner_id == Placement.learner_id, aliased(Placement)
    settled = exists().where(own, MentorAsked.mentor_id == Placement.mentor_id)
    same_mentor = goes_on.learner_id == Placement.learner_id, goes_on.mentor_id == Placement.mentor_id
    still_met = exists().where(*same_mentor, goes_on.is_current_on(today))
    is_over = or_(
        and_(Placement.state == PlacementState.ENDED, Placement.ends_on <= today),
        Placement.ends_on < today,
    )
    statement = (
        select(Placement)
        .where(
            Placement.learner_id == learner.id,
            is_over,
            Placement.ends_on >= today - ASKED_FOR,
            Placement.ends_on >= Placement.starts_on,
            ~settled,
            ~still_met,
        )
        .options(joinedload(Placement.mentor), joinedload(Placement.opening).joinedload(Opening.study))
        .order_by(Placement.ends_on, Placement.id)
    )
    return list({one.mentor_id: one for one in session.scalars(statement)}.values())


def placement_to_ask_about(session: Session, learner: Person, placement_id: int) -> Placement | None:
    """The placement, if it is hers."""
    hers = select(Placement).where(Placement.id == placement_id, Placement.learner_id == learner.id)
    return session.scalar(hers.options(joinedload(Placement.mentor), joinedload(Placement.opening)))
