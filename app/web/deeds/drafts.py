"""Lets a browser keep what somebody types, so that nobody else can read it, until the form has been taken.

The script `drafts.js` keeps it, encrypted with a key that only pages of that person carry: on a shared computer the
next person finds nothing that she could read.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from flask import Flask, Response, current_app, request
from flask_login import current_user

from app.platform.db import WRITING_METHODS
from app.web.deeds.once import key_sent

COOKIE = "taken-form"
SECONDS_KEPT = 24 * 60 * 60
TOLD_AT_MOST = 10


def tell_of_drafts(app: Flask) -> None:
    """Let pages find the key, and tell a browser which form was taken."""
    app.jinja_env.globals.update(draft_key=draft_key)
    app.after_request(tell_what_was_taken)


def draft_key() -> str:
    """What encrypts the drafts of whoever is signed in, 256 bits; the same in each of her sessions."""
    if not current_user.is_authenticated:
        return ""
    secret, whose = str(current_app.secret_key).encode(), f"drafts of {current_user.person.id}".encode()
    return urlsafe_b64encode(hmac.digest(secret, whose, hashlib.sha256)).decode()


def tell_what_was_taken(response: Response) -> Response:
    """The key of a form that did its deed, in a cookie until a script reads it: its draft is not needed any more."""
    if request.method in WRITING_METHODS and response.status_code < 400 and (key := key_sent()):
        told = [known for known in request.cookies.get(COOKIE, "").split(".") if known.isalnum()]
        keys = ".".join([*told, key][-TOLD_AT_MOST:])
        is_secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(COOKIE, keys, max_age=SECONDS_KEPT, secure=is_secure, samesite="Lax")
    return response
