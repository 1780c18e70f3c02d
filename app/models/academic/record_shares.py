"""A learner lets the academics of a university read the records of her earlier placements elsewhere."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.programmes import Provider


class RecordShare(Base):
    """One agreement from a moment on; she ends it whenever she likes, and may agree again, which is another row."""

    __tablename__ = "record_shares"
    __table_args__ = (
        Index(
            "uq_record_shares_standing",
            "learner_id",
            "provider_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), index=True)
    agreed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    provider: Mapped[Provider] = relationship()
