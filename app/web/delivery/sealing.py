"""The key with which this service seals what it gives out, made first where it is only tried out and has none."""

from flask import current_app

from app.config import Settings
from app.platform.clock import now
from app.platform.db import db, short_write
from app.platform.sealing.keys import SigningKey
from app.platform.sealing.service_key import has_to_make_one, key_to_issue_with, make_key


def key_of_service() -> SigningKey:
    """Only for views that write at the end; raises Refused, in words for whoever asks, where there is no key."""
    settings: Settings = current_app.extensions["rpe_settings"]
    if has_to_make_one(db.session(), settings):
        with short_write() as session:
            make_key(session, None, settings, now())
    return key_to_issue_with(db.session(), settings)
