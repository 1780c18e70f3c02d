"""What learner and mentor read about a session that was logged: subject and body of each mail."""

from app.language.times import day_in_words, hours_and_minutes
from app.models.people import Person
from app.models.supervision import SupervisionSession
from app.platform.outbox import Mail


def session_to_confirm(meeting: SupervisionSession, address: str) -> Mail:
    """To the learner of a session that her mentor has logged."""
    learner, mentor = meeting.placement.learner, meeting.placement.mentor
    return Mail(
        f"Confirm the session of {day_in_words(meeting.held_on)}",
        f"Hello {learner.name},\n\n{mentor.name} has logged a session of {hours_and_minutes(meeting.minutes)} on "
        f"{day_in_words(meeting.held_on)}. It counts once you have confirmed it:\n\n{address}\n",
    )


def withdrawn_session(meeting: SupervisionSession, mentor: Person) -> Mail:
    """To the learner of a session that her mentor has taken back."""
    return Mail(
        f"{mentor.name} withdrew the session of {day_in_words(meeting.held_on)}",
        f"Hello {meeting.placement.learner.name},\n\nthe session of {day_in_words(meeting.held_on)} "
        f"({hours_and_minutes(meeting.minutes)}) no longer counts. If that is not right, speak to {mentor.name}.\n",
    )


def questioned_session(meeting: SupervisionSession, learner: Person, comment: str, address: str) -> Mail:
    """To the mentor of a session: what its learner says is not right about it."""
    return Mail(
        f"{learner.name} says that a session is not right",
        f"Hello {meeting.placement.mentor.name},\n\nabout the session of {day_in_words(meeting.held_on)} "
        f"({hours_and_minutes(meeting.minutes)}) {learner.name} writes:\n\n{comment}\n\n"
        f"Correct or withdraw it here:\n{address}\n",
    )
