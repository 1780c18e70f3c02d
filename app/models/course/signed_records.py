"""Records of placements as they were signed and given out, and the keys by which anybody can tell them."""

import enum
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, ForeignKey, Index, LargeBinary, UniqueConstraint, event, inspect, text
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from app.models.base import Base
from app.models.course.sign_offs import SignOff
from app.models.placements import Placement


class RecordKey(Base):
    """The public half of a key with which records were signed; it stays for ever, so that old ones can be checked.

    `id` is the thumbprint of its numbers. The newest one signs. One that `is_for_trial` was made by a service that is
    tried out, by itself: what it signed proves nothing.
    """

    __tablename__ = "record_keys"

    id: Mapped[str] = mapped_column(primary_key=True)
    jwk: Mapped[dict[str, Any]] = mapped_column(JSON)
    certificate: Mapped[str]
    made_at: Mapped[datetime]
    is_for_trial: Mapped[bool]

    warning: Mapped["KeyWarning | None"] = relationship(lazy="joined", viewonly=True)

    def is_compromised_at(self, moment: datetime) -> bool:
        """True of what was signed at that moment, and of all whose moment nobody can tell."""
        return self.warning is not None and self.warning.compromised_from <= moment


class KeyWarning(Base):
    """From which moment on a key is not to be believed, because somebody else may have it; said once, for ever.

    What this service knows to have signed with it before stands, byte for byte; of all else nobody can tell.
    """

    __tablename__ = "key_warnings"

    key_id: Mapped[str] = mapped_column(ForeignKey("record_keys.id"), primary_key=True)
    compromised_from: Mapped[datetime]
    said_at: Mapped[datetime]


class RecordState(enum.Enum):
    """Whether a record is the newest of its placement; what became of its sign-off is for that to say."""

    VALID = "valid"
    SUPERSEDED = "superseded"


class IssuedRecord(Base):
    """The record of a placement as it was given out once; of each placement one is valid at a time.

    `address` is the last part of the address at which anybody is told how it stands: random, so that nobody comes upon
    it who was not shown the record. It rests on a sign-off, and stands no longer than that. `content_digest` is that of
    the record itself, and tells whether anything was corrected since; the others are of the file and of its PDF.
    """

    __tablename__ = "issued_records"
    __table_args__ = (
        UniqueConstraint("placement_id", "number"),
        Index(
            "uq_issued_records_valid",
            "placement_id",
            unique=True,
            sqlite_where=text("state = 'valid'"),
            postgresql_where=text("state = 'valid'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    number: Mapped[int]
    sign_off_id: Mapped[int] = mapped_column(ForeignKey("sign_offs.id"), index=True)
    address: Mapped[str] = mapped_column(unique=True)
    key_id: Mapped[str] = mapped_column(ForeignKey("record_keys.id"), index=True)
    state: Mapped[RecordState] = mapped_column(index=True)
    content_digest: Mapped[str]
    file_digest: Mapped[str]
    pdf_digest: Mapped[str] = mapped_column(unique=True)
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    issued_by_name: Mapped[str]

    placement: Mapped[Placement] = relationship()
    sign_off: Mapped[SignOff] = relationship()
    key: Mapped[RecordKey] = relationship()


class IssuedFile(Base):
    """The file of a record, kept as it was given out: signed again it would be another one."""

    __tablename__ = "issued_files"

    record_id: Mapped[int] = mapped_column(ForeignKey("issued_records.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)

    record: Mapped[IssuedRecord] = relationship()


def new_address() -> str:
    return secrets.token_urlsafe(16)


@event.listens_for(RecordKey, "before_update")
@event.listens_for(KeyWarning, "before_update")
@event.listens_for(KeyWarning, "before_delete")
@event.listens_for(RecordKey, "before_delete")
@event.listens_for(IssuedFile, "before_update")
@event.listens_for(IssuedRecord, "before_delete")
def refuse_to_change_what_was_given_out(mapper: Mapper[Base], connection: Connection, row: Base) -> None:
    raise ValueError("a key, and a record that was given out, are never changed or removed")


@event.listens_for(IssuedRecord, "before_update")
def refuse_all_but_another_state(mapper: Mapper[IssuedRecord], connection: Connection, row: IssuedRecord) -> None:
    if {one.key for one in inspect(row).attrs if one.history.has_changes()} - {"state"}:
        raise ValueError("of a record that was given out nothing changes but its state")
