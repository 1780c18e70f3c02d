"""Mail: queued within a transaction, sent after it, kept for the administrator to read."""

import hashlib
import smtplib
import ssl
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from sqlalchemy import ColumnElement, and_, case, or_, select, update
from sqlalchemy.orm import Session

from app.language.mail import Mail
from app.models.base import insert_rows
from app.models.operations.outbox import Message

ATTEMPTS_MAX = 5  # refusals for good, after which a mail is given up
LEASE = timedelta(minutes=3)  # who takes a mail has so long to send it; longer than a server can take without a timeout
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
CONNECT_SECONDS = 10
LINE_MAX = 998  # characters in a line of a mail (RFC 5322, 2.1.1)
FORGOTTEN = "somebody who asked to be forgotten"  # stands where an address was
MAIL_WAITS = "mail waits"  # the mark on a session that tells the end of its transaction to send mail


@dataclass(frozen=True, slots=True)
class Letter:
    """A message on its way to the server; its mark is the same each time that it is handed over."""

    message_id: int
    mark: str
    recipient: str
    subject: str
    body: str
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a letter was not taken; `is_final` where a server refused it for good, `is_away` where none was reached."""

    text: str
    is_final: bool
    is_away: bool = False


def queue_message(
    session: Session,
    recipient: str,
    mail: Mail,
    now: datetime,
    secret: str = "",
    unsubscribe: str = "",
    about: str = "",
) -> Message:
    """Write an email that will be sent once the transaction has been committed.

    `secret` is a part of the body that nobody but its reader should see: it is blotted out when a server took the mail.
    `unsubscribe` is the address at which her mail program can stop mails of this kind. `about` is what
    `forget_recipient` finds it by.
    """
    message = Message(**row_of(recipient, mail, now, about), secret=secret, unsubscribe=unsubscribe)
    session.add(message)
    session.info[MAIL_WAITS] = True
    return message


def queue_messages(session: Session, mails: Iterable[tuple[str, Mail]], now: datetime, about: str = "") -> None:
    """The same for many, each with its recipient, in one statement; `about` is what `withdraw_unsent` finds them by."""
    queue_rows(session, [row_of(recipient, mail, now, about) for recipient, mail in mails])


def queue_stoppable(
    session: Session, mails: Iterable[tuple[str, Mail, str, str]], now: datetime, about: str = ""
) -> None:
    """The same for many that their readers can stop: recipient, mail, the secret in it, and where it is stopped."""
    queue_rows(
        session,
        [
            row_of(recipient, mail, now, about) | {"secret": secret, "unsubscribe": unsubscribe}
            for recipient, mail, secret, unsubscribe in mails
        ],
    )


def queue_rows(session: Session, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        insert_rows(session, Message, rows)
        session.info[MAIL_WAITS] = True


def row_of(recipient: str, mail: Mail, now: datetime, about: str) -> dict[str, Any]:
    return {
        "recipient": recipient,
        "subject": " ".join(mail.subject.split()),
        "body": mail.body,
        "queued_at": now,
        "try_from": now,
        "about": about,
    }


def forget_recipient(session: Session, recipient: str, about: str, now: datetime) -> None:
    """Send somebody nothing more about something, and keep of what was sent no longer to whom it went.

    A mail that is on its way this very moment still comes.
    """
    hers = (Message.recipient == recipient, Message.about == about)
    unsent = case((Message.sent_at.is_(None), now), else_=Message.withdrawn_at)
    session.execute(
        update(Message).where(*hers).values(recipient=FORGOTTEN, withdrawn_at=unsent),
        execution_options={"synchronize_session": False},
    )


def withdraw_unsent(session: Session, about: str, now: datetime) -> set[str]:
    """Let the mails about something that are not sent yet never be; returns who may have got one.

    One that was tried, or is on its way this very moment, may have come.
    """
    may_have_come = or_(Message.sent_at.is_not(None), Message.tries > 0, Message.try_from > now)
    reached = set(session.scalars(select(Message.recipient).where(Message.about == about, may_have_come)))
    unsent = (Message.about == about, Message.sent_at.is_(None))
    session.execute(
        update(Message).where(*unsent).values(withdrawn_at=now), execution_options={"synchronize_session": False}
    )
    return reached


def due_at(now: datetime) -> ColumnElement[bool]:
    is_wanted = Message.withdrawn_at.is_(None)
    return and_(is_wanted, Message.sent_at.is_(None), Message.attempts < ATTEMPTS_MAX, Message.try_from <= now)


def is_any_due(session: Session, now: datetime) -> bool:
    return session.scalar(select(Message.id).where(due_at(now)).limit(1)) is not None


def take_next(session: Session, now: datetime) -> Letter | None:
    """The mail that has been due longest; nobody else gets it meanwhile, unless who took it dies."""
    message = session.scalar(
        select(Message)
        .where(due_at(now))
        .order_by(Message.try_from, Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if message is None:
        return None
    message.try_from = now + LEASE
    return letter_of(message)


def letter_of(message: Message) -> Letter:
    """The mark tells mail servers and programs that a letter has come twice, whose sender died after the first time."""
    known_by = f"{message.id} {message.queued_at.isoformat()} {message.recipient}"
    mark = hashlib.sha256(known_by.encode()).hexdigest()[:32]
    return Letter(message.id, mark, message.recipient, message.subject, message.body, message.unsubscribe)


class Postman:
    """A way to the mail server: it is opened for the first letter and kept for those that follow."""

    def __init__(self, smtp_url: str, mail_from: str) -> None:
        self.smtp_url, self.mail_from = smtp_url, mail_from
        self.open = ExitStack()
        self.server: smtplib.SMTP | None = None

    def deliver(self, letter: Letter) -> Complaint | None:
        """Hand over one letter; None when the server took it. Uses no database."""
        try:
            if self.server is None:
                self.server = self.open.enter_context(connection(self.smtp_url))
            return complaint_about(self.server, letter, self.mail_from)
        except (OSError, smtplib.SMTPException) as failure:
            self.close()
            return Complaint(f"The mail server could not be reached: {failure}", is_final=False, is_away=True)

    def close(self) -> None:
        self.server = None
        with suppress(OSError, smtplib.SMTPException):
            self.open.close()


def complaint_about(server: smtplib.SMTP, letter: Letter, mail_from: str) -> Complaint | None:
    """Send one letter; raises OSError or SMTPServerDisconnected when there is nobody to talk to any more."""
    mail = EmailMessage()
    try:
        mail["From"], mail["To"], mail["Subject"] = mail_from, letter.recipient, letter.subject
        mail["Date"] = formatdate()
        mail["Message-ID"] = f"<{letter.mark}@{mail_from.rpartition('@')[2].strip('> ')}>"
        mail.set_content(letter.body)
        if letter.unsubscribe:
            let_unsubscribe(mail, letter.unsubscribe)
        server.send_message(mail)
    except smtplib.SMTPServerDisconnected:
        raise
    except (smtplib.SMTPException, ValueError) as failure:
        return Complaint(str(failure), is_final=not any(is_for_now(code) for code in codes_of(failure)))
    return None


def let_unsubscribe(mail: EmailMessage, address: str) -> None:
    """Let the reader's mail program stop such mails with one click (RFC 8058); an address is never broken in two."""
    mail["List-Unsubscribe"] = f"<{address}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.policy = mail.policy.clone(max_line_length=LINE_MAX)


