"""Mentors name deputies, and one session can be that of several learners."""

from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

MEETINGS, PLANS, GROUPS, DEPUTIES = "supervision_sessions", "planned_sessions", "group_meetings", "deputies"
ADDED = (
    (MEETINGS, "deputy_id", "people"),
    (MEETINGS, "answered_by_id", "people"),
    (MEETINGS, "group_id", GROUPS),
    (PLANS, "group_id", GROUPS),
)


def whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def day(name: str) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=False)


def moment(name: str) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(), nullable=False)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def leads_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        GROUPS,
        whole("id"),
        whole("made_by_id"),
        moment("made_at"),
        text("form_key"),
        leads_to(GROUPS, "made_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{GROUPS}")),
        sa.UniqueConstraint("form_key", name=op.f(f"uq_{GROUPS}_form_key")),
    )
    op.create_index(op.f(f"ix_{GROUPS}_made_by_id"), GROUPS, ["made_by_id"])
    op.create_table(
        DEPUTIES,
        whole("id"),
        whole("placement_id"),
        whole("person_id"),
        whole("named_by_id"),
        day("starts_on"),
        day("ends_on"),
        text("reason"),
        sa.Column("state", sa.String(length=40), nullable=False),
        moment("named_at"),
        leads_to(DEPUTIES, "placement_id", "placements"),
        leads_to(DEPUTIES, "person_id", "people"),
        leads_to(DEPUTIES, "named_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{DEPUTIES}")),
    )
    op.create_index(f"ix_{DEPUTIES}_placement_id_state", DEPUTIES, ["placement_id", "state"])
    op.create_index(f"ix_{DEPUTIES}_person_id_state", DEPUTIES, ["person_id", "state"])
    op.create_index(op.f(f"ix_{DEPUTIES}_named_by_id"), DEPUTIES, ["named_by_id"])
    for table, column, other in ADDED:
        # As one statement, for which SQLite need not make the table anew.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT fk_{table}_{column} REFERENCES {other} (id)"
        )
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table, column, _ in reversed(ADDED):
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    op.drop_table(DEPUTIES)
    op.drop_table(GROUPS)
