"""What coordinators and mentors read when a learner or mentor asks for a change, or answers."""

from app.language.mail import Mail
from app.models.course.changes_asked import ChangeAsked
from app.models.course.next_places import NextPlace
from app.models.people import Person
from app.models.placements import Placement


def taken_back(reader: Person, wish: ChangeAsked, placement: Placement, address: str) -> Mail:
    """To those who were told of a wish: it no longer stands."""
    return Mail(
        f"The placement of {placement.learner.name}: {wish.asked_by.name} asks for no change any more",
        f"Hello {reader.name},\n\n{wish.asked_by.name} has taken back what was asked about the placement of "
        f"{placement.learner.name} with {placement.mentor.name}. It stays as it is.\n\n{address}\n",
    )


def declined(coordinator: Person, place: NextPlace, reason: str, address: str) -> Mail:
    """To a coordinator: the learner does not take the place to go on with."""
    placement = place.placement
    return Mail(
        f"{placement.learner.name} does not take the place with {place.opening.mentor.name}",
        f"Hello {coordinator.name},\n\n{placement.learner.name} does not want the placement to go on with "
        f"{place.opening.mentor.name} on “{place.opening.study.title}”.\n\nWhy: {reason}\n\n"
        "It stands on your home page again: say there what comes next.\n\n"
        f"{address}\n",
    )
