"""What people read when a learner does not move up to a better place: subject and body of each mail."""

from app.language.mail import Mail
from app.models.course.better_places import BetterPlace
from app.models.people import Person
from app.phrasebook.obstacles import sentence, to_coordinator, to_learner
from app.rules.eligibility import Obstacle


def over(place: BetterPlace, address: str) -> Mail:
    """To the learner: what she had has ended or changed, and with it the way from there to the better place."""
    opening = place.opening
    return Mail(
        f"You can no longer move to the place with {opening.mentor.name}",
        f"Hello {place.offer.request.learner.name},\n\nThe place with {opening.mentor.name} on "
        f"“{opening.study.title}” was kept for you beside the one that you had. That one is no longer as it was, so "
        f"the move is off. Your home page says how things stand.\n\n{address}\n",
    )


def changed(place: BetterPlace, address: str) -> Mail:
    """To the learner: her page says how the place is now, and what she has stays."""
    opening = place.opening
    return Mail(
        f"The place with {opening.mentor.name} that is kept for you has changed",
        f"Hello {place.offer.request.learner.name},\n\n{opening.mentor.name} has changed the place on "
        f"“{opening.study.title}” to which you can move up. Please read it again before you answer; it is on your home "
        f"page. What you have stays yours until you say yes.\n\n{address}\n",
    )


def broken(place: BetterPlace, obstacle: Obstacle, address: str) -> Mail:
    """To the learner: why she cannot move, and that she keeps what she has."""
    opening = place.opening
    return Mail(
        f"You can no longer move to the place with {opening.mentor.name}",
        f"Hello {place.offer.request.learner.name},\n\nWe are sorry: you cannot move up to the place with "
        f"{opening.mentor.name} on “{opening.study.title}”.\n\nWhy: {sentence(to_learner(obstacle))}\n\nWhat you have "
        f"stays as it is; you lose nothing by this.\n\n{address}\n",
    )


def not_coming(place: BetterPlace, address: str) -> Mail:
    """To the mentor, who was told for whom her place was kept; the reason may be nothing that she should know."""
    opening, learner = place.opening, place.offer.request.learner
    return Mail(
        f"{learner.name} does not come to you",
        f"Hello {opening.mentor.name},\n\nYour place on “{opening.study.title}” was kept for {learner.name}, who does "
        f"not take it. You need not do anything.\n\n{address}\n",
    )


def free_again(coordinator: Person, place: BetterPlace, address: str) -> Mail:
    """To a coordinator of the round: somebody else can have it."""
    opening, learner = place.opening, place.offer.request.learner
    return Mail(
        f"{learner.name} does not move up: the place with {opening.mentor.name} is free",
        f"Hello {coordinator.name},\n\nThe place with {opening.mentor.name} on “{opening.study.title}” was kept for "
        f"{learner.name}, who does not move to it. It stands among the free places of “{place.round.name}”, with who "
        f"comes next.\n\n{address}\n",
    )


def broken_to_coordinator(coordinator: Person, place: BetterPlace, obstacle: Obstacle, address: str) -> Mail:
    """To a coordinator of the round: nothing came of it, and why."""
    opening, learner = place.opening, place.offer.request.learner
    return Mail(
        f"{learner.name} cannot move up to the place with {opening.mentor.name}",
        f"Hello {coordinator.name},\n\nThe place with {opening.mentor.name} on “{opening.study.title}” was kept for "
        f"{learner.name}. It was taken back; {learner.name} keeps what was there before.\n\n"
        f"Why: {sentence(to_coordinator(obstacle))}\n\nYou need not do anything.\n\n{address}\n",
    )
