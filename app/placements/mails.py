"""What people read when an offer is answered: subject and body of each mail."""

from collections.abc import Iterable

from app.language.dates_and_times import day_in_words
from app.language.local_times import until_in_words
from app.language.mail import Mail
from app.models.people import Person
from app.models.placements import Offer, Placement
from app.phrasebook.obstacles import sentence, to_coordinator
from app.rules.eligibility import Obstacle


def accepted_to_learner(placement: Placement, address: str) -> Mail:
    """To the learner who accepted: how to reach her mentor, and what comes next."""
    learner, mentor = placement.learner, placement.opening.mentor
    return Mail(
        f"Your placement with {mentor.name}",
        f"Hello {learner.name},\n\nYou have accepted a placement with {mentor.name} ({mentor.email}). Next: write to "
        f"{mentor.name} and agree when you first meet.\n\n{_facts(placement, address)}",
    )


def accepted_to_mentor(placement: Placement, address: str) -> Mail:
    """To her mentor: how to reach the learner, and what comes next."""
    learner, mentor = placement.learner, placement.opening.mentor
    return Mail(
        f"{learner.name} will be your learner",
        f"Hello {mentor.name},\n\n{learner.name} ({learner.email}) has accepted a placement with you. Next: agree when "
        f"you first meet; afterwards log the session, which takes two minutes.\n\n{_facts(placement, address)}",
    )


def declined_to_mentor(offer: Offer, address: str) -> Mail:
    """To the mentor, who was told of the offer; why it was declined is for the coordinators."""
    learner, opening = offer.request.learner, offer.opening
    return Mail(
        f"{learner.name} has declined the place with you",
        f"Hello {opening.mentor.name},\n\n{learner.name} has declined the place with you on “{opening.study.title}”. "
        "The place is free again, and the coordinators can offer it to another learner. You need not do anything: you "
        f"are told when somebody has accepted.\n\n{address}\n",
    )


def more_time_to_learner(offer: Offer, address: str) -> Mail:
    """To the learner who asked: until when the place is held, and that this was once."""
    mentor, by = offer.opening.mentor.name, until_in_words(offer.answer_until)
    return Mail(
        f"You have until {by} to answer your offer",
        f"Hello {offer.request.learner.name},\n\nYou asked for more time. Please accept or decline the place with "
        f"{mentor} by {by}. After that day the offer lapses; more time can be had only once.\n\n{address}\n",
    )


def more_time(reader: Person, offer: Offer, address: str) -> Mail:
    """To the mentor or a coordinator: an answer comes later than they were told."""
    learner, opening, by = offer.request.learner, offer.opening, until_in_words(offer.answer_until)
    return Mail(
        f"{learner.name} answers by {by}",
        f"Hello {reader.name},\n\n{learner.name} has asked for more time to answer the offer of a place with "
        f"{opening.mentor.name} on “{opening.study.title}”, and has until {by}. You need not do anything.\n\n"
        f"{address}\n",
    )


def reminder(offer: Offer, address: str) -> Mail:
    """To the learner, two working days before her last day to answer."""
    opening, by = offer.opening, until_in_words(offer.answer_until)
    return Mail(
        f"Please answer your offer by {by}",
        f"Hello {offer.request.learner.name},\n\nA place with {opening.mentor.name} on “{opening.study.title}” is "
        f"offered to you. Please accept or decline by {by}. After that day the offer lapses and the place can go to "
        f"somebody else.\n\n{address}\n",
    )


def lapsed_to_learner(offer: Offer, address: str) -> Mail:
    """To the learner: the offer is over, and how she stays in."""
    return Mail(
        f"Your offer of a place with {offer.opening.mentor.name} has lapsed",
        f"Hello {offer.request.learner.name},\n\nYou could answer until {until_in_words(offer.answer_until)}, so the "
        f"place with {offer.opening.mentor.name} on “{offer.opening.study.title}” can go to another learner.\n\n"
        "If you still want a place, open your request from your home page and say that you wait for the next turn of "
        f"the round. If you do nothing, you are offered no other place.\n\n{address}\n",
    )


def lapsed_to_mentor(offer: Offer, address: str) -> Mail:
    """To the mentor, who was told of the offer."""
    learner, opening = offer.request.learner, offer.opening
    return Mail(
        f"{learner.name} has not answered",
        f"Hello {opening.mentor.name},\n\n{learner.name} has not answered the offer of a place with you on "
        f"“{opening.study.title}”, so it has lapsed. The place is free again, and the coordinators can offer it to "
        f"another learner. You need not do anything.\n\n{address}\n",
    )


def lost_place(coordinator: Person, offer: Offer, found: Iterable[Obstacle], address: str) -> Mail:
    """To a coordinator: a learner wanted to accept a place and could not, for reasons that may pass."""
    learner = offer.request.learner
    return Mail(
        f"{learner.name} could not accept an offer",
        f"Hello {coordinator.name},\n\n{learner.name} ({learner.email}) wanted to accept the place with "
        f"{offer.opening.mentor.name} on “{offer.opening.study.title}”.\n\n"
        f"Why not: {sentence('; '.join(map(to_coordinator, found)))}\n\n"
        f"The offer stays open until {until_in_words(offer.answer_until)}: if you can put that right, {learner.name} "
        f"can accept it; otherwise please find another place.\n\n{address}\n",
    )


def _facts(placement: Placement, address: str) -> str:
    return (
        f"Study: {placement.opening.study.title}\n"
        f"Where: {placement.opening.organisation.name}\n"
        f"From {day_in_words(placement.starts_on)} to {day_in_words(placement.ends_on)}\n\n"
        "Before work in the study starts, some things must be in place, like training and an access paper. Your "
        f"placement’s page says who does what by when:\n\n{address}\n"
    )
