"""What people read about a deputy: subject and body of each mail."""

from app.language.dates_and_times import day_in_words
from app.language.mail import Mail
from app.models.course.deputies import Deputy
from app.models.people import Person


def asked(deputy: Deputy, address: str) -> Mail:
    """To whoever is to stand in: for whom, when and why, and that nothing happens without a yes."""
    placement = deputy.placement
    return Mail(
        f"Can you stand in for {placement.mentor.name}?",
        f"Hello {deputy.person.name},\n\n{placement.mentor.name} asks you to stand in as mentor of "
        f"{placement.learner.name} on “{placement.opening.study.title}” {days(deputy)}. You would plan, hold, write "
        f"down and confirm sessions; it takes none of the places that you offer.\n\nWhy: {deputy.reason}\n\n"
        f"Without your yes nothing changes. Say yes or no here:\n{address}\n",
    )


def agreed(reader: Person, deputy: Deputy, address: str) -> Mail:
    """To learner and mentor: who stands in, when, and what for."""
    placement, person = deputy.placement, deputy.person
    is_learner = reader.id == placement.learner_id
    next_ = (
        f"You can plan and hold sessions with {person.name} ({person.email}) then; they count as all others do. Your "
        f"mentor stays {placement.mentor.name}. If that is not right for you, write to your coordinator."
        if is_learner
        else f"{person.name} sees the record of {placement.learner.name} in that time. You can end it on its page."
    )
    return Mail(
        f"{person.name} stands in for {placement.mentor.name}",
        f"Hello {reader.name},\n\n{person.name} stands in for {placement.mentor.name} as mentor of "
        f"{placement.learner.name} {days(deputy)}.\n\n{next_}\n\n{address}\n",
    )


def declined(deputy: Deputy, reason: str, address: str) -> Mail:
    """To the mentor: somebody does not stand in."""
    placement, person = deputy.placement, deputy.person
    why = f"Why: {reason}\n\n" if reason else ""
    return Mail(
        f"{person.name} cannot stand in for you",
        f"Hello {placement.mentor.name},\n\n{person.name} cannot stand in for you as mentor of "
        f"{placement.learner.name} {days(deputy)}.\n\n{why}You can name somebody else on the page of the placement.\n\n"
        f"{address}\n",
    )


def days(deputy: Deputy) -> str:
    return f"from {day_in_words(deputy.starts_on)} to {day_in_words(deputy.ends_on)}"
