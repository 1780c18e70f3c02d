"""What people read when a placement goes on elsewhere: subject and body of the mail."""

from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.models.people import Person
from app.models.placements import Placement


def goes_on(reader: Person, before: Placement, after: Placement, address: str) -> Mail:
    """To everybody whom a move concerns: where it goes on, from when, what stays, and what the reader does next."""
    learner, old, new = before.learner, before.mentor, after.mentor
    first, last = day_in_words(after.starts_on), day_in_words(after.ends_on)
    return Mail(
        f"The placement of {learner.name} goes on with {new.name}",
        f"Hello {reader.name},\n\nFrom {first} to {last} the placement of {learner.name} goes on with {new.name} on "
        f"“{after.opening.study.title}” at {after.opening.organisation.name}. Until then it is with {old.name} on "
        f"“{before.opening.study.title}”. All sessions and hours stay on the record, and count.\n\n"
        f"{what_next(reader, before, after)}\n\n{address}\n",
    )


def what_next(reader: Person, before: Placement, after: Placement) -> str:
    learner, old, new = before.learner, before.mentor, after.mentor
    if reader.id == learner.id:
        return f"Next: write to {new.name} ({new.email}) and agree when you first meet."
    if reader.id == new.id:
        return f"Next: agree with {learner.name} ({learner.email}) when you first meet."
    if reader.id == old.id:
        last = day_in_words(before.ends_on)
        return f"Sessions up to {last} can still be logged under your name, and {learner.name} can still confirm them."
    return "You need not do anything."
