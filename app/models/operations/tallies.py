"""Counts of what was tried, which every process of the service shares."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Tally(Base):
    """How often something was tried until `ends_at`, when it counts no more; `key` is a digest of what and whence."""

    __tablename__ = "tallies"

    key: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(index=True)
