"""Deeds on reviews: a learner asks or withdraws, a coordinator answers, and what was found wrong is put right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.refusal import Refused
from app.language.working_days import working_day_after
from app.models.people import Person
from app.models.reviews import Review, ReviewState
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.reviews import mails
from app.reviews.days import ReviewDays
from app.reviews.queries import Decided, review_of_request
from app.reviews.states import CORRECTED, LET_STAND, PUT_RIGHT, REVIEWS, WITHDREW
from app.reviews.who import may_answer, reviewers_of
from app.rules.coordinators import administrators
from app.rules.doubts import ask_about, doubts_about_text

AddressOf = Callable[[Review], str]


def refuse_asking(session: Session, decided: Decided | None, days: ReviewDays, today: date) -> None:
    """Raise Refused where there is nothing to review, where it is too late, or where it was asked before."""
    if decided is None:
        raise Refused("The round has not decided about this request, so there is nothing to review yet.")
    if review_of_request(session, decided.publication, decided.request) is not None:
        raise Refused("You have asked for a review already. It is done once.")
    if today > decided.ask_until(days):
        raise Refused(f"The last day to ask for a review was {day_in_words(decided.ask_until(days))}.")


def ask_for_review(
    session: Session,
    occasion: Occasion,
    decided: Decided | None,
    words: str,
    days: ReviewDays,
    address_of: AddressOf,
    *,
    is_sure: bool,
) -> Review:
    """A learner asks: everybody who may answer is told, or the administrators where there is nobody.

    Raises Refused as `refuse_asking` does, or when her words are in doubt.
    """
    refuse_asking(session, decided, days, occasion.today)
    assert decided is not None
    ask_about(doubts_about_text((words,), occasion.today), is_sure)
    review = Review(
        publication=decided.publication,
        round=decided.publication.round,
        request=decided.request,
        state=ReviewState.ASKED,
        words=words,
        asked_at=occasion.now,
        due_on=working_day_after(occasion.today, days.to_answer),
    )
    session.add(review)
    record(session, occasion.actor, "asked for a review", review, now=occasion.now)
    tell_of_review(session, review, occasion, address_of(review))
    return review


def tell_of_review(session: Session, review: Review, occasion: Occasion, address: str) -> None:
    found = reviewers_of(session, review.publication, review.request.learner_id)
    for reviewer in found:
        queue_message(session, reviewer.email, mails.asked(reviewer, review, address), occasion.now)
    for administrator in () if found else administrators(session):
        mail = mails.no_coordinator_can_answer(administrator, review, occasion.home)
        queue_message(session, administrator.email, mail, occasion.now)


def withdraw_review(session: Session, occasion: Occasion, review: Review) -> None:
    """Its learner needs no answer any more; who was asked sees it on her home page no longer."""
    REVIEWS.move(session, review, WITHDREW, Party.LEARNER, occasion.actor, occasion.now)
    review.answered_at = occasion.now


@dataclass(frozen=True)
class Answer:
    """What a coordinator found: whether the decision stands, her words to the learner, and what is to be done."""

    stands: bool
    words: str
    correction: str = ""


def answer_review(
    session: Session, occasion: Occasion, review: Review, answer: Answer, address: str, party: Party, *, is_sure: bool
) -> None:
    """Answer a review and tell its learner, and where something is to be put right the other coordinators.

    The caller has locked it. Raises Refused for the one who published, or where the words are in doubt; Overtaken
    where somebody has answered meanwhile.
    """
    actor = occasion.actor
    if actor is None or not may_answer(actor, review):
        raise Refused("You published this round, so somebody else answers the review.")
    if not answer.stands and not answer.correction:
        raise Refused("Enter what is to be put right, so that others can do it", "correction")
    ask_about(doubts_about_text((answer.words, answer.correction), occasion.today), is_sure)
    REVIEWS.move(session, review, LET_STAND if answer.stands else CORRECTED, party, actor, occasion.now)
    review.answered_by, review.answered_at = actor, occasion.now
    review.answer, review.correction = answer.words, "" if answer.stands else answer.correction
    queue_message(session, review.request.learner.email, mails.answered(review, occasion.home), occasion.now)
    if not answer.stands:
        tell_of_correction(session, occasion, review, actor, address)


def tell_of_correction(session: Session, occasion: Occasion, review: Review, actor: Person, address: str) -> None:
    """To the one who published, who would do the same again."""
    publisher = review.publication.published_by
    if publisher is not None and publisher.is_active and publisher.id != actor.id:
        queue_message(session, publisher.email, mails.to_put_right(publisher, review, actor, address), occasion.now)


def note_put_right(session: Session, occasion: Occasion, review: Review) -> None:
    """What the review found is done; its learner is told."""
    REVIEWS.move(session, review, PUT_RIGHT, Party.COORDINATOR, occasion.actor, occasion.now)
    queue_message(session, review.request.learner.email, mails.put_right(review, occasion.home), occasion.now)
