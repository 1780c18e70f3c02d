"""What people read about a swap: subject and body of each mail."""

from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.models.course.swaps import Swap
from app.models.people import Person
from app.models.placements import Placement

KEEPS = "Until a coordinator agrees as well, you both keep what you have."


def asked(swap: Swap, address: str) -> Mail:
    """To the learner who gave away her code: who asks, for which place, and that she is free to say no."""
    one, other, place = swap.one.request.learner, swap.other.request.learner, swap.one.opening
    return Mail(
        f"{one.name} asks to swap places with you",
        f"Hello {other.name},\n\n{one.name} has the place with {place.mentor.name} on “{place.study.title}” at "
        f"{place.organisation.name}, and asks whether you swap yours for it. Please say yes or no; it is on your home "
        f"page. {KEEPS} If you have an offer, you still have to answer it by its last day.\n\n{address}\n",
    )


def agreed(swap: Swap, address: str) -> Mail:
    """To the learner who asked: the other one said yes, and who comes next."""
    one, other = swap.one.request.learner, swap.other.request.learner
    return Mail(
        f"{other.name} agrees to swap places",
        f"Hello {one.name},\n\n{other.name} agrees to swap places with you. Next: a coordinator of the round decides. "
        f"{KEEPS} If you have an offer, you still have to answer it by its last day.\n\n{address}\n",
    )


def to_decide(coordinator: Person, swap: Swap, address: str) -> Mail:
    """To a coordinator of the round: both want it, and it stands on her home page."""
    one, other = swap.one.request.learner, swap.other.request.learner
    return Mail(
        f"{one.name} and {other.name} ask to swap places",
        f"Hello {coordinator.name},\n\n{one.name} has a place with {swap.one.opening.mentor.name}, and {other.name} "
        f"one with {swap.other.opening.mentor.name}, in “{swap.round.name}”. They have agreed to swap. It stands on "
        f"your home page: see there whether it keeps to every limit, and decide.\n\n{address}\n",
    )


def declined(swap: Swap, address: str) -> Mail:
    """To the learner who asked."""
    one, other = swap.one.request.learner, swap.other.request.learner
    return Mail(
        f"{other.name} does not swap places",
        f"Hello {one.name},\n\n{other.name} does not want to swap places. You keep what you have.\n\n{address}\n",
    )


def taken_back(learner: Person, other: Person, address: str) -> Mail:
    """To the other one of the two."""
    return Mail(
        f"{other.name} no longer wants to swap places",
        f"Hello {learner.name},\n\n{other.name} has taken back the swap of your places. You keep what you have.\n\n"
        f"{address}\n",
    )


def taken_back_to_coordinator(coordinator: Person, swap: Swap, address: str) -> Mail:
    """To a coordinator who was asked to decide."""
    names = f"{swap.one.request.learner.name} and {swap.other.request.learner.name}"
    return Mail(
        f"{names} no longer swap places",
        f"Hello {coordinator.name},\n\n{names} had agreed to swap their places, and one of them has taken that back. "
        f"There is nothing to decide any more.\n\n{address}\n",
    )


def not_agreed(learner: Person, other: Person, answer: str, address: str) -> Mail:
    """To each of the two: a coordinator said no, why, and that both keep what they have."""
    return Mail(
        f"You and {other.name} do not swap places",
        f"Hello {learner.name},\n\nA coordinator does not agree that you swap places with {other.name}.\n\n"
        f"Why: {answer}\n\nYou keep what you have.\n\n{address}\n",
    )


def swapped_to_learner(placement: Placement, before: Person, address: str) -> Mail:
    """To each of the two: what she has now."""
    mentor = placement.mentor
    return Mail(
        f"You have swapped places: your mentor is {mentor.name}",
        f"Hello {placement.learner.name},\n\nA coordinator has agreed: you and {before.name} have swapped places. Your "
        f"place is now with {mentor.name}, and is yours without a further answer.\n\n{facts(placement)}\n"
        f"Next: write to {mentor.name} ({mentor.email}) and agree when you first meet.\n\n{address}\n",
    )


def swapped_to_mentor(placement: Placement, before: Person, address: str) -> Mail:
    """To each mentor: another learner comes than the one of whom she was told."""
    mentor, learner = placement.mentor, placement.learner
    return Mail(
        f"{learner.name} comes to you instead of {before.name}",
        f"Hello {mentor.name},\n\n{before.name} and {learner.name} have swapped places, and a coordinator has agreed. "
        f"It was asked again that the place suits {learner.name}: level, profession, days and your limits.\n\n"
        f"{facts(placement)}\n{learner.name} ({learner.email}) writes to you. If that cannot be, write to your "
        f"coordinators.\n\n{address}\n",
    )


def swapped_to_coordinator(coordinator: Person, swap: Swap, address: str) -> Mail:
    """To the other coordinators of the round."""
    names = f"{swap.one.request.learner.name} and {swap.other.request.learner.name}"
    return Mail(
        f"{names} have swapped places",
        f"Hello {coordinator.name},\n\n{names} have swapped their places of “{swap.round.name}”; a coordinator "
        f"has agreed. You need not do anything.\n\n{address}\n",
    )


def facts(placement: Placement) -> str:
    opening = placement.opening
    return (
        f"Study: {opening.study.title}\nWhere: {opening.organisation.name}\n"
        f"From {day_in_words(placement.starts_on)} to {day_in_words(placement.ends_on)}\n"
    )
