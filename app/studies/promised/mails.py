"""What a mentor and the coordinators of her networks read when it changes what she was promised."""

from app.language.mail import Mail
from app.language.numbers import count
from app.models.people import Person


def promise_changed(reader: Person, mentor: Person, by: Person, before: int, after: int, address: str) -> Mail:
    """To the mentor or to a coordinator of her networks: how many learners a round must give her from now on."""
    whom = "you" if reader is mentor else mentor.name
    return Mail(
        f"A round must now give {whom} {in_words(after)}",
        f"Hello {reader.name},\n\n{by.name} has changed how many learners a round must give {whom}: {in_words(after)}. "
        f"Before it was: {in_words(before)}. Learners who are there already, and offers that wait, count, and nobody "
        f"loses a place over it. If you see it differently, write to {by.email}.\n\n{address}\n",
    )


def in_words(learners: int) -> str:
    """For instance "at least 2 learners"."""
    return f"at least {count(learners, 'learner')}" if learners else "no certain number of learners"
