"""A form does its deed once, however often it is sent; sent again, it leads to where it led the first time."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import uuid4

from flask import Response, g, make_response, request
from sqlalchemy import delete

from app.models.operations.sendings import SentForm
from app.models.people import Person
from app.platform.clock import now
from app.platform.db import WRITING_METHODS, db, is_written_at_the_end
from app.web.deeds.messages import flash
from app.web.htmx import go_to

View = TypeVar("View", bound=Callable[..., Any])

FORM_KEY = "form_key"
NOT_SAID = frozenset({"csrf_token", "filled_by", FORM_KEY})  # what a form carries, and nobody has typed
KEPT_FOR = timedelta(days=2)
SENT_BEFORE = "You had sent this already. It was done once, and nothing more was done now."


def form_key() -> str:
    """A key for a form that is shown: a new one, or that of the form which was just sent and is shown again."""
    key: str = g.get("new_form_key") or key_sent() or uuid4().hex
    return key


def renew_form_key() -> None:
    """Let the form that is shown again count as another one."""
    g.new_form_key = uuid4().hex


def key_sent() -> str:
    """The key of the form of this request; empty when it has none that we could have made."""
    key = request.form.get(FORM_KEY, "")
    return key if re.fullmatch("[0-9a-zA-Z ]{16,64}", key) else ""


def once(person: Person, deed: Callable[[], Any]) -> Response:
    """The answer of `deed`; where this form has done it before, the way to what came of it.

    The key is written before the deed is done: who sends the same at the same moment waits for it. A form that says
    something else by now, by way of the Back button, is another deed.
    """
    session, mark, said = db.session(), mark_of(person, key_sent()), what_was_said()
    sent = session.get(SentForm, mark)
    if sent and sent.said == said:
        flash(SENT_BEFORE)
        return go_to(sent.led_to)
    if sent is None:
        forget_old_ones(person)
        sent = SentForm(mark=mark, person_id=person.id)
        session.add(sent)
    sent.said, sent.sent_at = said, now()
    session.flush()
    response = make_response(deed())
    sent.led_to = response.headers.get("HX-Redirect", response.location or "")
    if not sent.led_to and sent in session:  # a view that undid everything has undone it as well
        session.expunge(sent) if response.status_code >= 400 else session.delete(sent)
    return response


def asks_when_sent_again(view: View) -> View:
    """Mark a view that keeps the key with what it makes, and knows better what became of that."""
    view.asks_when_sent_again = True  # type: ignore[attr-defined]
    return view


def is_sent_once(view: Callable[..., Any]) -> bool:
    """True for a form with a key whose deed stands in this transaction: what writes at the end sees to it itself."""
    sees_to_it = is_written_at_the_end(view) or getattr(view, "asks_when_sent_again", False)
    return request.method in WRITING_METHODS and bool(key_sent()) and not sees_to_it


def forget_old_ones(person: Person) -> None:
    """Each person clears up after herself, so that nobody waits for anybody."""
    old = SentForm.sent_at < now() - KEPT_FOR
    db.session.execute(delete(SentForm).where(SentForm.person_id == person.id, old))


def mark_of(person: Person, key: str) -> str:
    return digest([str(person.id), request.path, key])


def what_was_said() -> str:
    """A digest of everything that was typed or chosen, files included."""
    fields = [pair for pair in request.form.items(multi=True) if pair[0] not in NOT_SAID]
    files = []
    for name, file in request.files.items(multi=True):
        files.append((name, file.filename, hashlib.file_digest(file.stream, "sha256").hexdigest()))  # type: ignore[arg-type]
        file.seek(0)
    return digest([request.full_path, fields, files])


def digest(of: list[Any]) -> str:
    return hashlib.sha256(json.dumps(of).encode()).hexdigest()
