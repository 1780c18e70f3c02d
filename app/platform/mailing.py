"""Sends waiting mail after the transaction that queued it, when a mail server is configured."""

from flask import Flask, current_app

from app.config import Settings
from app.platform.clock import now
from app.platform.db import transaction
from app.platform.jobs import Queue, regular_job
from app.platform.outbox import deliver, note_outcomes, take_waiting


@regular_job
def send_mail() -> None:
    """Send what waits in the outbox; nothing is locked while a mail server thinks."""
    settings: Settings = current_app.extensions["rpe_settings"]
    while settings.smtp_url:
        with transaction() as session:
            letters = take_waiting(session, now())
        if not letters:
            return
        complaints = deliver(letters, settings.smtp_url, settings.mail_from)
        with transaction() as session:
            note_outcomes(session, complaints, now())


def send_after_commits(app: Flask, settings: Settings) -> None:
    """Let every transaction that queued mail be followed by sending it."""
    queue: Queue = app.extensions["rpe_queue"]
    app.extensions["rpe_send_mail"] = (lambda: queue.put(send_mail)) if settings.smtp_url else (lambda: None)
