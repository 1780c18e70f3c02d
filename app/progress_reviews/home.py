"""What the home page says about progress reviews: one to prepare, to hold, to sign or to read."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.models.course.progress_reviews import ProgressReviewState, ReviewKind
from app.models.operations.parties import Party
from app.models.people import Person, Role
from app.progress_reviews.moves import writers_of
from app.progress_reviews.queries import own_placements, unread_by
from app.rules.home_items import HomeItem, Standing, ToDo
from app.rules.progress_reviews.kind import PlacementReviews, reviews_of
from app.rules.progress_reviews.parts import other_than, party_that_holds, person_in

LISTED_MAX = 5
SHOW = "progress_reviews.show"
HOLD = frozenset({Role.LEARNER, Role.MENTOR})


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    found: list[HomeItem] = []
    if person.roles & HOLD:
        placements = own_placements(session, person, today)
        for one in reviews_of(session, placements).values():
            party = party_that_holds(person, one.placement)
            role = Role.LEARNER if party is Party.LEARNER else Role.MENTOR
            if role in person.roles:
                found += items_about(one, party, today)
    if Role.ACADEMIC_SUPERVISOR in person.roles:
        found += to_read(session, person)
    return found


def items_about(reviews: PlacementReviews, party: Party, today: date) -> Iterator[HomeItem]:
    """What waits for one of the two: what is to be signed, and the review whose turn it is."""
    for kind, review in reviews.reviews.items():
        if review.state is ProgressReviewState.TO_SIGN and party in reviews.standings[kind].missing:
            what = f"Read and sign the {kind.name_in_words} with {other_name(reviews, party)}"
            yield ToDo(what, "Sign it, or say what should change.", SHOW, values_of(reviews, kind))
    asked = reviews.asked_on(today)
    begun = reviews.reviews.get(asked) if asked else None
    if asked and not (begun and begun.state is ProgressReviewState.TO_SIGN) and not reviews.placement.pause_on(today):
        yield item_about(reviews, asked, party, today)


def item_about(reviews: PlacementReviews, kind: ReviewKind, party: Party, today: date) -> HomeItem:
    """What one of the two can do for the review whose turn it is."""
    review, values = reviews.reviews.get(kind), values_of(reviews, kind)
    name, other = f"{kind.name_in_words} with {other_name(reviews, party)}", other_name(reviews, party)
    due_on = reviews.dates.due_on(kind) if reviews.dates else None
    when = due_in_words(due_on, today)
    can_write = party in writers_of(kind)
    if not kind.is_prepared and can_write:
        return ToDo(f"Write the {name}", f"A few words on what was done and seen. {when}", SHOW, values, due_on)
    if not kind.is_prepared or (review and review.state is ProgressReviewState.WRITING and not can_write):
        return Standing(f"{other} writes the {kind.name_in_words}", f"Then you read and sign it. {when}", SHOW, values)
    if review and (review.is_open or review.state is ProgressReviewState.WRITING):
        why = f"Both of you can read what the other prepared. {when}"
        return ToDo(f"Meet for the {name}, and write down what you agree", why, SHOW, values, due_on)
    if review and review.handed_in_by(party):
        return Standing(f"{other} has not prepared the {kind.name_in_words} yet", f"You have. {when}", SHOW, values)
    prepared = f"{other} has. " if review and review.handed_in_by(other_than(party)) else ""
    return ToDo(f"Prepare the {name}", f"{prepared}{when}", SHOW, values, due_on)


def values_of(reviews: PlacementReviews, kind: ReviewKind) -> dict[str, object]:
    return {"placement_id": reviews.placement.id, "review_kind": kind.value}


def other_name(reviews: PlacementReviews, party: Party) -> str:
    return person_in(reviews.placement, other_than(party)).name


def due_in_words(due_on: date | None, today: date) -> str:
    if due_on is None:
        return ""
    return f"It was due by {day_in_words(due_on)}." if due_on < today else f"Due by {day_in_words(due_on)}."


def to_read(session: Session, supervisor: Person) -> list[HomeItem]:
    """What both have signed, a few by name."""
    unread = unread_by(supervisor)
    rows = session.scalars(unread.limit(LISTED_MAX + 1)).all()
    if len(rows) > LISTED_MAX:
        number = session.scalar(select(func.count()).select_from(unread.order_by(None).subquery())) or 0
        return [ToDo(f"Read {number} progress reviews", "Both have signed them.", "progress_reviews.unread")]
    return [
        ToDo(
            f"Read the {one.kind.name_in_words} of {one.placement.learner.name}",
            "Learner and mentor have signed it.",
            SHOW,
            {"placement_id": one.placement_id, "review_kind": one.kind.value},
        )
        for one in rows
    ]
