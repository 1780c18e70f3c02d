"""What people read when an offer is answered: subject and body of each mail."""

from collections.abc import Iterable

from app.language.dates_and_times import day_in_words
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


def lost_place(coordinator: Person, offer: Offer, found: Iterable[Obstacle], address: str) -> Mail:
    """To a coordinator: a learner wanted to accept a place and could not, for reasons that may pass."""
    learner = offer.request.learner
    return Mail(
        f"{learner.name} could not accept an offer",
        f"Hello {coordinator.name},\n\n{learner.name} ({learner.email}) wanted to accept the place with "
        f"{offer.opening.mentor.name} on “{offer.opening.study.title}”.\n\n"
        f"Why not: {sentence('; '.join(map(to_coordinator, found)))}\n\n"
        f"The offer stays open until {day_in_words(offer.answer_by)}: if you can put that right, {learner.name} can "
        f"accept it; otherwise please find another place.\n\n{address}\n",
    )


def _facts(placement: Placement, address: str) -> str:
    return (
        f"Study: {placement.opening.study.title}\n"
        f"Where: {placement.opening.organisation.name}\n"
        f"From {day_in_words(placement.starts_on)} to {day_in_words(placement.ends_on)}\n\n{address}\n"
    )
