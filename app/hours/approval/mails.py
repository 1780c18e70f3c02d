"""What mentor and learner read about submitted hours, once for each deed: subject and body of each mail."""

from collections.abc import Sequence

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.language.mail import Mail
from app.language.numbers import count
from app.models.hours import HoursEntry
from app.models.people import Person
from app.models.placements import Placement


def submitted(mentor: Person, placement: Placement, entries: Sequence[HoursEntry], address: str) -> Mail:
    """To whoever verifies: how much was submitted, and where she reads it."""
    number, minutes = entries_in_words(len(entries)), sum(entry.minutes for entry in entries)
    first, last = min(one.worked_on for one in entries), max(one.worked_on for one in entries)
    days = f"from {day_in_words(first)} to {day_in_words(last)}" if first < last else f"of {day_in_words(first)}"
    return Mail(
        f"{number} of {placement.learner.name} to verify",
        f"Hello {mentor.name},\n\n{placement.learner.name} has submitted {number} {days}: "
        f"{hours_and_minutes(minutes)} in all. Read them, verify what is right, and return the rest with a word:\n\n"
        f"{address}\n",
    )


def decided(
    learner: Person, mentor: Person, verified: int, returned: Sequence[tuple[HoursEntry, str]], address: str
) -> Mail:
    """To the learner: how many are verified, and each that was returned with what her mentor wrote."""
    done = [f"verified {entries_in_words(verified)}"] if verified else []
    done += [f"returned {entries_in_words(len(returned))}"] if returned else []
    comments = "".join(
        f"{day_in_words(entry.worked_on)}, {entry.category.value}, {hours_and_minutes(entry.minutes)}:\n{words}\n\n"
        for entry, words in returned
    )
    then = "Change what was returned, or keep it as it is, and submit it again" if returned else "You see them here"
    deed = " and ".join(done)
    return Mail(
        f"{mentor.name} {deed}",
        f"Hello {learner.name},\n\n{mentor.name} has {deed} of your hours.\n\n{comments}{then}:\n{address}\n",
    )


def entries_in_words(number: int) -> str:
    return count(number, "hours entry", "hours entries")
