"""What home pages say about reviews: those to answer, those to put right, those that wait or were answered."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Boolean, ColumnElement, func, select, type_coerce
from sqlalchemy.orm import Session, joinedload

from app.language.dates_and_times import day_in_words
from app.language.numbers import count
from app.models.organisations import Network
from app.models.people import Person, Role
from app.models.publications import Publication
from app.models.requests import PlacementRequest
from app.models.reviews import Review, ReviewState
from app.models.rounds import MatchRound
from app.reviews.who import has_nobody, is_for
from app.rules.home_items import HomeItem, Standing, ToDo


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """A learner's own, those in a coordinator's rounds, and those that are left to an administrator."""
    found: list[HomeItem] = []
    if Role.LEARNER in person.roles:
        found += [about_own(review) for review in own_reviews(session, person)]
    if person.network_ids():
        found += [to_answer(*row, today) for row in by_round(session, person, ReviewState.ASKED, is_for(person))]
        found += [others_answer(*row) for row in by_round(session, person, ReviewState.ASKED, ~is_for(person))]
        found += [to_put_right(*row) for row in by_round(session, person, ReviewState.CORRECTED)]
    if Role.ADMINISTRATOR in person.roles:
        found += without_coordinator(session, person)
    return found


def own_reviews(session: Session, learner: Person) -> Sequence[Review]:
    """Those that are under way."""
    under_way = (ReviewState.ASKED, ReviewState.CORRECTED)
    return session.scalars(
        select(Review)
        .join(Review.request)
        .where(PlacementRequest.learner_id == learner.id, Review.state.in_(under_way))
        .options(joinedload(Review.round))
        .order_by(Review.id)
    ).all()


def about_own(review: Review) -> Standing:
    at = {"request_id": review.request_id}
    if review.state is ReviewState.ASKED:
        text = f"A person looks again at what {review.round.name} decided for you"
        return Standing(text, f"You have an answer by {day_in_words(review.due_on)}.", "reviews.ask", at)
    text = f"What {review.round.name} decided for you is to be put right"
    return Standing(text, "You get a mail when it is done.", "reviews.ask", at)


Row = tuple[int, str, int, date]


def by_round(session: Session, person: Person, state: ReviewState, *conditions: ColumnElement[bool]) -> Sequence[Row]:
    """Round, its name, number of reviews in a state, and the day by which the first is due."""
    rows = session.execute(
        select(MatchRound.id, MatchRound.name, func.count(Review.id), func.min(Review.due_on))
        .join(Review, Review.round_id == MatchRound.id)
        .join(Review.request)
        .join(Review.publication)
        .where(
            Review.state == state,
            MatchRound.networks.any(Network.id.in_(person.network_ids())),
            PlacementRequest.learner_id != person.id,
            *conditions,
        )
        .group_by(MatchRound.id, MatchRound.name)
        .order_by(MatchRound.id)
    )
    return [(round_id, name, number, due) for round_id, name, number, due in rows]


def to_answer(round_id: int, name: str, number: int, due: date, today: date) -> ToDo:
    when = f"The first was due on {day_in_words(due)}." if due < today else f"The first is due by {day_in_words(due)}."
    at = {"round_id": round_id, "state": ReviewState.ASKED.value}
    return ToDo(f"Answer {count(number, 'review')} of {name}", when, "reviews.index", at, due)


def others_answer(round_id: int, name: str, number: int, due: date) -> Standing:
    at = {"round_id": round_id, "state": ReviewState.ASKED.value}
    why = f"You published it, so another coordinator answers, by {day_in_words(due)}."
    waits = count(number, "review of " + name + " waits", "reviews of " + name + " wait")
    return Standing(waits, why, "reviews.index", at)


def to_put_right(round_id: int, name: str, number: int, due: date) -> ToDo:
    at = {"round_id": round_id, "state": ReviewState.CORRECTED.value}
    why = "Each learner was told that it will be."
    return ToDo(f"Put right what {count(number, 'review')} of {name} found", why, "reviews.index", at)


def without_coordinator(session: Session, person: Person) -> list[ToDo]:
    """For an administrator: those that only she can answer, and those that she cannot either, as she published."""
    publisher, learner = Publication.published_by_id, PlacementRequest.learner_id
    is_hers = (publisher.is_(None) | (publisher != person.id)) & (learner != person.id)
    rows = session.execute(
        select(type_coerce(is_hers, Boolean), func.count(Review.id), func.min(Review.due_on))
        .join(Review.request)
        .join(Review.publication)
        .where(Review.state == ReviewState.ASKED, has_nobody())
        .group_by(is_hers)
    )
    return [left_to_her(number, due) if hers else left_to_nobody(number, due) for hers, number, due in rows]


def left_to_her(number: int, due: date) -> ToDo:
    why = (
        "Their rounds have no coordinator but the one who published. If you name another one, she can answer them too."
    )
    text = f"Answer {count(number, 'review')} that no coordinator may answer"
    return ToDo(text, why, "reviews.left_over.index", due=due)


def left_to_nobody(number: int, due: date) -> ToDo:
    text = f"Name another coordinator: nobody can answer {count(number, 'review')}"
    why = "They are about what you asked for or published yourself, and their rounds have no other coordinator."
    return ToDo(text, why, "admin.list_people", due=due)
