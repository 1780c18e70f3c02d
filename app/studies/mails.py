"""What people read about a study that concerns them: subject and body of each mail."""

from app.language.mail import Mail
from app.language.numbers import count
from app.models.people import Person
from app.models.studies import Study


def limit_changed(reader: Person, study: Study, by: Person, before: int | None, address: str) -> Mail:
    """To a mentor of the study or a coordinator of its networks: how many learners it takes from now on."""
    return Mail(
        f"“{study.name}” now takes {at_most(study.learner_limit)}",
        f"Hello {reader.name},\n\n{by.name} has changed how many learners “{study.title}” takes at once, over all its "
        f"openings: {at_most(study.learner_limit)}, where it was {at_most(before)}. Learners who are there and offers "
        f"that wait are not touched. If you see it differently, write to {by.email}.\n\n{address}\n",
    )


def at_most(limit: int | None) -> str:
    return "any number" if limit is None else f"{count(limit, 'learner')} at most"
