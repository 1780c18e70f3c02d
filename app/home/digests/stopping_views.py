"""Stopping digests by the link in a mail, without an account: a page with a button, or one click in a mail program."""

from flask import Response

from app.home.base_views import blueprint
from app.home.digests.service import stop_digest
from app.models.people import Person
from app.platform.clock import now
from app.platform.db import db
from app.web.access import found, open_to_all
from app.web.deeds.signed import facts_in, signed
from app.web.htmx import answer
from app.web.security import csrf, limit_guesses

STOP = "stop digests"


@blueprint.get("/stop/<stop>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def ask_stop(stop: str) -> Response:
    """Programs that look at links change nothing."""
    reader_of(stop)
    return answer("home/digests/stop.html", stop=stop, is_stopped=False)


@blueprint.post("/stop/<stop>")
@csrf.exempt
@open_to_all
@limit_guesses("30 per 15 minutes")
def stop(stop: str) -> Response:
    """What a mail program sends has neither a session nor a token (RFC 8058): the secret is what is needed."""
    stop_digest(db.session(), reader_of(stop), now())
    return answer("home/digests/stop.html", stop=stop, is_stopped=True)


def reader_of(secret: str) -> Person:
    """Whose digests a secret stops."""
    facts = facts_in(STOP, secret)
    person: Person = found(db.session.get(Person, facts[0]) if facts else None)
    return person


def stop_secret(person: Person) -> str:
    """By it the reader of a digest, and nobody else, stops them: signed, and good for ever."""
    return signed(STOP, person.id)
