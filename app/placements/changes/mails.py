"""What coordinators and mentors read when a learner or mentor asks for a change, or answers."""

from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.models.course.changes_asked import AskedKind, ChangeAsked
from app.models.course.next_places import NextPlace
from app.models.people import Person
from app.models.placements import Placement


def asked(reader: Person, wish: ChangeAsked, placement: Placement, address: str) -> Mail:
    """To a coordinator, and the other one of the placement: what is asked, why, and who answers."""
    what = {
        AskedKind.PAUSE: "asks to pause it",
        AskedKind.END: "asks to end it",
        AskedKind.MENTOR_LEAVES: "can no longer be the mentor",
    }[wish.kind]
    others = (placement.learner_id, placement.mentor_id)
    next_ = (
        "The coordinators answer. Until then everything stays as it is."
        if reader.id in others
        else "It stands on your home page: say there what comes next."
    )
    return Mail(
        f"The placement of {placement.learner.name}: {wish.asked_by.name} {what}",
        f"Hello {reader.name},\n\nIt concerns the placement of {placement.learner.name} with {placement.mentor.name} "
        f"on “{placement.opening.study.title}”. {wish.asked_by.name} {what} from {day_in_words(wish.from_on)}.\n\n"
        f"Why: {wish.why}\n\n{next_}\n\n{address}\n",
    )


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
