"""What people read about a review: subject and body of each mail."""

from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.models.people import Person
from app.models.reviews import Review, ReviewState


def asked(reviewer: Person, review: Review, address: str) -> Mail:
    """To everybody who may answer; the learner's words stay on the page."""
    learner = review.request.learner
    return Mail(
        f"{learner.name} asks for a review: answer by {day_in_words(review.due_on)}",
        f"Hello {reviewer.name},\n\n{learner.name} asks that a person looks again at what the round "
        f"“{review.round.name}” decided. You did not publish it, so you can answer. The page has what was asked, "
        "what the run had before it, and who got what was ranked higher.\n\n"
        f"Please answer by {day_in_words(review.due_on)}. "
        f"Whoever answers first does so for all.\n\n{address}\n",
    )


def no_coordinator_can_answer(administrator: Person, review: Review, address: str) -> Mail:
    """To an administrator: the round has no coordinator but the one who published it, so she answers."""
    return Mail(
        f"No coordinator can answer a review in the round “{review.round.name}”",
        f"Hello {administrator.name},\n\nA learner asks for a review by a person. The round “{review.round.name}” has "
        "no coordinator other than the one who published it. Your home page leads to it: please answer it by "
        f"{day_in_words(review.due_on)}, or make somebody else a coordinator of one of its networks, who then can."
        f"\n\n{address}\n",
    )


def answered(review: Review, address: str) -> Mail:
    """To the learner: what was found, and what comes of it."""
    by = review.answered_by.name if review.answered_by else "A coordinator"
    stands = review.state is ReviewState.STANDS
    found = "The decision stands." if stands else "Something was wrong, and it will be put right."
    next_ = "" if stands else "You get another mail when that is done, and need not do anything until then.\n\n"
    return Mail(
        f"The answer to your review in the round “{review.round.name}”",
        f"Hello {review.request.learner.name},\n\n{by} has looked again at what the round "
        f"“{review.round.name}” decided for you. {found}\n\n{review.answer}\n\n{next_}{address}\n",
    )


def to_put_right(publisher: Person, review: Review, by: Person, address: str) -> Mail:
    """To the coordinator who published."""
    return Mail(
        f"A review in the round “{review.round.name}” found something to put right",
        f"Hello {publisher.name},\n\n{by.name} has answered the review that {review.request.learner.name} asked for: "
        f"something is to be put right.\n\nThe page says what.\n\n{address}\n",
    )


def put_right(review: Review, address: str) -> Mail:
    """To the learner: it is done."""
    return Mail(
        f"Your review in the round “{review.round.name}”: it is put right",
        f"Hello {review.request.learner.name},\n\nWhat the review found is put right now. Your home page and your "
        f"request say where you stand.\n\n{address}\n",
    )
