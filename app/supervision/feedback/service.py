"""The deed of a learner at the end: she says how the supervision was, or that she would rather not."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.meetings.feedback import RELEASED_TOGETHER, Answer, MentorAnswers, MentorAsked, MentorWords
from app.models.people import Person
from app.models.placements import Placement
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.standing_still import lock_people
from app.supervision.feedback.queries import placements_to_ask_about

SETTLED = "was asked about a mentor"
NOT_ASKED = (
    "You are not asked about this mentor: you have answered already, the placement goes on, or it ended long ago. "
    "Nothing was saved."
)


def say(
    session: Session,
    occasion: Occasion,
    placement: Placement,
    answers: Mapping[str, Answer],
    words: str,
    *,
    is_sure: bool,
) -> None:
    """Keep what she answers apart from her name. The fifth that waits is released with the four before it.

    Raises Refused where she is not to be asked, and to ask about what looks like a patient's details.
    """
    ask_about(doubts_about_text((words,), occasion.today), is_sure)
    settle(session, occasion, placement)
    mentor = placement.mentor
    session.add(MentorAnswers(mentor_id=mentor.id, **answers))
    release(session, mentor, MentorAnswers)
    if words:
        session.add(MentorWords(mentor_id=mentor.id, words=words))
        release(session, mentor, MentorWords)


def decline(session: Session, occasion: Occasion, placement: Placement) -> None:
    """She would rather not, and is not asked again; nobody can tell that from an answer."""
    settle(session, occasion, placement)


def settle(session: Session, occasion: Occasion, placement: Placement) -> None:
    """Ask once: the same line in the audit trail, and the same row, for whatever she did."""
    learner = occasion.actor
    assert learner is not None
    lock_people(session, [placement.mentor_id])
    if placement.mentor_id not in {one.mentor_id for one in placements_to_ask_about(session, learner, occasion.today)}:
        raise Refused(NOT_ASKED)
    session.add(MentorAsked(learner_id=learner.id, mentor_id=placement.mentor_id))
    note(session, learner, placement, occasion.now)


def note(session: Session, learner: Person, placement: Placement, now: datetime) -> None:
    record(session, learner, SETTLED, placement, now=now)


def release(session: Session, mentor: Person, kind: type[MentorAnswers] | type[MentorWords]) -> None:
    """Once as many wait as are shown together, show them: no single one can be told by what was there before."""
    session.flush()
    waits = (kind.mentor_id == mentor.id, kind.batch.is_(None))
    if session.scalar(select(func.count()).select_from(kind).where(*waits)) == RELEASED_TOGETHER:
        latest = session.scalar(select(func.max(kind.batch)).where(kind.mentor_id == mentor.id)) or 0
        session.execute(update(kind).where(*waits).values(batch=latest + 1))
