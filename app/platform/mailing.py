"""Sends waiting mail after the transaction that queued it, when a mail server is configured."""

from contextlib import closing
from functools import partial

from flask import Flask, current_app

from app.config import Settings
from app.platform.clock import now
from app.platform.db import transaction, write_patiently
from app.platform.jobs import Queue, regular_job
from app.platform.outbox import Postman, is_any_due, note_outcome, take_next


@regular_job()
def send_mail() -> None:
    """Send what is due, one mail after the other: what became of each is written before the next is taken.

    Nothing is locked while a mail server thinks.
    """
    settings: Settings = current_app.extensions["rpe_settings"]
    if not settings.smtp_url:
        return
    with closing(Postman(settings.smtp_url, settings.mail_from)) as postman:
        while is_mail_due() and (letter := write_patiently(lambda session: take_next(session, now()))):
            write_patiently(partial(note_outcome, letter=letter, complaint=postman.deliver(letter), now=now()))


def is_mail_due() -> bool:
    with transaction(writing=False) as session:
        return is_any_due(session, now())


def send_after_commits(app: Flask, settings: Settings) -> None:
    """Let every transaction that queued mail be followed by sending it, unless a worker looks for it."""
    queue: Queue = app.extensions["rpe_queue"]
    app.extensions["rpe_send_mail"] = (
        (lambda: send_at_once(app)) if settings.smtp_url and queue.is_at_once else (lambda: None)
    )


def send_at_once(app: Flask) -> None:
    """What was done is committed, so a failure here is noted and breaks nothing."""
    try:
        with app.app_context():
            send_mail()
    except Exception:
        app.logger.exception("Mail could not be sent at once")
