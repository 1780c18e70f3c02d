"""Dates as a calendar program takes them: RFC 5545, in London's time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import icalendar
from flask import current_app

from app.language.dates_and_times import LONDON
from app.rules.calendars.events import Event
from app.web.addresses import full_address

ASK_AGAIN_AFTER = timedelta(hours=6)


def calendar_file(events: Iterable[Event], name: str = "") -> str:
    """The same text for the same dates; with a name it is one that is fetched again and again."""
    host = urlsplit(current_app.extensions["rpe_settings"].base_url).hostname or "localhost"
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{host}//Research Practice Experience//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", str(LONDON))
        calendar.add("refresh-interval", ASK_AGAIN_AFTER, {"value": "DURATION"})
        calendar.add("x-published-ttl", ASK_AGAIN_AFTER)
    for event in events:
        calendar.add_component(component_of(event, host))
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()


def component_of(event: Event, host: str) -> icalendar.Event:
    shown = icalendar.Event()
    shown.add("uid", f"{event.mark}@{host}")
    shown.add("sequence", event.sequence)
    shown.add("dtstamp", event.changed_at)
    shown.add("summary", event.title)
    if isinstance(event.begins, datetime):
        begins = event.begins.astimezone(LONDON)
        shown.add("dtstart", begins)
        shown.add("dtend", (event.begins + (event.length or timedelta())).astimezone(LONDON))
    else:
        shown.add("dtstart", event.begins)
        shown.add("dtend", event.begins + timedelta(days=1))
        shown.add("transp", "TRANSPARENT")  # a day on which something is due is not a day that is taken
    if event.place:
        shown.add("location", event.place)
    shown.add("url", full_address(event.endpoint, **event.values))
    shown.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    return shown
