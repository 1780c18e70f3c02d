"""Evidence that a learner keeps for her capabilities: a note, a link, a file, an hours entry or a session."""

import enum
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.course.capabilities import CapabilityWording
from app.models.hours import HoursEntry
from app.models.placements import Placement
from app.models.supervision import SupervisionSession


class EvidenceKind(enum.Enum):
    """What a piece of evidence is."""

    NOTE = "note"
    LINK = "link"
    FILE = "file"
    HOURS = "hours entry"
    SESSION = "session"


class EvidenceState(enum.Enum):
    """Whether its learner stands by it."""

    KEPT = "kept"
    WITHDRAWN = "withdrawn"


evidence_capabilities = Table(
    "evidence_capabilities",
    Base.metadata,
    Column("evidence_id", ForeignKey("evidence.id"), primary_key=True),
    Column("wording_id", ForeignKey("capability_wordings.id"), primary_key=True, index=True),
)


class Evidence(Base):
    """One piece, added by the placement's learner, for the capabilities whose wordings it names; never changed.

    `words` say what it shows. An hours entry or a session is named as it stood: where it was corrected since, the
    newest version is meant, and the piece counts while that counts itself. `form_key` makes a double send count once.
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    kind: Mapped[EvidenceKind]
    title: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    hours_entry_id: Mapped[int | None] = mapped_column(ForeignKey("hours_entries.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("supervision_sessions.id"), index=True)
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    form_key: Mapped[str] = mapped_column(unique=True)

    placement: Mapped[Placement] = relationship()
    wordings: Mapped[list[CapabilityWording]] = relationship(
        secondary=evidence_capabilities, order_by="CapabilityWording.id"
    )
    hours_entry: Mapped[HoursEntry | None] = relationship()
    session: Mapped[SupervisionSession | None] = relationship()
    file: Mapped["EvidenceFile | None"] = relationship(back_populates="evidence")

    @property
    def state(self) -> EvidenceState:
        return EvidenceState.WITHDRAWN if self.withdrawn_at else EvidenceState.KEPT

    def enter(self, state: EvidenceState, now: datetime) -> None:
        """Note the moment that brings it into a state."""
        if state is EvidenceState.WITHDRAWN:
            self.withdrawn_at = now


class EvidenceFile(Base):
    """A file of a piece of evidence: the name it came with, and under which name its content is kept outside of here.

    `media_type` was found in the content, `digest` is the SHA-256 of it; `scanned_at` is when a virus scanner found
    nothing in it, where one is set up.
    """

    __tablename__ = "evidence_files"

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)
    name: Mapped[str]
    kept_as: Mapped[str] = mapped_column(unique=True)
    media_type: Mapped[str]
    size_bytes: Mapped[int]
    digest: Mapped[str]
    scanned_at: Mapped[datetime | None]

    evidence: Mapped[Evidence] = relationship(back_populates="file")
