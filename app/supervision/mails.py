"""What learner and mentor read about a session of theirs: subject and body of each mail."""

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.language.mail import Mail
from app.models.supervision import SupervisionSession


def to_confirm(meeting: SupervisionSession, address: str) -> Mail:
    """To the learner: a session was logged and counts once she has confirmed it."""
    learner, mentor, day = meeting.placement.learner, meeting.placement.mentor, day_in_words(meeting.held_on)
    return Mail(
        f"Confirm the session of {day}",
        f"Hello {learner.name},\n\n{mentor.name} has logged a session of {hours_and_minutes(meeting.minutes)} on "
        f"{day}. It counts once you have confirmed it:\n\n{address}\n",
    )


def questioned(meeting: SupervisionSession, comment: str, address: str) -> Mail:
    """To the mentor: what the learner says is not right about a session."""
    learner, mentor, day = meeting.placement.learner, meeting.placement.mentor, day_in_words(meeting.held_on)
    return Mail(
        f"{learner.name} says that a session is not right",
        f"Hello {mentor.name},\n\nabout the session of {day} ({hours_and_minutes(meeting.minutes)}) {learner.name} "
        f"writes:\n\n{comment}\n\nCorrect or withdraw it here:\n{address}\n",
    )


def withdrawn(meeting: SupervisionSession) -> Mail:
    """To the learner: a session no longer counts."""
    learner, mentor, day = meeting.placement.learner, meeting.placement.mentor, day_in_words(meeting.held_on)
    return Mail(
        f"{mentor.name} withdrew the session of {day}",
        f"Hello {learner.name},\n\nthe session of {day} ({hours_and_minutes(meeting.minutes)}) no longer counts. If "
        f"that is not right, speak to {mentor.name}.\n",
    )
