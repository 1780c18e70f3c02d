"""Signed records that another service issued, taken as prior learning with where they came from."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, ForeignKey, LargeBinary, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.programmes import Enrolment


class RecordOfElsewhere(Base):
    """A record as a university read it for one of its learners, and took it; it gives no credit by itself.

    Until it is taken it is shown to whoever read it, counts nowhere and can be dropped. `says` is the record in the
    file. `address` is where its issuer says how it stands, and `standing` what the issuer said: empty where nobody
    asked. `key` is the public key that was believed, and `key_from` where that came from, in words.
    """

    __tablename__ = "records_of_elsewhere"
    __table_args__ = (UniqueConstraint("provider_id", "file_digest"), UniqueConstraint("provider_id", "address"))

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"), index=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"))
    holder: Mapped[str]
    name: Mapped[str]
    issuer: Mapped[str]
    issuer_name: Mapped[str]
    issued_at: Mapped[datetime]
    address: Mapped[str]
    key_id: Mapped[str]
    key: Mapped[dict[str, Any]] = mapped_column(JSON)
    key_from: Mapped[str]
    standing: Mapped[str]
    file_digest: Mapped[str]
    says: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    file: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    read_at: Mapped[datetime]
    read_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    taken_at: Mapped[datetime | None]
    taken_by_name: Mapped[str] = mapped_column(default="")

    enrolment: Mapped[Enrolment] = relationship()
    read_by: Mapped[Person] = relationship()


@event.listens_for(RecordOfElsewhere, "before_delete")
def refuse_to_remove_what_was_taken(mapper: Mapper[Base], connection: Connection, row: RecordOfElsewhere) -> None:
    if row.taken_at is not None:
        raise ValueError("a record that was taken from elsewhere is never removed")


@event.listens_for(RecordOfElsewhere, "before_update")
def refuse_all_but_taking_it(mapper: Mapper[Base], connection: Connection, row: RecordOfElsewhere) -> None:
    changed = {one.key for one in inspect(row).attrs if one.history.has_changes()}
    was_taken = any(inspect(row).attrs.taken_at.history.deleted)
    if was_taken or changed - {"taken_at", "taken_by_name"}:
        raise ValueError("of a record from elsewhere nothing changes but that it is taken, once")
