"""The page of a person's calendar address, and the dates that a calendar program reads at it."""

from flask import Blueprint, Response, abort, current_app, request, url_for

from app.calendars import service
from app.models.people import Person
from app.models.reminding.calendar_addresses import CalendarAddress
from app.platform.clock import now, today
from app.platform.db import db
from app.rules.calendars.events import CalendarSource, Event
from app.web.access import Permission, open_to_all, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.deeds.signed import facts_in, signed
from app.web.delivery.calendars import calendar_file
from app.web.htmx import answer, go_to
from app.web.security import limit_guesses

blueprint = Blueprint("calendars", __name__)
READ = "read a calendar"


@blueprint.get("/calendar")
@requires(Permission.USE_OWN_ACCOUNT)
def show() -> Response:
    made = service.address_of(db.session(), signed_in())
    return answer("calendars/calendar.html", made=made, address=address_shown(made) if made else "")


@blueprint.post("/calendar/address")
@requires(Permission.USE_OWN_ACCOUNT)
def make() -> Response:
    service.make_address(db.session(), signed_in(), now())
    flash("Your calendar has a new address. One that you had before leads nowhere now.")
    return go_to(url_for("calendars.show"))


@blueprint.post("/calendar/end")
@requires(Permission.USE_OWN_ACCOUNT)
def end() -> Response:
    service.end_address(db.session(), signed_in(), now())
    flash("Your calendar is switched off: its address leads nowhere now.")
    return go_to(url_for("calendars.show"))


@blueprint.get("/calendar/<calendar>/dates.ics")
@open_to_all
@limit_guesses("30 per 15 minutes")
def read(calendar: str) -> Response:
    """An address that was good once is gone, which lets programs stop asking; any other is a guess."""
    facts = facts_in(READ, calendar)
    if not facts:
        abort(404)
    reader = service.reader_at(db.session(), *facts)
    if reader is None:
        abort(410)
    response = Response(calendar_file(dates_of(reader), "Research Practice Experience"), mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def dates_of(reader: Person) -> list[Event]:
    sources: list[CalendarSource] = current_app.extensions["rpe_calendar_sources"]
    return [event for source in sources for event in source(db.session(), reader, today())]


def address_shown(made: CalendarAddress) -> str:
    return full_address("calendars.read", calendar=calendar_secret(made))


def calendar_secret(made: CalendarAddress) -> str:
    return signed(READ, made.person_id, made.number)
