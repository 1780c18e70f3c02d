"""What a mentor's home page says about the rounds in which her openings take part."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.language.local_times import from_in_words, until_in_words
from app.models.people import Person, Role
from app.models.rounds import MatchRound
from app.rules.home_items import HomeItem, Standing
from app.rules.of_rounds.taking_part import rounds_of_mentor


def home_items_of_mentor(session: Session, person: Person, now: datetime) -> list[HomeItem]:
    """A line for each round whose plan concerns her as a mentor, until its offers are answered."""
    if Role.MENTOR not in person.roles:
        return []
    return [about(round_, now) for round_ in rounds_of_mentor(session, person, now)]


def about(round_: MatchRound, now: datetime) -> Standing:
    at = {"round_id": round_.id}
    return Standing(f"{round_.name}, with openings of yours, {how_far(round_, now)}", "", "rounds.plan.show", at)


def how_far(round_: MatchRound, now: datetime) -> str:
    if round_.published_at:
        return f"waits for answers until {until_in_words(round_.answer_until)}"
    if round_.has_closed(now):
        return "has closed: its coordinator is matching"
    if round_.opens_at > now:
        return f"opens on {from_in_words(round_.opens_at)}"
    return f"closes on {until_in_words(round_.closes_at)}"
