"""Deeds of an editor: a question is worded anew; free text is shown, shortened or held back."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.evaluation.questions import Question
from app.language.refusal import Refused
from app.models.evaluation.replies import FreeWords, Wording, WordsStanding
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.programmes.years import academic_year_of


def reword(session: Session, by: Occasion, question: Question, words: str) -> Wording:
    """Ask in other words from the next academic year on: within one, all answers are to the same words.

    Worded twice in a year, the later words are asked. Raises Refused where they are no others.
    """
    editor = by.actor
    assert editor is not None
    if words == question.words:
        raise Refused("These are the words in which it is asked already. Change them first.", "words")
    latest = select(func.max(Wording.version)).where(Wording.question == question.key)
    version = (session.scalar(latest) or 1) + 1
    wording = Wording(
        question=question.key,
        version=version,
        from_year=academic_year_of(by.today) + 1,
        words=words,
        by=editor,
        at=by.now,
    )
    session.add(wording)
    record(session, editor, "worded a question anew", wording, now=by.now, question=question.key, version=version)
    return wording


def show(session: Session, by: Occasion, one: FreeWords, shown: str, *, is_sure: bool) -> None:
    """Let readers see it, as it was written or in fewer words; raises Refused where those are in doubt."""
    ask_about(doubts_about_text((shown,), by.today), is_sure)
    decide(session, by, one, WordsStanding.SHOWN, "let free text be read")
    one.shown, one.reason = shown, ""


def hold_back(session: Session, by: Occasion, one: FreeWords, reason: str) -> None:
    """Let nobody read it but editors, for a reason that stays with it."""
    decide(session, by, one, WordsStanding.HELD_BACK, "held free text back")
    one.shown, one.reason = "", reason


def decide(session: Session, by: Occasion, one: FreeWords, state: WordsStanding, deed: str) -> None:
    editor = by.actor
    assert editor is not None
    one.state, one.decided_at, one.decided_by = state, by.now, editor
    record(session, editor, deed, one, now=by.now)
