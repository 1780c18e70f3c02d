"""What people read when a learner has moved up, or let the time to answer pass: subject and body of each mail."""

from datetime import datetime

from app.language.dates_and_times import day_in_words
from app.language.local_times import until_in_words
from app.language.mail import Mail
from app.models.course.better_places import BetterPlace
from app.models.people import Person
from app.models.placements import Placement


def moved_up(place: BetterPlace, placement: Placement, address: str) -> Mail:
    """To the learner: what she has now, and what she no longer has."""
    mentor, before = placement.mentor, place.from_opening
    return Mail(
        f"You have moved up: your mentor is {mentor.name}",
        f"Hello {placement.learner.name},\n\nYour place is now with {mentor.name}. The one with {before.mentor.name} "
        f"on “{before.study.title}” is free for somebody else.\n\n{facts(placement)}\n"
        f"Next: write to {mentor.name} ({mentor.email}) and agree when you first meet.\n\n{address}\n",
    )


def comes_to_you(placement: Placement, address: str) -> Mail:
    """To the mentor for whose place she waited."""
    mentor, learner = placement.mentor, placement.learner
    return Mail(
        f"{learner.name} has taken the place with you",
        f"Hello {mentor.name},\n\n{learner.name} has taken the place with you that was kept.\n\n{facts(placement)}\n"
        f"{learner.name} ({learner.email}) writes to you. If that cannot be, write to your coordinators.\n\n"
        f"{address}\n",
    )


def goes_elsewhere(place: BetterPlace, address: str) -> Mail:
    """To the mentor with whom she was to be: her place is free, and who sees to that."""
    before, learner = place.from_opening, place.offer.request.learner
    return Mail(
        f"{learner.name} does not come to you",
        f"Hello {before.mentor.name},\n\n{learner.name} had a place with you on “{before.study.title}”, and has moved "
        f"to another one that came free and stood higher on the list that was sent for the round. It is nothing that "
        f"you did. Your place can be offered to another learner; you need not do anything.\n\n{address}\n",
    )


def place_free(coordinator: Person, place: BetterPlace, address: str) -> Mail:
    """To a coordinator of the round: what is free by the move."""
    before, learner = place.from_opening, place.offer.request.learner
    return Mail(
        f"{learner.name} has moved up: the place with {before.mentor.name} is free",
        f"Hello {coordinator.name},\n\n{learner.name} has moved to {place.opening.mentor.name}. The place with "
        f"{before.mentor.name} on “{before.study.title}” stands among the free places of “{place.round.name}”, with "
        f"who comes next.\n\n{address}\n",
    )


def reminder(place: BetterPlace, until: datetime, address: str) -> Mail:
    """To the learner, two working days before her last day to answer."""
    opening, by = place.opening, until_in_words(until)
    return Mail(
        f"Do you move up? Please answer by {by}",
        f"Hello {place.offer.request.learner.name},\n\nThe place with {opening.mentor.name} on "
        f"“{opening.study.title}”, which you ranked higher than the one that you have, is kept for you until {by}. "
        f"After that it can go to somebody else, and you keep what you have.\n\n{address}\n",
    )


def lapsed(place: BetterPlace, address: str) -> Mail:
    """To the learner who did not answer: she has what she had."""
    opening = place.opening
    return Mail(
        f"The time to move to the place with {opening.mentor.name} is over",
        f"Hello {place.offer.request.learner.name},\n\nYou could have moved up to the place with "
        f"{opening.mentor.name} on “{opening.study.title}”, and did not answer in time. You keep what you have; the "
        f"other place can go to somebody else. You need not do anything.\n\n{address}\n",
    )


def facts(placement: Placement) -> str:
    opening = placement.opening
    return (
        f"Study: {opening.study.title}\nWhere: {opening.organisation.name}\n"
        f"From {day_in_words(placement.starts_on)} to {day_in_words(placement.ends_on)}\n"
    )
