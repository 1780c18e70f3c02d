"""What a learner's home page says about her requests."""

from datetime import date

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.models.people import Person, Role
from app.models.requests import PlacementRequest
from app.requests.queries import live_requests_of, round_of
from app.requests.questions.whereabouts import Stage, Whereabouts, whereabouts_of
from app.requests.task_list import parts_of
from app.rules.home_items import HomeItem, Standing, ToDo

WORDS = {
    Stage.WAITING: (
        "Your request is in and waits for a round",
        "It joins the next round for your networks by itself. You can change it until that round closes.",
    ),
    Stage.IN_ROUND: (
        "Your request is in: {name} closes on {closes}",
        "You can change it until then. If you are offered a place, you answer by {answer_by}.",
    ),
    Stage.CLOSED: (
        "{name} closed on {closes}",
        "The coordinator is matching now. If you are offered a place, you answer by {answer_by}.",
    ),
    Stage.ANSWERED: ("Your offer from {name} is over", "Open your request to ask again."),
    Stage.UNPLACED: ("You have no place from {name}", "Open your request to see why, and to ask again."),
}


def home_items_of(session: Session, person: Person, today: date) -> list[HomeItem]:
    """What a learner's requests ask of her, or how they stand."""
    if Role.LEARNER not in person.roles:
        return []
    requests = live_requests_of(session, person)
    if not requests:
        return [
            ToDo(
                "Ask for a placement",
                "You have no request yet. Say what interests you, and see which openings fit.",
                "requests.start",
            )
        ]
    known = whereabouts_of(session, requests, today)
    return [item for one in requests for item in [item_about(session, one, known[one.id], today)] if item]


def item_about(session: Session, request: PlacementRequest, known: Whereabouts, today: date) -> HomeItem | None:
    """One line of the home page; offers and placements say themselves what they ask."""
    if known.stage is Stage.DRAFT:
        return item_to_finish(session, request, today)
    words = WORDS.get(known.stage)
    if words is None:
        return None
    text, why = words
    closes, answer_by = (known.round.closes_on, known.round.answer_by) if known.round else (None, None)
    dates = {"closes": closes and day_in_words(closes), "answer_by": answer_by and day_in_words(answer_by)}
    name = known.round.name if known.round else ""
    return Standing(
        text.format(name=name, **dates),
        known.reason or why.format(name=name, **dates),
        "requests.show",
        {"request_id": request.id},
    )


def item_to_finish(session: Session, request: PlacementRequest, today: date) -> ToDo:
    parts = parts_of(request)
    done = sum(part.is_done for part in parts)
    round_ = round_of(session, request, today)
    closes = f" {round_.name} closes on {day_in_words(round_.closes_on)}." if round_ else ""
    return ToDo(
        "Finish your request",
        f"It is not sent yet: {done} of {len(parts)} parts are done.{closes}",
        "requests.show",
        {"request_id": request.id},
        round_.closes_on if round_ else None,
    )
