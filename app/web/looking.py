"""Notes in the audit trail what is downloaded, and whose record somebody else opens."""

from flask import Flask, Response, current_app, request
from flask_login import current_user

from app.models import Base
from app.models.people import Person
from app.platform.audit import record
from app.platform.clock import now
from app.platform.db import db, write_patiently
from app.platform.looking import note_opened
from app.web.access import Permission, signed_in

# With these, people reach what is their own and nothing else.
OF_ONES_OWN = frozenset(
    {Permission.USE_OWN_ACCOUNT, Permission.REQUEST_PLACEMENT, Permission.LOG_HOURS, Permission.SEE_OWN_PROGRESS}
)


def note_downloads(app: Flask) -> None:
    """Let every file that leaves the service, but for what is of whoever takes it, leave a line in the audit trail."""
    app.after_request(note_download)


def note_download(response: Response) -> Response:
    """Written before anything is sent: where the line cannot be written, no file leaves."""
    view = current_app.view_functions.get(request.endpoint or "")
    access = getattr(view, "access", None)
    kind, _, rest = response.headers.get("Content-Disposition", "").partition(";")
    if kind == "attachment" and response.status_code == 200 and access and access not in OF_ONES_OWN:
        person, moment, file = current_user.person, now(), rest.partition("=")[2].strip('"')
        write_patiently(lambda session: record(session, person, "downloaded a file", now=moment, file=file))
    return response


def note_opening(subject: Base, whose: Person) -> None:
    """Note that whoever is signed in has opened a record of somebody else; one line a day."""
    if signed_in().id != whose.id:
        note_opened(db.session(), signed_in(), subject, now=now(), name=whose.name)
