"""What became of records: each move from one state to the next, with who made it; rows are added and never changed."""

from datetime import datetime

from sqlalchemy import Connection, ForeignKey, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from app.models.base import Base


class StateChange(Base):
    """One move of one record; `number` counts those of the record from 1.

    It names its record and its actor without leaning on them: the story outlives the people in it. Other than an audit
    line, it may hold the reason that its actor wrote, and is shown to those who see the record.
    """

    __tablename__ = "state_changes"
    __table_args__ = (UniqueConstraint("subject_type", "subject_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_type: Mapped[str]
    subject_id: Mapped[int]
    number: Mapped[int]
    deed: Mapped[str]
    state_before: Mapped[str]
    state_after: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    actor_name: Mapped[str]
    party: Mapped[str]
    at: Mapped[datetime]


@event.listens_for(StateChange, "before_update")
@event.listens_for(StateChange, "before_delete")
def refuse_to_change_history(mapper: Mapper[StateChange], connection: Connection, change: StateChange) -> None:
    raise ValueError("a change of state is never changed or removed")
