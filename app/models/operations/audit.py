"""The audit trail: who did what to which record, and when; lines are added and never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, ForeignKey, Index, event
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from app.models.base import Base
from app.models.values.folded_names import folded_together


def folded_names_of(context: DefaultExecutionContext) -> str:
    values = context.get_current_parameters()
    return folded_together(values["actor_name"], values.get("subject_name"))


class AuditLine(Base):
    """One deed of one person (or of the system, where there is none); searches look in `folded_names`."""

    __tablename__ = "audit_lines"
    __table_args__ = (
        Index("ix_audit_lines_actor_id_at", "actor_id", "at"),
        Index("ix_audit_lines_deed_id", "deed", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    actor_name: Mapped[str]
    deed: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[int | None]
    subject_name: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    folded_names: Mapped[str] = mapped_column(default=folded_names_of)


@event.listens_for(AuditLine, "before_update")
@event.listens_for(AuditLine, "before_delete")
def refuse_to_change_history(mapper: Mapper[AuditLine], connection: Connection, line: AuditLine) -> None:
    raise ValueError("an audit line is never changed or removed")
