"""What people read when a swap is no longer possible: subject and body of the mail."""

from app.language.mail import Mail
from app.models.course.swaps import Swap
from app.models.people import Person


def over(learner: Person, other: Person, address: str) -> Mail:
    """To a learner: nothing comes of it, and she has what she had."""
    return Mail(
        f"You and {other.name} can no longer swap places",
        f"Hello {learner.name},\n\nThe swap of your place with that of {other.name} is off: one of you no longer takes "
        "part, or one of the two places is no longer as it was or no longer held. Nothing of yours has changed by the "
        f"swap. Your home page says how things stand.\n\n{address}\n",
    )


def over_to_coordinator(coordinator: Person, swap: Swap, address: str) -> Mail:
    """To a coordinator who was asked to decide."""
    names = f"{swap.one.request.learner.name} and {swap.other.request.learner.name}"
    return Mail(
        f"{names} no longer swap places",
        f"Hello {coordinator.name},\n\n{names} had agreed to swap their places. That is off, so there is nothing to "
        f"decide any more.\n\n{address}\n",
    )
