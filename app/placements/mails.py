"""What people read when an offer is answered: subject and body of each mail."""

from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.models.people import Person
from app.models.placements import Offer, Placement


def accepted_to_learner(placement: Placement, address: str) -> Mail:
    """To the learner who accepted: how to reach her mentor, and what comes next."""
    learner, mentor = placement.offer.request.learner, placement.opening.mentor
    return Mail(
        f"Your placement with {mentor.name}",
        f"Hello {learner.name},\n\nyou have accepted a placement with {mentor.name} ({mentor.email}). Next: write to "
        f"{mentor.name} and agree when you first meet.\n\n{_facts(placement, address)}",
    )


def accepted_to_mentor(placement: Placement, address: str) -> Mail:
    """To her mentor: how to reach the learner, and what comes next."""
    learner, mentor = placement.offer.request.learner, placement.opening.mentor
    return Mail(
        f"{learner.name} will be your learner",
        f"Hello {mentor.name},\n\n{learner.name} ({learner.email}) has accepted a placement with you. Next: agree when "
        f"you first meet; afterwards log the session, which takes two minutes.\n\n{_facts(placement, address)}",
    )


def lost_place(coordinator: Person, learner: Person, offer: Offer, address: str) -> Mail:
    """To a coordinator: a learner wanted to accept a place that is gone."""
    return Mail(
        f"{learner.name} could not accept an offer: the place is gone",
        f"Hello {coordinator.name},\n\n{learner.name} ({learner.email}) wanted to accept the place with "
        f"{offer.opening.mentor.name} on “{offer.opening.study.title}”, but there is no place left. "
        f"The offer stays open until {day_in_words(offer.answer_by)}: if you free a place, {learner.name} can "
        f"accept it; otherwise please find another place.\n\n{address}\n",
    )


def _facts(placement: Placement, address: str) -> str:
    return (
        f"Study: {placement.opening.study.title}\n"
        f"Where: {placement.opening.organisation.name}\n"
        f"From {day_in_words(placement.starts_on)} to {day_in_words(placement.ends_on)}\n\n{address}\n"
    )
