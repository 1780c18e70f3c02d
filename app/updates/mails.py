"""What is mailed to people who asked for updates: the link that confirms it, and the updates."""

from collections.abc import Collection
from datetime import timedelta

from app.language.dates_and_times import length_in_words
from app.language.mail import Mail
from app.models.public.updates import PublicUpdate, UpdateTopic

ABOUT = "updates by email"  # what all of them are found by


def to_confirm(service: str, topics: Collection[UpdateTopic], address: str, life: timedelta) -> Mail:
    """To an address that somebody has entered, whether updates go there already or not."""
    body = (
        f"Hello,\n\nsomebody has entered this address to get updates by email from {service}:\n\n{listed(topics)}\n\n"
        f"If that was you, open this link within {length_in_words(life)} and press the button there:\n{address}\n\n"
        "Updates come only after that. If they come to you already, the link changes what they are about.\n\n"
        "If it was not you, do nothing: your address is then forgotten. The same link lets you say that this service "
        "is never to write to you about updates.\n"
    )
    return Mail("Confirm that you want updates by email", body)


def update(written: PublicUpdate, service: str, stop: str) -> Mail:
    """To everybody who wants to hear of its topic."""
    body = (
        f"{written.words}\n\n--\nYou get this because you asked {service} for updates about: {written.topic.value}.\n"
        f"Choose what you hear of, or stop all updates, without signing in:\n{stop}\n"
    )
    return Mail(written.subject, body)


def listed(topics: Collection[UpdateTopic]) -> str:
    return "\n".join(f"- {topic.value}" for topic in UpdateTopic if topic in topics)
