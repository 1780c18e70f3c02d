"""Browsers in which somebody is signed in, without going through the page to sign in."""

import secrets
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import delete, insert
from sqlalchemy.engine import Connection
from werkzeug.test import TestResponse

from app.models.operations.sign_ins import SignIn
from app.models.people import digest_of_secret
from app.platform.clock import now
from app.platform.db import TransactionalFlask, db

BROWSER = "Firefox on Linux"


class Browser(FlaskClient):
    """Reads each answer to its end: a file that comes in pieces keeps its request and its transaction until then."""

    def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> TestResponse:
        return super().open(*args, buffered=buffered, **kwargs)


def browser_of(app: TransactionalFlask, person_id: int, token: str = "") -> FlaskClient:
    """A browser with a session of its own that has just begun; with a `token`, the one session that has it."""
    token = token or secrets.token_hex()
    with app.app_context(), db.engine.begin() as connection:
        begin_sign_in(connection, app, person_id, token)
    browser = app.test_client()
    with browser.session_transaction() as kept:
        kept.update({"_user_id": token, "_fresh": True})
    return browser


def begin_sign_in(connection: Connection, app: TransactionalFlask, person_id: int, token: str) -> None:
    with app.app_context():
        moment, digest = now(), digest_of_secret(token)
    values = {"person_id": person_id, "browser": BROWSER, "began_at": moment, "seen_at": moment}
    connection.execute(delete(SignIn).where(SignIn.token_digest == digest))
    connection.execute(insert(SignIn).values(token_digest=digest, **values))
