"""Updates by email: what is written to everybody who wants to hear of a topic, and who that is."""

import enum
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import JSON, BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person, digest_of_secret

MARK_BITS = 62


class UpdateTopic(enum.Enum):
    """What somebody can ask to hear of."""

    PATHWAYS = "New pathways and cohorts"
    BURSARIES = "Calls for bursaries"
    ROUNDS = "Match rounds"


class UpdateStanding(enum.Enum):
    """How far an update has come."""

    DRAFT = "not sent yet"
    SENT = "sent"
    DISCARDED = "discarded"


class PublicUpdate(Base):
    """One update; once it is sent everybody can read it, and `reached` says how many got it by email."""

    __tablename__ = "public_updates"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[UpdateStanding] = mapped_column(index=True)
    topic: Mapped[UpdateTopic]
    subject: Mapped[str]
    words: Mapped[str]
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    sent_at: Mapped[datetime | None]
    reached: Mapped[int | None]

    written_by: Mapped[Person] = relationship()


class UpdateRegistration(Base):
    """That somebody has entered an address; it counts once the link that was mailed there was used in time.

    `topics` are the names of what was chosen. Only a digest of the link's secret is kept.
    """

    __tablename__ = "update_registrations"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(index=True)
    topics: Mapped[list[str]] = mapped_column(JSON)
    secret_digest: Mapped[str] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    def issue(
        cls, email: str, topics: Collection[UpdateTopic], now: datetime, life: timedelta
    ) -> tuple["UpdateRegistration", str]:
        """A registration that waits, and the secret of its link."""
        secret = secrets.token_urlsafe(32)
        names = [topic.name for topic in UpdateTopic if topic in topics]
        times = {"asked_at": now, "expires_at": now + life}
        return cls(email=email, topics=names, secret_digest=digest_of_secret(secret), **times), secret

    @property
    def chosen(self) -> frozenset[UpdateTopic]:
        return frozenset(UpdateTopic[name] for name in self.topics)


class Subscriber(Base):
    """An address whose reader has said herself that she wants updates, until she stops them: then the row is gone.

    `mark` is what the links in her mails know her by: a number is not given to anybody again, as an id could be.
    """

    __tablename__ = "subscribers"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    mark: Mapped[int] = mapped_column(BigInteger, unique=True, default=lambda: secrets.randbits(MARK_BITS))
    confirmed_at: Mapped[datetime]

    topic_rows: Mapped[list["SubscriberTopic"]] = relationship(
        cascade="all, delete-orphan", order_by="SubscriberTopic.topic"
    )

    @property
    def topics(self) -> frozenset[UpdateTopic]:
        return frozenset(row.topic for row in self.topic_rows)

    def choose(self, topics: frozenset[UpdateTopic]) -> None:
        """Let her hear of these and no others; what stays keeps its row."""
        kept = [row for row in self.topic_rows if row.topic in topics]
        self.topic_rows = kept + [SubscriberTopic(topic=one) for one in UpdateTopic if one in topics - self.topics]


class SubscriberTopic(Base):
    """That a subscriber wants to hear of a topic."""

    __tablename__ = "subscriber_topics"

    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscribers.id"), primary_key=True)
    topic: Mapped[UpdateTopic] = mapped_column(primary_key=True, index=True)


class SilencedAddress(Base):
    """That nothing about updates may go to an address: of the address only a digest is kept."""

    __tablename__ = "silenced_addresses"

    digest: Mapped[str] = mapped_column(primary_key=True)
    silenced_at: Mapped[datetime]
