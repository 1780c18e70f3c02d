"""What people read about a progress review: subject and body of each mail."""

from app.language.mail import Mail
from app.models.course.progress_reviews import ProgressReview
from app.models.operations.parties import Party
from app.models.people import Person
from app.rules.progress_reviews.parts import person_in


def handed_in(reader: Person, review: ProgressReview, party: Party, address: str) -> Mail:
    """To the other of the two: there is something to prepare, or to read before they meet."""
    name, kind = person_in(review.placement, party).name, review.kind.name_in_words
    what = (
        "Both of you have, so each can read now what the other wrote. Meet, and write down what you agree."
        if review.is_open
        else "You can read it once you have handed in yours, or when you meet. It takes a few minutes."
    )
    return Mail(
        f"{name} has prepared the {kind}",
        f"Hello {reader.name},\n\n{name} has handed in what there is to say before the {kind} of your placement. "
        f"{what}\n\nIt stands on your home page:\n\n{address}\n",
    )


def to_sign(reader: Person, review: ProgressReview, party: Party, address: str) -> Mail:
    """To the other of the two: what was agreed is written down."""
    name, kind = person_in(review.placement, party).name, review.kind.name_in_words
    return Mail(
        f"Please read and sign the {kind}",
        f"Hello {reader.name},\n\n{name} has written down what came out of the {kind}. Read it and sign it, or say "
        f"what should change. It stands on your home page:\n\n{address}\n",
    )


def complete(reader: Person, review: ProgressReview, address: str) -> Mail:
    """To who had signed first: both have."""
    kind = review.kind.name_in_words
    return Mail(
        f"The {kind} is signed by both of you",
        f"Hello {reader.name},\n\nLearner and mentor have signed the {kind} of {review.placement.learner.name}. The "
        f"academic supervisor can read it now. There is nothing to do.\n\n{address}\n",
    )


def reopened(
    reader: Person, review: ProgressReview, actor: Person | None, reason: str, had_signed: bool, address: str
) -> Mail:
    """To both, and to the supervisor who had read it: why it is written down anew, and what follows."""
    placement, kind, who = review.placement, review.kind.name_in_words, actor.name if actor else "The service"
    void = "What you signed counts no longer. " if had_signed else ""
    is_one_of_both = reader.id in (placement.learner_id, placement.mentor_id)
    next_deed = (
        "Write it down again, then both of you sign it."
        if is_one_of_both
        else "It stands on your home page again once both have signed it."
    )
    return Mail(
        f"{who} asks for a change of the {kind} of {placement.learner.name}",
        f"Hello {reader.name},\n\n{who} has reopened the {kind} of {placement.learner.name} with "
        f"{placement.mentor.name}.\n\nWhy: {reason}\n\n{void}{next_deed}\n\n{address}\n",
    )
