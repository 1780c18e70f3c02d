"""What learner and mentor read about a session of theirs: subject and body of each mail."""

from collections.abc import Sequence
from datetime import timedelta

from app.language.dates_and_times import day_in_words, hours_and_minutes
from app.language.mail import Mail
from app.language.numbers import listed
from app.models.people import Person
from app.models.supervision import SupervisionSession


def to_confirm(
    meeting: SupervisionSession, reader: Person, corrects: SupervisionSession | None, address: str, life: timedelta
) -> Mail:
    """To the one who answers: a session was logged or corrected, and counts once she has confirmed it."""
    author, day = meeting.author, day_in_words(meeting.held_on)
    length = hours_and_minutes(meeting.minutes)
    deed = f"{author.name} has logged a session of {length} on {day}."
    if corrects:
        was = f"the session of {day_in_words(corrects.held_on)} ({hours_and_minutes(corrects.minutes)})"
        before = " You had confirmed it as it was, and that no longer counts." if corrects.confirmed_at else ""
        deed = f"{author.name} has corrected {was}: it is now {length} on {day}.{before}"
    return Mail(
        f"Confirm the session of {day}",
        f"Hello {reader.name},\n\n{deed} It counts once you have confirmed it, or you can say what is not right. You "
        f"need not sign in; the link works once, for {life.days} days:\n\n{address}\n\nIt answers in your name, so "
        "keep this mail to yourself. Signed in, you find the session on your home page.\n",
    )


def questioned(meeting: SupervisionSession, comment: str, address: str) -> Mail:
    """To its author: what the other says is not right about a session."""
    writer, reader, day = meeting.answerer, meeting.author, day_in_words(meeting.held_on)
    return Mail(
        f"{writer.name} says that a session is not right",
        f"Hello {reader.name},\n\nAbout the session of {day} ({hours_and_minutes(meeting.minutes)}) {writer.name} "
        f"writes:\n\n{comment}\n\nCorrect or withdraw it here:\n{address}\n",
    )


def withdrawn(meeting: SupervisionSession, actor: Person, reader: Person) -> Mail:
    """To the other of the two: a session no longer counts."""
    day = day_in_words(meeting.held_on)
    confirmed = f", which {confirmed_by(meeting, reader)} had confirmed," if meeting.confirmed_at else ""
    why = f" {actor.name} writes:\n\n{meeting.withdrawn_because}\n\n" if meeting.withdrawn_because else " "
    return Mail(
        f"{actor.name} withdrew the session of {day}",
        f"Hello {reader.name},\n\nThe session of {day} ({hours_and_minutes(meeting.minutes)}){confirmed} no longer "
        f"counts.{why}If that is not right, speak to {actor.name}.\n",
    )


def you_withdrew(meeting: SupervisionSession, reader: Person, other: Person) -> Mail:
    """To the one who withdrew a confirmed session: what and for which reason, and that the other knows."""
    day = day_in_words(meeting.held_on)
    return Mail(
        f"You withdrew the session of {day}",
        f"Hello {reader.name},\n\nThe session of {day} ({hours_and_minutes(meeting.minutes)}) with {other.name}, which "
        f"{confirmed_by(meeting, reader)} had confirmed, no longer counts. Your reason, which {other.name} has read as "
        f"well:\n\n{meeting.withdrawn_because}\n\nIf you did not do this, change your password and write to "
        f"{other.name}.\n",
    )


def corrected_for_you(meetings: Sequence[SupervisionSession], actor: Person, reader: Person) -> Mail:
    """To a deputy who wrote a session down: the mentor has corrected it, and each learner is asked again."""
    day, names = day_in_words(meetings[0].held_on), names_in(meetings)
    return Mail(
        f"{actor.name} corrected the session of {day}",
        f"Hello {reader.name},\n\n{actor.name} has corrected the session of {day} "
        f"({hours_and_minutes(meetings[0].minutes)}) with {names}, which you wrote down. Whoever was there is asked to "
        f"confirm it as it is now. If that is not right, speak to {actor.name}.\n",
    )


def withdrawn_for_you(meetings: Sequence[SupervisionSession], actor: Person, reader: Person, reason: str) -> Mail:
    """To a deputy who wrote a session with several learners down: the mentor has withdrawn it for all of them."""
    day = day_in_words(meetings[0].held_on)
    return Mail(
        f"{actor.name} withdrew the session of {day}",
        f"Hello {reader.name},\n\nThe session of {day} ({hours_and_minutes(meetings[0].minutes)}) with "
        f"{names_in(meetings)}, which you wrote down, no longer counts. {actor.name} writes:\n\n{reason}\n\nIf that is "
        f"not right, speak to {actor.name}.\n",
    )


def names_in(meetings: Sequence[SupervisionSession]) -> str:
    return listed([one.placement.learner.name for one in meetings])


def same_meeting(meeting: SupervisionSession, mentor: Person) -> Mail:
    """To the learner, whose own entry of supervision on that day no longer counts beside the session."""
    day, learner = day_in_words(meeting.held_on), meeting.placement.learner
    return Mail(
        f"{mentor.name} confirmed the session of {day}",
        f"Hello {learner.name},\n\nThe session of {day} ({hours_and_minutes(meeting.minutes)}) counts now. "
        f"{mentor.name} says that the supervision that you logged yourself on that day was the same meeting, so that "
        f"entry is withdrawn and the meeting counts once. If they were two, log the other one again.\n",
    )


def confirmed_by(meeting: SupervisionSession, reader: Person) -> str:
    return "you" if meeting.answerer.id == reader.id else meeting.answerer.name


def you_withdrew_for_all(meetings: Sequence[SupervisionSession], reader: Person, reason: str) -> Mail:
    """To the one who withdrew a session with several learners: what, for which reason, and that they know."""
    first, day = meetings[0], day_in_words(meetings[0].held_on)
    names = names_in(meetings)
    return Mail(
        f"You withdrew the session of {day}",
        f"Hello {reader.name},\n\nThe session of {day} ({hours_and_minutes(first.minutes)}) with {names} no longer "
        f"counts for any of them. Your reason, which they have read as well:\n\n{reason}\n\nIf you did not do this, "
        "change your password and write to them.\n",
    )
