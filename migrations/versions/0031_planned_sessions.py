"""Sessions can be planned, and whoever was there can note something for herself alone."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def whole(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def moment(name: str) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(), nullable=False)


def leads_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    table = "planned_sessions"
    op.create_table(
        table,
        whole("id"),
        whole("placement_id"),
        moment("starts_at"),
        whole("minutes"),
        sa.Column("form", sa.String(length=40), nullable=False),
        text("place"),
        text("agenda"),
        whole("planned_by_id"),
        moment("planned_at"),
        sa.Column("state", sa.String(length=40), nullable=False),
        whole("recorded_as_id", nullable=True),
        leads_to(table, "placement_id", "placements"),
        leads_to(table, "planned_by_id", "people"),
        leads_to(table, "recorded_as_id", "supervision_sessions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_sessions")),
    )
    op.create_index("ix_planned_sessions_placement_id_state", table, ["placement_id", "state"])
    op.create_index(op.f("ix_planned_sessions_planned_by_id"), table, ["planned_by_id"])
    op.create_index(op.f("ix_planned_sessions_recorded_as_id"), table, ["recorded_as_id"], unique=True)
    table = "private_notes"
    op.create_table(
        table,
        whole("id"),
        whole("session_id"),
        whole("author_id"),
        text("words"),
        moment("written_at"),
        leads_to(table, "session_id", "supervision_sessions"),
        leads_to(table, "author_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_notes")),
        sa.UniqueConstraint("session_id", "author_id", name=op.f("uq_private_notes_session_id_author_id")),
    )
    op.create_index(op.f("ix_private_notes_author_id"), table, ["author_id"])


def downgrade() -> None:
    op.drop_table("private_notes")
    op.drop_table("planned_sessions")
