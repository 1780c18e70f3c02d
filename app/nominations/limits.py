"""How often learners may write to people who did not ask for it: what stands between a nomination and a nuisance."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words, day_of
from app.language.refusal import Refused
from app.models.pairs.nominations import Nomination, NominationState
from app.models.people import Person

WEEK = timedelta(days=7)
BY_LEARNER_A_WEEK = 4
TO_ADDRESS_A_WEEK = 4
NOT_AGAIN_FOR = timedelta(days=60)  # after somebody has declined the same learner
MAILS_MAX = 4
BETWEEN_MAILS = timedelta(days=2)


def refuse_too_many(session: Session, learner: Person, email: str, now: datetime) -> None:
    """Raise Refused where the learner, or others, have written too often of late."""
    recent = Nomination.created_at > now - WEEK
    if number(session, Nomination.learner_id == learner.id, recent) >= BY_LEARNER_A_WEEK:
        raise Refused(
            f"You have named {BY_LEARNER_A_WEEK} people within a week. Wait a few days before you name another."
        )
    if number(session, Nomination.email == email, recent) >= TO_ADDRESS_A_WEEK:
        raise Refused("This person has been asked by several learners this week. Speak with the person first.", "email")
    said_no = (
        Nomination.learner_id == learner.id,
        Nomination.email == email,
        Nomination.state == NominationState.DECLINED,
        Nomination.created_at > now - NOT_AGAIN_FOR,
    )
    if number(session, *said_no):
        raise Refused("This person has declined. Speak with the person first, or name somebody else.", "email")


def refuse_to_ask_again(nomination: Nomination, now: datetime) -> None:
    """Raise Refused where the supervisor had mail lately, or often enough."""
    if nomination.asked_times >= MAILS_MAX:
        raise Refused("We have written often enough. Ask the person yourself, or withdraw and name somebody else.")
    if now < nomination.asked_at + BETWEEN_MAILS:
        day = day_in_words(day_of(nomination.asked_at + BETWEEN_MAILS))
        raise Refused(f"We have written only lately. You can let us write again from {day}.")


def number(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Nomination).where(*conditions)) or 0