def codes_of(failure: Exception) -> list[int]:
    """The answers of the server that a failure is about."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in failure.recipients.values()]
    return [failure.smtp_code] if isinstance(failure, smtplib.SMTPResponseException) else []


def is_for_now(code: int) -> bool:
    """True when the server says that it may take the same mail later (RFC 5321, 4.2.1)."""
    return 400 <= code < 500


def note_outcome(session: Session, letter: Letter, complaint: Complaint | None, now: datetime) -> None:
    """Write what became of a mail; only what a server refused for good brings it nearer to being given up."""
    message = session.get_one(Message, letter.message_id)
    message.tries += 1
    if complaint is None:
        message.note_sent(now)
        return
    message.complaint = complaint.text
    message.attempts += complaint.is_final
    message.try_from = now + pause_after(message.tries)
    if complaint.is_away:
        let_others_wait(session, message, now)


def let_others_wait(session: Session, message: Message, now: datetime) -> None:
    """While no server can be reached one mail is enough to find out; the others are due soon after it."""
    session.execute(
        update(Message)
        .where(due_at(now), Message.id != message.id)
        .values(try_from=message.try_from, complaint=message.complaint),
        execution_options={"synchronize_session": False},
    )


def pause_after(tries: int) -> timedelta:
    """A minute, then twice as long each time, up to four hours."""
    return min(FIRST_PAUSE * 2 ** min(tries - 1, 10), LONGEST_PAUSE)


def try_message_again(session: Session, message: Message, now: datetime) -> None:
    """Let a mail that no server took be tried from the start."""
    message.attempts, message.tries, message.try_from = 0, 0, now
    session.info[MAIL_WAITS] = True


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
