"""What people read when a learner can move up: subject and body of each mail."""

from datetime import date, datetime

from app.language.dates_and_times import day_in_words
from app.language.local_times import until_in_words
from app.language.mail import Mail
from app.models.course.better_places import BetterPlace


def place_for_you(place: BetterPlace, until: datetime, first_day: date, address: str) -> Mail:
    """To the learner: what is kept for her, until when, and that she loses nothing by saying no."""
    opening, by = place.opening, until_in_words(until)
    return Mail(
        f"You can move up to a place that you ranked higher: answer by {by}",
        f"Hello {place.offer.request.learner.name},\n\nA place came free that you ranked higher than the one that you "
        f"have with {place.from_opening.mentor.name}:\n\n  Mentor: {opening.mentor.name}\n  Study: "
        f"{opening.study.title}\n  Where: {opening.organisation.name}\n  From {day_in_words(first_day)} to "
        f"{day_in_words(opening.ends_on)}\n\nIt is kept for you until {by}. What you have stays yours until you say "
        f"yes. If you say no, or do not answer, nothing changes for you.\n\n{address}\n",
    )


def kept_for(place: BetterPlace, until: datetime, address: str) -> Mail:
    """To the mentor: for whom a place of hers is kept."""
    opening, learner = place.opening, place.offer.request.learner
    return Mail(
        f"A place with you is kept for {learner.name}",
        f"Hello {opening.mentor.name},\n\nA place with you on “{opening.study.title}” was free. It is kept for "
        f"{learner.name}, who ranked it higher than the place that {learner.name} has, and answers by "
        f"{until_in_words(until)}. You need not do anything until then: you are told the answer.\n\n{address}\n",
    )


def taken_back(place: BetterPlace, address: str) -> Mail:
    """To the learner, with what the coordinator wrote to her."""
    opening = place.opening
    return Mail(
        f"You can no longer move to the place with {opening.mentor.name}",
        f"Hello {place.offer.request.learner.name},\n\nThe place with {opening.mentor.name} on "
        f"“{opening.study.title}” was kept for you, and a coordinator has taken that back:\n\n"
        f"{place.taken_back_because}\n\nWhat you have stays as it is; you lose nothing by this.\n\n{address}\n",
    )
