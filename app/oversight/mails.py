"""What people read when a coordinator changes the course of a placement: subject and body of each mail."""

from collections.abc import Callable

from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.models.course.changes_asked import ChangeAsked
from app.models.course.next_places import NextPlace
from app.models.people import Person
from app.models.placements import Outcome, Pause, Placement

MailTo = Callable[[Person], Mail]


def said_to(reader: Person, mail_to: MailTo) -> Mail:
    """To whoever reads it: the mail as it is worded for her."""
    return mail_to(reader)


def paused(reader: Person, placement: Placement, pause: Pause, reason: str, address: str) -> Mail:
    """To everybody of a placement: it rests, until when, and until when it runs afterwards."""
    return Mail(
        f"The placement of {placement.learner.name} is paused",
        f"Hello {reader.name},\n\nThe placement of {_pair(placement)} is paused from {day_in_words(pause.starts_on)}. "
        f"It goes on on {day_in_words(pause.resumes_on)} and then runs until {day_in_words(placement.ends_on)}. The "
        f"place is kept.\n\nWhy: {reason}\n\nNo sessions or hours of the time between can be logged; what happened "
        f"before can.\n\n{address}\n",
    )


def goes_on_again(reader: Person, placement: Placement, address: str) -> Mail:
    """To everybody of a placement: the pause is over sooner than was said."""
    return Mail(
        f"The placement of {placement.learner.name} goes on",
        f"Hello {reader.name},\n\nThe pause of the placement of {_pair(placement)} is over from today. It runs until "
        f"{day_in_words(placement.ends_on)}. Sessions and hours from today on can be logged.\n\n{address}\n",
    )


def ended(reader: Person, placement: Placement, reason: str, address: str) -> Mail:
    """To everybody of a placement: it has ended, how, why, and what stays."""
    name = placement.learner.name
    when = "before it began" if placement.never_began else f"on {day_in_words(placement.ends_on)}"
    return Mail(
        f"The placement of {name} has ended",
        f"Hello {reader.name},\n\nThe placement of {_pair(placement)} has ended {when}.\n\nHow: "
        f"{placement.outcome.value if placement.outcome else ''}\nWhy: {reason}\n\n"
        f"All sessions and hours stay on the record. {_next_after_end(reader, placement)}\n\n{address}\n",
    )


def _next_after_end(reader: Person, placement: Placement) -> str:
    until = (
        "" if placement.never_began else f"What happened up to {day_in_words(placement.ends_on)} can still be logged. "
    )
    if reader.id == placement.learner_id and placement.outcome is not Outcome.COMPLETED_EARLY:
        return (
            f"{until}Your university tells you what it means for your module. If you want another place for it, ask "
            "again from your home page."
        )
    return f"{until}You need not do anything."


def next_place_to_learner(place: NextPlace, reason: str, address: str) -> Mail:
    """To the learner: where her placement can go on, and by when to answer."""
    opening, placement = place.opening, place.placement
    return Mail(
        f"Your placement can go on with {opening.mentor.name}: answer by {day_in_words(place.answer_by)}",
        f"Hello {placement.learner.name},\n\nYour placement with {placement.mentor.name} cannot stay as it is. Why: "
        f"{reason}\n\nThis place is kept for you until {day_in_words(place.answer_by)}:\n\n"
        f"  With: {opening.mentor.name}\n  Study: {opening.study.title}\n  Where: {opening.organisation.name}\n"
        f"  From {day_in_words(place.starts_on)} to {day_in_words(place.ends_on)}\n"
        f"  What you would do: {opening.learner_does}\n\n"
        "Your sessions and hours stay on your record and count, whatever you answer. Your home page leads to it.\n\n"
        f"{address}\n",
    )


def next_place_taken_back(placement: Placement, address: str) -> Mail:
    """To the learner: the place at which her placement could have gone on is no longer offered."""
    return Mail(
        "The place to go on with was taken back",
        f"Hello {placement.learner.name},\n\nThe place at which your placement with {placement.mentor.name} could have "
        f"gone on is no longer offered to you. Your coordinators look for what comes next.\n\n{address}\n",
    )


def not_agreed(asked: ChangeAsked, placement: Placement, address: str) -> Mail:
    """To whoever asked for a change: the coordinator does not agree, and why."""
    return Mail(
        "Your wish about a placement was answered",
        f"Hello {asked.asked_by.name},\n\nYou asked for a change of the placement of {_pair(placement)}. It stays as "
        f"it is for now.\n\nWhy: {asked.answer}\n\nYou can ask again.\n\n{address}\n",
    )


def _pair(placement: Placement) -> str:
    return f"{placement.learner.name} with {placement.mentor.name} on “{placement.opening.study.title}”"
