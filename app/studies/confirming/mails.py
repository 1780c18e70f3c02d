"""What a mentor reads before a round closes: her openings, and the link that confirms them."""

from collections.abc import Sequence

from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.language.numbers import plural
from app.models.studies import Opening


def please_confirm(openings: Sequence[Opening], days: int, address: str) -> Mail:
    """To a mentor: what she offers, and where she says that it is still right."""
    number = len(openings)
    lines = [
        f"  {one.study.name}: {one.places} {plural(one.places, 'place')}, {day_in_words(one.starts_on)} to "
        f"{day_in_words(one.ends_on)}"
        for one in openings
    ]
    return Mail(
        f"Is what you offer still right? {plural(number, 'One opening', f'{number} openings')}",
        f"Dear {openings[0].mentor.name},\n\n"
        f"A round in your network closes soon. Learners can be placed with you on:\n\n"
        + "\n".join(lines)
        + f"\n\nPlease confirm {plural(number, 'it', 'them')}, or pause what is not right any more. You need not sign "
        f"in; the link works once, for {days} days:\n\n{address}\n\n"
        f"Until you answer, coordinators see that {plural(number, 'it is', 'they are')} not confirmed. Nothing is "
        "taken back by itself.\n",
    )
