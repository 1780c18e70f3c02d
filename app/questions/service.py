"""Deeds on questions: anybody asks; an editor publishes, answers by email, sets aside or takes down."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.folding import as_searched
from app.language.refusal import Refused
from app.models.operations.public_questions import PublicQuestion, QuestionStanding, Topic
from app.models.people import Person
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.questions import mails
from app.questions.moves import ANSWERED, CHANGED, PUBLISHED, QUESTIONS, SET_ASIDE, TAKEN_BACK, TAKEN_DOWN, part_of
from app.questions.queries import number_waiting
from app.rules.doubts import ask_about, doubts_about_text

WAITING_MAX = 500  # more at once is no longer people who ask


@dataclass(frozen=True)
class Asked:
    """What somebody asks, and where the answer goes; without an address she looks on the page."""

    topic: Topic
    words: str
    email: str = ""


@dataclass(frozen=True)
class Written:
    """What everybody is to read."""

    topic: Topic
    shown: str
    answer: str


def ask(session: Session, asked: Asked, now: datetime, today: date, *, is_sure: bool) -> PublicQuestion | None:
    """Keep a question and return it; None where the same words wait already: kept once, with the newest address.

    Raises Refused where the words are in doubt, or where so many questions wait that nobody could read one more.
    """
    ask_about(doubts_about_text((asked.words,), today), is_sure)
    digest = sha256(as_searched(asked.words).encode()).hexdigest()
    waiting = PublicQuestion.state == QuestionStanding.WAITING
    before = session.scalar(select(PublicQuestion).where(PublicQuestion.words_digest == digest, waiting))
    if before is not None:
        before.email = asked.email or before.email
        return None
    if number_waiting(session) >= WAITING_MAX:
        raise Refused("So many questions wait for an answer that we cannot take another one today. Try again later.")
    question = PublicQuestion(
        state=QuestionStanding.WAITING,
        topic=asked.topic,
        words=asked.words,
        words_digest=digest,
        email=asked.email,
        asked_at=now,
    )
    session.add(question)
    record(session, None, "asked a question", question, now=now)
    return question


def take_back(session: Session, question: PublicQuestion, now: datetime) -> None:
    """By the one who asked: nobody answers it, and neither her words nor her address are kept.

    Raises Overtaken where an editor was faster.
    """
    QUESTIONS.move(session, question, TAKEN_BACK, Party.ASKER, None, now)
    question.words, question.words_digest, question.email = "", "", ""


def write(session: Session, by: Occasion, written: Written, *, is_sure: bool) -> PublicQuestion:
    """Publish an answer that nobody has asked for yet; raises Refused where the words are in doubt."""
    question = PublicQuestion(
        state=QuestionStanding.WAITING,
        topic=written.topic,
        words="",
        words_digest=f"written {by.now.isoformat()}",
        asked_at=by.now,
    )
    session.add(question)
    session.flush()
    publish(session, by, question, written, "", is_sure=is_sure)
    return question


def publish(
    session: Session, by: Occasion, question: PublicQuestion, written: Written, address: str, *, is_sure: bool
) -> None:
    """Let everybody read an answer, or read it anew; who asked and left an address gets it once.

    The caller has locked the question. Raises Refused where the words are in doubt.
    """
    ask_about(doubts_about_text((written.shown, written.answer), by.today), is_sure)
    is_new = question.state is not QuestionStanding.PUBLISHED
    decide(session, by, question, PUBLISHED if is_new else CHANGED)
    question.topic, question.shown, question.answer = written.topic, written.shown, written.answer
    question.folded = as_searched(f"{written.shown} {written.answer}")
    for email in address_left_with(question):
        queue_message(session, email, mails.published(question, address), by.now)


def answer_by_mail(session: Session, by: Occasion, question: PublicQuestion, words: str) -> None:
    """Answer only the one who asked; raises Refused where she has left no address, Overtaken where it is decided."""
    if question.state is QuestionStanding.WAITING and not question.email:
        raise Refused("Nobody left an address with this question, so an answer can only be published.")
    decide(session, by, question, ANSWERED)
    question.answer = words
    for email in address_left_with(question):
        queue_message(session, email, mails.answered(question), by.now)


def set_aside(session: Session, by: Occasion, question: PublicQuestion, reason: str) -> None:
    """Answer a question nowhere; who asked is told why."""
    decide(session, by, question, SET_ASIDE, reason)
    for email in address_left_with(question):
        queue_message(session, email, mails.set_aside(question, reason), by.now)


def take_down(session: Session, by: Occasion, question: PublicQuestion, reason: str) -> None:
    """Let nobody read a published answer any more; it can be published again."""
    decide(session, by, question, TAKEN_DOWN, reason)


def decide(session: Session, by: Occasion, question: PublicQuestion, deed: str, reason: str = "") -> None:
    editor = by.actor
    assert isinstance(editor, Person)
    QUESTIONS.move(session, question, deed, part_of(editor), editor, by.now, reason=reason)
    question.answered_at, question.answered_by = by.now, editor


def address_left_with(question: PublicQuestion) -> list[str]:
    """The address to write to, if there is one, taken off the question."""
    left, question.email = question.email, ""
    return [left] if left else []
