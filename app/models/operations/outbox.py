"""Messages that wait to be sent, and what became of them."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Message(Base):
    """An email to one person; `sent_at` is set once a mail server took it, and `try_from` says when to try (again).

    `tries` counts all of them, `attempts` those that a server refused for good.

    `about` names what many mails were written for, so that those not sent yet can be withdrawn together.

    `secret` is a part of the body, such as a one-time link, that is kept no longer than it must be.

    `unsubscribe` is the address, if any, at which mail programs let its reader stop mails of this kind; it holds a
    secret too.
    """

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_recipient_queued_at", "recipient", "queued_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    queued_at: Mapped[datetime]
    try_from: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    complaint: Mapped[str] = mapped_column(default="")
    secret: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="", server_default="", index=True)
    withdrawn_at: Mapped[datetime | None]
    unsubscribe: Mapped[str] = mapped_column(default="", server_default="")

    def shown(self, with_secret: bool) -> str:
        """The body, as whoever looks after the outbox may read it."""
        if with_secret or not self.secret:
            return self.body
        return self.body.replace(self.secret, "[shown to nobody but its reader]")

    def note_sent(self, now: datetime) -> None:
        """A server took it: from now on only its reader knows the secret."""
        self.sent_at, self.complaint, self.unsubscribe = now, "", ""
        if self.secret:
            self.body, self.secret = self.body.replace(self.secret, "[removed after sending]"), ""
