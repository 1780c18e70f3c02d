"""Deeds with notes: an academic supervisor writes one about a learner, and a programme lead answers it."""

from sqlalchemy.orm import Session

from app.language.refusal import Overtaken
from app.models.academic.notes import SupervisorNote
from app.models.people import Person
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.promises.supervising.naming import Learner, actor_of
from app.rules.doubts import ask_about, doubts_about_text
from app.supervisors import telling


def write_note(session: Session, occasion: Occasion, learner: Learner, words: str, *, is_sure: bool) -> SupervisorNote:
    """Tell the programme leads something about a learner; raises Refused to ask about doubtful words."""
    ask_about(doubts_about_text((words,), occasion.today), is_sure)
    note = SupervisorNote(
        enrolment=learner.enrolment, author=actor_of(occasion), words=words.strip(), written_at=occasion.now
    )
    session.add(note)
    record(session, occasion.actor, "wrote a note about a learner", note, now=occasion.now, name=learner.person.name)
    telling.tell_written(session, occasion, note, learner)
    return note


def answer_note(
    session: Session, occasion: Occasion, note: SupervisorNote, learner: Person, answer: str, *, is_sure: bool
) -> None:
    """Answer a note once; its author hears. Raises Overtaken where another lead was faster."""
    ask_about(doubts_about_text((answer,), occasion.today), is_sure)
    session.refresh(note, ["answered_at", "answered_by_id", "answer"], with_for_update=True)
    if note.answered_at is not None:
        raise Overtaken("Somebody has answered this note by now. Read the answer with the note.")
    note.answer, note.answered_by, note.answered_at = answer.strip(), actor_of(occasion), occasion.now
    record(session, occasion.actor, "answered a note about a learner", note, now=occasion.now, name=learner.name)
    telling.tell_answered(session, occasion, note, learner)
