"""What applicants and those who run a call read about offers, the waiting list and bursaries that are free again."""

from app.language.local_times import until_in_words
from app.language.mail import Mail
from app.language.numbers import ordinal
from app.models.bursaries.applications import BursaryApplication
from app.models.bursaries.calls import CallState
from app.models.people import Person


def offered(application: BursaryApplication, address: str) -> Mail:
    """To the learner: that a bursary is hers if she says so in time."""
    assert application.answer_until is not None
    until = until_in_words(application.answer_until)
    return Mail(
        f"You are offered a bursary: answer by {until}",
        f"Hello {application.learner.name},\n\nyou are offered a bursary of “{application.call.title}”.\n\nWhat it "
        f"pays: {application.call.covers}\n\nAccept or decline it by {until}. After that it can be offered to "
        f"somebody else.\n\n{address}\n",
    )


def reminder(application: BursaryApplication, address: str) -> Mail:
    """To the learner, two working days before her last day to answer."""
    assert application.answer_until is not None
    until = until_in_words(application.answer_until)
    return Mail(
        f"Please answer the offer of a bursary by {until}",
        f"Hello {application.learner.name},\n\nyou are offered a bursary of “{application.call.title}”, and have not "
        f"answered yet. Please accept or decline it by {until}. After that the offer lapses, and the bursary can be "
        f"offered to somebody else.\n\n{address}\n",
    )


def on_waiting_list(application: BursaryApplication, place: int, address: str) -> Mail:
    """To the learner: her place on the list, and what may come of it."""
    return Mail(
        f"“{application.call.title}”: you are {ordinal(place)} on the waiting list",
        f"Hello {application.learner.name},\n\nall bursaries of “{application.call.title}” are offered to others for "
        f"now. You are {ordinal(place)} on the waiting list: when one is free, it is offered in the order of the list. "
        f"You hear by email, also when the list is closed. You need not do anything.\n\n{address}\n",
    )


def not_eligible(application: BursaryApplication, why: str, address: str) -> Mail:
    """To the learner: which condition is not met."""
    return Mail(
        f"Your application to “{application.call.title}” cannot be considered",
        f"Hello {application.learner.name},\n\nyour application {application.reference} to "
        f"“{application.call.title}” cannot be considered.\n\nWhy: {why}\n\nIf you think that this is wrong, write to "
        f"your university.\n\n{address}\n",
    )


def accepted(runner: Person, application: BursaryApplication, address: str) -> Mail:
    """To whoever runs the call: that a bursary is taken."""
    return Mail(
        f"{application.learner.name} accepted a bursary",
        f"Hello {runner.name},\n\n{application.learner.name} (application {application.reference}) accepted a bursary "
        f"of “{application.call.title}”.\n\n{address}\n",
    )


def is_free(runner: Person, application: BursaryApplication, how: str, address: str) -> Mail:
    """To whoever runs the call: that a bursary can be offered to the next, while there is a list."""
    call = application.call
    is_offered_on = call.state is CallState.DECIDED
    next_step = (
        "You can offer it to the next on the waiting list, if anybody waits: the page of the call says who it is."
        if is_offered_on
        else "The waiting list is closed, so it is offered to nobody else."
    )
    return Mail(
        f"A bursary of “{call.title}” {'is free' if is_offered_on else how}",
        f"Hello {runner.name},\n\nthe bursary of {application.learner.name} (application {application.reference}) of "
        f"“{call.title}” {how}. {next_step}\n\n{address}\n",
    )


def handed_back(application: BursaryApplication, reason: str, address: str) -> Mail:
    """To its holder, where somebody else handed it back."""
    return Mail(
        f"Your bursary of “{application.call.title}” was handed back",
        f"Hello {application.learner.name},\n\nyour bursary of “{application.call.title}” was handed back.\n\nWhy: "
        f"{reason}\n\nIf you think that this is wrong, write to your university. What was spent of it stays on "
        f"record.\n\n{address}\n",
    )


def lapsed(application: BursaryApplication, address: str) -> Mail:
    """To the learner, who has not answered."""
    return Mail(
        f"The offer of a bursary of “{application.call.title}” is over",
        f"Hello {application.learner.name},\n\nyou did not answer the offer of a bursary of "
        f"“{application.call.title}” in time, so it can be offered to somebody else.\n\n{address}\n",
    )


def not_awarded(application: BursaryApplication, address: str) -> Mail:
    """To the learner: that the waiting list is closed."""
    return Mail(
        f"“{application.call.title}”: the waiting list is closed",
        f"Hello {application.learner.name},\n\nthe waiting list of “{application.call.title}” is closed, and there was "
        f"no bursary for you. Calls that are open are under Bursaries.\n\n{address}\n",
    )
