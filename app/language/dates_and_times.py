"""Days and durations as people write them, for rules and mails as for pages."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.language.numbers import count

LONDON = ZoneInfo("Europe/London")


def day_of(moment: datetime) -> date:
    """The day on which a moment falls for people in the United Kingdom; its own date() is that of UTC."""
    return moment.astimezone(LONDON).date()


def day_in_words(day: date) -> str:
    """3 March 2026; of a moment, which is a date too as Python sees it, the day on which it falls here."""
    day = day_of(day) if isinstance(day, datetime) else day
    return f"{day.day} {day:%B %Y}"


def time_in_words(moment: datetime) -> str:
    """2:05pm, 2pm; noon is midday, as the NHS writes it."""
    local = moment.astimezone(LONDON)
    if (local.hour, local.minute) in ((0, 0), (12, 0)):
        return "midday" if local.hour else "midnight"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def length_in_words(life: timedelta) -> str:
    """14 days, 24 hours: how long something holds."""
    hours = round(life / timedelta(hours=1))
    return count(hours, "hour") if hours % 24 or hours == 24 else count(hours // 24, "day")


def how_long_ago(moment: datetime, now: datetime) -> str:
    """just now, 2 minutes ago, 3 hours ago, on 3 March 2026"""
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{count(minutes, 'minute')} ago"
    return f"{count(minutes // 60, 'hour')} ago" if minutes < 24 * 60 else f"on {day_in_words(day_of(moment))}"


def hours_and_minutes(minutes: int) -> str:
    """1 h 30 min"""
    hours, rest = divmod(int(minutes), 60)
    parts = (f"{hours} h" if hours else "", f"{rest} min" if rest else "")
    return " ".join(part for part in parts if part) or "0 h"
