"""Days and durations as people write them, for rules and mails as for pages."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day_of(moment: datetime) -> date:
    """The day on which a moment falls for people in the United Kingdom; its own date() is that of UTC."""
    return moment.astimezone(LONDON).date()


def day_in_words(day: date) -> str:
    """3 March 2026; of a moment, which is a date too as Python sees it, the day on which it falls here."""
    day = day_of(day) if isinstance(day, datetime) else day
    return f"{day.day} {day:%B %Y}"


def hours_and_minutes(minutes: int) -> str:
    """1 h 30 min"""
    hours, rest = divmod(int(minutes), 60)
    parts = (f"{hours} h" if hours else "", f"{rest} min" if rest else "")
    return " ".join(part for part in parts if part) or "0 h"
