"""What people read about a study that concerns them: subject and body of each mail."""

from app.language.mail import Mail
from app.models.people import Person
from app.models.studies import Study


def limits_changed(reader: Person, study: Study, by: Person, before: str, after: str, address: str) -> Mail:
    """To a mentor of the study or a coordinator of its networks: how many learners it takes from now on."""
    return Mail(
        f"“{study.name}” now takes {after}",
        f"Hello {reader.name},\n\n{by.name} has changed how many learners “{study.title}” takes at once, over all its "
        f"openings: {after}. Before it was: {before}. Learners who are there and offers "
        f"that wait are not touched. If you see it differently, write to {by.email}.\n\n{address}\n",
    )
