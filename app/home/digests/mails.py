"""What people read of all that waits for them: subject and body of the mail."""

from collections.abc import Sequence
from datetime import date

from app.home.digests.making import Line
from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.language.numbers import count, plural
from app.models.people import Person

LISTED_MAX = 20


def digest(reader: Person, lines: Sequence[Line], today: date, settings: str, stop: str) -> Mail:
    """To each person, on the days that she has chosen: what waits for her, what is late first."""
    late = [line for line in lines if line.item.is_overdue(today)]
    others = [line for line in lines if not line.item.is_overdue(today)]
    parts = [
        f"Hello {reader.name},",
        *part("Overdue", late[:LISTED_MAX], today),
        *part("To do", others[: max(0, LISTED_MAX - len(late))], today),
        *(["The rest stands on your home page."] if len(lines) > LISTED_MAX else []),
        f"Choose when this mail comes, or never, and see what you have put off:\n{settings}",
        f"Get no more of these mails, without signing in:\n{stop}",
    ]
    return Mail(subject_of(len(late), len(lines)), "\n\n".join(parts) + "\n")


def subject_of(late: int, all_: int) -> str:
    waits = f"{count(all_, 'thing')} {plural(all_, 'waits', 'wait')} for you"
    return f"{waits}, {late} overdue" if late else waits


def part(heading: str, lines: Sequence[Line], today: date) -> list[str]:
    return [heading, *(words_of(line, today) for line in lines)] if lines else []


def words_of(line: Line, today: date) -> str:
    """Its words, when it is or was due, why, and where it is done, each on a line of its own."""
    item = line.item
    due = [f"{'Was due' if item.is_overdue(today) else 'Due'} on {day_in_words(item.due)}"] if item.due else []
    return "\n".join([f"- {item.text}", *(f"  {one}" for one in (*due, item.why, line.address) if one)])
