"""Mail: queued within a transaction, sent after it, kept for the administrator to read."""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import parse_qs, unquote, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.mail import Mail
from app.models.operations.outbox import Message

ATTEMPTS_MAX = 5
TAKEN_AT_ONCE_MAX = 50
AGAIN_AFTER = timedelta(minutes=10)
CONNECT_SECONDS = 10
MAIL_WAITS = "mail waits"  # the mark on a session that tells the end of its transaction to send mail


@dataclass(frozen=True, slots=True)
class Letter:
    """A message on its way to the server."""

    message_id: int
    recipient: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a letter was not taken; `is_final` when the server refused it, and not just could not be reached."""

    text: str
    is_final: bool


def queue_message(session: Session, recipient: str, mail: Mail, now: datetime, secret: str = "") -> Message:
    """Write an email that will be sent once the transaction has been committed.

    `secret` is a part of the body that nobody but its reader should see: it is blotted out when a server took the mail.
    """
    message = Message(
        recipient=recipient,
        subject=" ".join(mail.subject.split()),
        body=mail.body,
        secret=secret,
        queued_at=now,
        try_from=now,
    )
    session.add(message)
    session.info[MAIL_WAITS] = True
    return message


def take_waiting(session: Session, now: datetime) -> list[Letter]:
    """What is due to be sent; who takes it has ten minutes, then it is due again."""
    due = session.scalars(
        select(Message)
        .where(Message.sent_at.is_(None), Message.attempts < ATTEMPTS_MAX, Message.try_from <= now)
        .order_by(Message.id)
        .limit(TAKEN_AT_ONCE_MAX)
        .with_for_update(skip_locked=True)
    ).all()
    for message in due:
        message.try_from = now + AGAIN_AFTER
    return [Letter(message.id, message.recipient, message.subject, message.body) for message in due]


def deliver(letters: Sequence[Letter], smtp_url: str, mail_from: str) -> dict[int, Complaint | None]:
    """Hand letters to the mail server; for each message, None or what went wrong. Uses no database."""
    outcomes: dict[int, Complaint | None] = {}
    try:
        with connection(smtp_url) as server:
            for letter in letters:
                outcomes[letter.message_id] = complaint_about(server, letter, mail_from)
    except (OSError, smtplib.SMTPException) as failure:
        unreached = Complaint(f"The mail server could not be reached: {failure}", is_final=False)
        return {letter.message_id: unreached for letter in letters} | outcomes
    return outcomes


def complaint_about(server: smtplib.SMTP, letter: Letter, mail_from: str) -> Complaint | None:
    """Send one letter; raises SMTPServerDisconnected when there is nobody to talk to any more."""
    mail = EmailMessage()
    try:
        mail["From"], mail["To"], mail["Subject"] = mail_from, letter.recipient, letter.subject
        mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain=mail_from.rpartition("@")[2].strip("> "))
        mail.set_content(letter.body)
        server.send_message(mail)
    except smtplib.SMTPServerDisconnected:
        raise
    except (smtplib.SMTPException, ValueError) as failure:
        return Complaint(str(failure), is_final=True)
    return None


def note_outcomes(session: Session, outcomes: dict[int, Complaint | None], now: datetime) -> None:
    """Write what became of each message; only what a server refused uses up a try."""
    for message in session.scalars(select(Message).where(Message.id.in_(outcomes))):
        complaint = outcomes[message.id]
        if complaint is None:
            message.note_sent(now)
        else:
            message.complaint = complaint.text
            message.attempts += complaint.is_final


@contextmanager
def connection(smtp_url: str) -> Iterator[smtplib.SMTP]:
    """A connection as `Settings.smtp_url` describes it."""
    address = urlsplit(smtp_url)
    host, port, safe = address.hostname or "", address.port or 0, ssl.create_default_context()
    server = (
        smtplib.SMTP_SSL(host, port, timeout=CONNECT_SECONDS, context=safe)
        if address.scheme == "smtps"
        else smtplib.SMTP(host, port, timeout=CONNECT_SECONDS)
    )
    with server:
        if "starttls" in parse_qs(address.query, keep_blank_values=True):
            server.starttls(context=safe)
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        yield server
