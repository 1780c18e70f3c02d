"""Lets the app live through another day than today."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

from flask import Flask


@contextmanager
def at(app: Flask, day: date) -> Iterator[datetime]:
    """Let the app believe that it is the morning of a day."""
    before, moment = app.config.get("NOW"), datetime.combine(day, time(9, 30), UTC)
    app.config["NOW"] = lambda: moment
    try:
        yield moment
    finally:
        app.config["NOW"] = before
