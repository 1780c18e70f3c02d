"""What time it is: the one place that asks, so that rules receive the day and tests can choose it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The present moment in UTC."""
    chosen = current_app.config.get("NOW")
    return chosen() if chosen else datetime.now(UTC)


def today() -> date:
    """The day as people in the United Kingdom see it."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The day on which a moment falls for people in the United Kingdom."""
    return moment.astimezone(LONDON).date()
