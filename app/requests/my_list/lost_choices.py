"""What a changed answer takes off a learner's list: said before it is saved, and done only when she says so."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.requests import PlacementRequest, RequestState
from app.models.studies import Opening
from app.phrasebook.obstacles import all_to_learner
from app.rules.capacity import Held
from app.rules.eligibility import Asked, Obstacle, Obstacles, between

A_PLACE = 1  # a choice that is full may come free, so an answer that rules it out takes it off as well
Lost = Mapping[Opening, tuple[Obstacle, ...]]


Answer = Callable[[Asked], Asked]  # what she would ask, from what she asks


def choices_lost(session: Session, request: PlacementRequest, answer: Answer, today: date) -> Lost:
    """The choices, free or full, that fit as she asks now and would not as she would ask, with what is in the way."""
    openings = [row.opening for row in request.ranked]
    if not openings:
        return {}
    rules = Obstacles(today, Held.around(session, today, openings, [request.learner_id]))
    before = rules.asked_by(request)
    after = answer(before)
    return {
        one: in_the_way
        for one in openings
        for given in [rules.given_by(one)]
        if not between(before, given, A_PLACE) and (in_the_way := between(after, given, A_PLACE))
    }


def give_up_lost_choices(
    session: Session, request: PlacementRequest, answer: Answer, today: date, *, is_sure: bool
) -> list[int]:
    """Take off the list what a changed answer loses, and give the ids of these openings.

    Raises Refused with what would go until she is sure, and where a sent request would be left with nothing it takes.
    """
    lost = choices_lost(session, request, answer, today)
    left = [row for row in request.ranked if row.opening not in lost]
    if lost and not left and request.state is RequestState.SUBMITTED and not request.takes_any_other:
        raise Refused(
            f"{lost_in_words(request, lost)} Your request is sent and takes only what is on your list, so nothing "
            "would be left. Say first that you would take any other opening that fits, or add another to your list."
        )
    if lost and not is_sure:
        raise Refused(
            f"{lost_in_words(request, lost)} To save it all the same, tick the box and save again.", "is_sure"
        )
    request.ranked = left
    for position, row in enumerate(left, 1):
        row.position = position
    return [opening.id for opening in lost]


def lost_in_words(request: PlacementRequest, lost: Lost) -> str:
    """This takes 1 choice off your list: number 2, “Falls at home” with Pat Smith (it closes before you can start)."""
    choices = "; ".join(
        f"number {row.position}, “{row.opening.study.title}” with {row.opening.mentor.name} "
        f"({all_to_learner(lost[row.opening])})"
        for row in request.ranked
        if row.opening in lost
    )
    return f"This takes {count(len(lost), 'choice')} off your list: {choices}."
