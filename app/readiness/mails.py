"""What people read about what a placement needs before it starts: subject and body of each mail."""

from collections.abc import Sequence
from datetime import date

from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.models.course.readiness import Cover, Need
from app.models.people import Person
from app.models.placements import Placement
from app.phrasebook.readiness import NEEDS, names_of
from app.rules.readiness.missing import Lapse


def entered(reader: Person, cover: Cover, address: str) -> Mail:
    """To whoever can check it: what the learner has entered."""
    learner, within = cover.need.placement.learner, NEEDS[cover.need.kind].within
    return Mail(
        f"Please check {within} of {learner.name}",
        f"Hello {reader.name},\n\n{learner.name} has entered {within}, from {day_in_words(cover.from_on)}. It counts "
        f"once you have seen it and said so. It stands on your home page:\n\n{address}\n",
    )


def all_in_place(reader: Person, placement: Placement, address: str) -> Mail:
    """To learner and mentor: nothing is missing any more."""
    when = day_in_words(placement.starts_on)
    return Mail(
        f"Everything is in place for the placement of {placement.learner.name}",
        f"Hello {reader.name},\n\nEverything that the placement of {placement.learner.name} with "
        f"{placement.mentor.name} needs is in place. Work in the study can start on {when}, or go on if that day has "
        f"come.\n\n{address}\n",
    )


def sent_back(reader: Person, cover: Cover, reason: str, address: str) -> Mail:
    """To whoever entered it: why it does not count."""
    within = NEEDS[cover.need.kind].within
    return Mail(
        f"Please enter {within} again",
        f"Hello {reader.name},\n\nWhat you entered about {within} was looked at and does not count yet.\n\n"
        f"Why: {reason}\n\nEnter it again from your home page:\n\n{address}\n",
    )


def excepted(reader: Person, cover: Cover, reason: str, address: str) -> Mail:
    """To learner and mentor: work can start or go on without something, until a day."""
    placement, within = cover.need.placement, NEEDS[cover.need.kind].within
    until = day_in_words(cover.until_on) if cover.until_on else ""
    return Mail(
        f"An exception until {until} for the placement of {placement.learner.name}",
        f"Hello {reader.name},\n\nThe placement of {placement.learner.name} with {placement.mentor.name} may go "
        f"without {within} until {until}. From the day after, work in the study stops until it is in place."
        f"\n\nWhy: {reason}\n\n{address}\n",
    )


def taken_away(reader: Person, cover: Cover, reason: str, address: str) -> Mail:
    """To learner, mentor and coordinators: something that was in place counts no longer."""
    placement, within = cover.need.placement, NEEDS[cover.need.kind].within
    what = f"the exception for {within}" if cover.is_exception else within
    return Mail(
        f"The placement of {placement.learner.name}: {what} no longer counts",
        f"Hello {reader.name},\n\nIt concerns the placement of {placement.learner.name} with {placement.mentor.name}: "
        f"{what} no longer counts.\n\nWhy: {reason}\n\nThe list “Before it starts” says what is missing now.\n\n"
        f"{address}\n",
    )


def reminder(owner: Person, placement: Placement, needs: Sequence[Need], address: str) -> Mail:
    """To whoever sees to it, some days before it is due."""
    by = day_in_words(min(need.due_on for need in needs))
    lines = "\n".join(f"- {NEEDS[need.kind].name}, by {day_in_words(need.due_on)}" for need in needs)
    return Mail(
        f"Before the placement starts: by {by}",
        f"Hello {owner.name},\n\nThe placement of {placement.learner.name} with {placement.mentor.name} starts on "
        f"{day_in_words(placement.starts_on)}. This is for you to see to before:\n\n{lines}\n\nWork in the study "
        f"cannot start without it. It stands here:\n\n{address}\n",
    )


def missing(reader: Person, placement: Placement, needs: Sequence[Need], today: date, address: str) -> Mail:
    """To learner, mentor and coordinators: the first day is here, or near, and something is missing."""
    name = placement.learner.name
    starts = "starts" if placement.starts_on >= today else "was to start"
    return Mail(
        f"The placement of {name} cannot start yet",
        f"Hello {reader.name},\n\nThe placement of {name} with {placement.mentor.name} {starts} on "
        f"{day_in_words(placement.starts_on)}. Missing: {names_of([need.kind for need in needs])}. Learner and mentor "
        "can meet; work in the study waits until all is in place, or a coordinator makes an exception.\n\n"
        f"{address}\n",
    )


def lapses(reader: Person, placement: Placement, lapse: Lapse, address: str) -> Mail:
    """To whoever sees to it: something runs out before the placement ends."""
    within, last = NEEDS[lapse.kind].within, day_in_words(lapse.last_day)
    what = f"{within[:1].upper()}{within[1:]} lapses on {last}"
    return Mail(what, f"Hello {reader.name},\n\n{about_end(placement, what)}\n\n{address}\n")


def exception_ends(reader: Person, placement: Placement, lapse: Lapse, address: str) -> Mail:
    """To learner, mentor and coordinators: what a coordinator let go without is wanted soon."""
    what = f"The exception for {NEEDS[lapse.kind].within} ends on {day_in_words(lapse.last_day)}"
    return Mail(what, f"Hello {reader.name},\n\n{about_end(placement, what)}\n\n{address}\n")


def about_end(placement: Placement, what: str) -> str:
    return (
        f"It concerns the placement of {placement.learner.name} with {placement.mentor.name}, until "
        f"{day_in_words(placement.ends_on)}. {what}. From the day after, work in the study stops until it is in place "
        "again."
    )
