"""What looked like a patient's details and was kept all the same, with the reason of whoever wrote it."""

from datetime import datetime

from sqlalchemy import JSON, Connection, ForeignKey, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from app.models.base import Base


class FalseAlarm(Base):
    """One answer to a question that was asked before saving: these words identify nobody, because.

    `kinds` are the names of `DetailKind`, each once. Neither the text nor what was found in it is kept here: the record
    in which it stands has it, and `deed`, `subject_type` and `subject_id` are those of its line in the audit trail. It
    names its writer without leaning on her; who answered by a link may be nobody known here.
    """

    __tablename__ = "false_alarms"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    person_name: Mapped[str]
    at: Mapped[datetime]
    kinds: Mapped[list[str]] = mapped_column(JSON)
    reason: Mapped[str]
    deed: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[int | None]


@event.listens_for(FalseAlarm, "before_update")
@event.listens_for(FalseAlarm, "before_delete")
def refuse_to_change_what_was_said(mapper: Mapper[FalseAlarm], connection: Connection, row: FalseAlarm) -> None:
    raise ValueError("a reason for which words were kept is never changed or removed")
