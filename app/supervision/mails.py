"""What learner and mentor read about a session of theirs: subject and body of each mail."""

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.language.mail import Mail
from app.models.supervision import SupervisionSession


def to_confirm(meeting: SupervisionSession, corrects: SupervisionSession | None, address: str) -> Mail:
    """To the learner: a session was logged or corrected, and counts once she has confirmed it."""
    learner, mentor, day = meeting.placement.learner, meeting.placement.mentor, day_in_words(meeting.held_on)
    length = hours_and_minutes(meeting.minutes)
    deed = f"{mentor.name} has logged a session of {length} on {day}."
    if corrects:
        was = f"the session of {day_in_words(corrects.held_on)} ({hours_and_minutes(corrects.minutes)})"
        before = " You had confirmed it as it was, and that no longer counts." if corrects.confirmed_at else ""
        deed = f"{mentor.name} has corrected {was}: it is now {length} on {day}.{before}"
    return Mail(
        f"Confirm the session of {day}",
        f"Hello {learner.name},\n\n{deed} It counts once you have confirmed it:\n\n{address}\n",
    )


def questioned(meeting: SupervisionSession, comment: str, address: str) -> Mail:
    """To the mentor: what the learner says is not right about a session."""
    learner, mentor, day = meeting.placement.learner, meeting.placement.mentor, day_in_words(meeting.held_on)
    return Mail(
        f"{learner.name} says that a session is not right",
        f"Hello {mentor.name},\n\nAbout the session of {day} ({hours_and_minutes(meeting.minutes)}) {learner.name} "
        f"writes:\n\n{comment}\n\nCorrect or withdraw it here:\n{address}\n",
    )


def withdrawn(meeting: SupervisionSession) -> Mail:
    """To the learner: a session no longer counts."""
    learner, mentor, day = meeting.placement.learner, meeting.placement.mentor, day_in_words(meeting.held_on)
    confirmed = ", which you had confirmed," if meeting.confirmed_at else ""
    why = f" {mentor.name} writes:\n\n{meeting.withdrawn_because}\n\n" if meeting.withdrawn_because else " "
    return Mail(
        f"{mentor.name} withdrew the session of {day}",
        f"Hello {learner.name},\n\nThe session of {day} ({hours_and_minutes(meeting.minutes)}){confirmed} no longer "
        f"counts.{why}If that is not right, speak to {mentor.name}.\n",
    )


def you_withdrew(meeting: SupervisionSession) -> Mail:
    """To the mentor: what was withdrawn, for which reason, and that the learner knows."""
    learner, mentor, day = meeting.placement.learner, meeting.placement.mentor, day_in_words(meeting.held_on)
    return Mail(
        f"You withdrew the session of {day}",
        f"Hello {mentor.name},\n\nThe session of {day} ({hours_and_minutes(meeting.minutes)}) with {learner.name}, who "
        f"had confirmed it, no longer counts. Your reason, which {learner.name} has read as well:\n\n"
        f"{meeting.withdrawn_because}\n\nIf you did not do this, change your password and write to {learner.name}.\n",
    )
