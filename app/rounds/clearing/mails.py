"""What people read after a publication: subject and body of each mail about free places and clearing turns."""

from app.language.dates_and_times import day_in_words
from app.language.local_times import until_in_words
from app.language.mail import Mail
from app.models.people import Person
from app.models.placements import Offer
from app.models.rounds import MatchRound, RoundTurn


def place_offered(offer: Offer, address: str) -> Mail:
    """To the mentor: to whom a place of hers was offered."""
    learner, opening, by = offer.request.learner, offer.opening, until_in_words(offer.answer_until)
    return Mail(
        f"A place with you was offered to {learner.name}",
        f"Dear {opening.mentor.name},\n\nA place with you on “{opening.study.title}” was free and is offered to "
        f"{learner.name}, who answers by {by}. You need not do anything until then: you are told when the offer is "
        f"accepted.\n\n{address}\n",
    )


def in_turn(learner: Person, round_: MatchRound, turn: RoundTurn, address: str) -> Mail:
    """To a learner who waits: she is in the next turn without doing anything, and when she hears."""
    hears, answers = day_in_words(turn.hears_by), day_in_words(turn.answer_by)
    return Mail(
        f"You are in the next turn of {round_.name}: you hear by {hears}",
        f"Dear {learner.name},\n\nPlaces that are free in the round “{round_.name}” go to learners who still wait. You "
        f"are among them with your request as it is; you need not do anything.\n\nYou hear by {hears} whether there is "
        f"a place for you. If you are offered one, you answer by {answers}.\n\nIf you no longer want a place, please "
        f"say so on the page of your request, so that it can go to somebody else.\n\n{address}\n",
    )


def turn_ended(learner: Person, round_: MatchRound, address: str) -> Mail:
    """To a learner who waits: the turn was ended without any offers."""
    return Mail(
        f"The turn of {round_.name} has ended without offers",
        f"Dear {learner.name},\n\nYour coordinators have ended the turn of the round “{round_.name}” that you were in "
        "without offering any places. You still wait, and are in the next turn if there is one. You can also ask again "
        f"from the page of your request, and join another round.\n\n{address}\n",
    )
