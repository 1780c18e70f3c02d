"""Deeds of the survey: people are asked; somebody answers, or would rather not, and nobody can tell which."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.evaluation.answering import mails
from app.evaluation.answering.due import askings_due
from app.language.dates_and_times import day_of
from app.language.local_times import end_of_day
from app.language.refusal import Refused
from app.models.evaluation.askings import Asking
from app.models.evaluation.replies import Agreement, FreeWords, Reply
from app.models.people import Person
from app.platform.audit import record
from app.platform.links import end_links_to, issue_link
from app.platform.outbox import queue_message
from app.rules.doubts import ask_about, doubts_about_text

BY_LINK = "answer a survey"  # the purpose of the link in a mail
SETTLED = "was asked for the evaluation"
NOT_ASKED = (
    "You are not asked this any more: you have answered it, or said that you would rather not, or the time for it is "
    "over. Nothing was saved."
)


def ask_who_is_due(session: Session, address_of: Callable[[str], str], now: datetime) -> None:
    """Ask everybody once for whom it is time; who may have left the service since gets a link in a mail."""
    due = askings_due(session, day_of(now))
    session.add_all(due)
    session.flush()
    for asking in due:
        if asking.survey.months_after:
            life = end_of_day(asking.until_on) - now
            _, secret = issue_link(session, BY_LINK, asking, asking.person, now, life)
            mail = mails.what_became(asking, address_of(secret))
            queue_message(session, asking.person.email, mail, now, secret=secret)


def answer(
    session: Session,
    asking: Asking,
    answers: Mapping[str, Agreement],
    written: Mapping[str, str],
    now: datetime,
    *,
    is_sure: bool,
) -> None:
    """Keep answers and words apart from who gave them, and from each other; the caller has locked the asking.

    Raises Refused where she is not to be asked, and to ask about what looks like a patient's details.
    """
    ask_about(doubts_about_text(tuple(written.values()), day_of(now)), is_sure)
    settle(session, asking, asking.person, now)
    same = {"survey": asking.survey, "year": asking.year}
    said = {mark: one.value for mark, one in answers.items()}
    of = {"level": asking.level, "provider_id": asking.provider_id, "cohort_id": asking.cohort_id}
    session.add(Reply(answers=said, **of, **same))
    session.add_all(FreeWords(question=mark, words=words, **same) for mark, words in written.items() if words)


def decline(session: Session, asking: Asking, now: datetime) -> None:
    """She would rather not; nobody can tell that from an answer."""
    settle(session, asking, asking.person, now)


def settle(session: Session, asking: Asking, person: Person, now: datetime) -> None:
    """The same row and the same line in the audit trail, whatever she did; links to it end."""
    if not asking.is_open_on(day_of(now)):
        raise Refused(NOT_ASKED)
    asking.is_settled = True
    end_links_to(session, asking, BY_LINK, now)
    record(session, person, SETTLED, asking, now=now)
