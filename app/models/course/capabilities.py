"""The Capabilities in Practice of a programme, and how far a learner and her mentor find that she has come in each."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import Programme


class CapabilityLevel(enum.Enum):
    """The four levels of the NIHR Integrated Workforce Framework, from the first to the highest."""

    AWARENESS = "awareness"
    CORE = "core"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Rater(enum.Enum):
    """Whose view of the learner a rating is."""

    LEARNER = "learner"
    MENTOR = "mentor"


class Capability(Base):
    """Something that learners of a programme show in practice; `position` is its place in the list, from 1.

    Its words may change: what was said about it before keeps the wording of its time. One that is retired is asked of
    nobody any more, and what was said about it stays.
    """

    __tablename__ = "capabilities"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    position: Mapped[int]
    retired_at: Mapped[datetime | None]

    programme: Mapped[Programme] = relationship()
    wordings: Mapped[list["CapabilityWording"]] = relationship(
        back_populates="capability", order_by="CapabilityWording.number"
    )

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None

    @property
    def wording(self) -> "CapabilityWording":
        """What counts for whatever is said about it from now on."""
        return self.wordings[-1]

    @property
    def name(self) -> str:
        return self.wording.name


class CapabilityWording(Base):
    """What a capability was called and how it was described, from a moment on; never changed.

    Without `said_by` it comes from the starting set, and the university has confirmed it once `confirmed_at` is there.
    """

    __tablename__ = "capability_wordings"
    __table_args__ = (UniqueConstraint("capability_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    capability_id: Mapped[int] = mapped_column(ForeignKey("capabilities.id"))
    number: Mapped[int]
    name: Mapped[str]
    words: Mapped[str]
    said_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    said_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

    capability: Mapped[Capability] = relationship(back_populates="wordings")
    said_by: Mapped[Person | None] = relationship()

    @property
    def is_to_be_confirmed(self) -> bool:
        """True of words that no university has chosen yet."""
        return self.confirmed_at is None


class CapabilityRating(Base):
    """How far somebody finds that a learner has come; the newest of each rater counts, earlier ones stay as history."""

    __tablename__ = "capability_ratings"
    __table_args__ = (Index("ix_capability_ratings_placement_id", "placement_id", "wording_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    wording_id: Mapped[int] = mapped_column(ForeignKey("capability_wordings.id"), index=True)
    rater: Mapped[Rater]
    level: Mapped[CapabilityLevel]
    rated_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    rated_at: Mapped[datetime]

    placement: Mapped[Placement] = relationship()
    wording: Mapped[CapabilityWording] = relationship()
    rated_by: Mapped[Person] = relationship()
