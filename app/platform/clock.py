"""What time it is: the one place that asks, so that rules receive the day and tests can choose it."""

from datetime import UTC, date, datetime

from flask import current_app

from app.language.dates_and_times import day_of


def now() -> datetime:
    """The present moment in UTC."""
    chosen = current_app.config.get("NOW")
    return chosen() if chosen else datetime.now(UTC)


def today() -> date:
    """The day as people in the United Kingdom see it."""
    return day_of(now())
