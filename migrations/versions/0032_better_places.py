"""A learner who has a place can move up to a free one that she ranked higher, where the round says so."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

TABLE = "better_places"
WAITS = sa.text("state = 'waiting for an answer'")


def whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def moment(name: str, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(), nullable=nullable)


def leads_to(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{TABLE}_{column}"))


def upgrade() -> None:
    op.add_column("match_rounds", sa.Column("moves_up", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        TABLE,
        whole("id"),
        whole("round_id"),
        whole("offer_id"),
        whole("opening_id"),
        whole("from_opening_id"),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        moment("offered_at"),
        moment("ended_at", nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("broken_by", sa.String(length=40), nullable=False),
        leads_to("round_id", "match_rounds"),
        leads_to("offer_id", "offers"),
        leads_to("opening_id", "openings"),
        leads_to("from_opening_id", "openings"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("offer_id", "opening_id", "from_opening_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    op.create_index("ix_better_places_round_id_state", TABLE, ["round_id", "state"])
    op.create_index("ix_better_places_state_answer_by", TABLE, ["state", "answer_by"])
    op.create_index(
        "uq_better_places_waiting", TABLE, ["offer_id"], unique=True, sqlite_where=WAITS, postgresql_where=WAITS
    )


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_column("match_rounds", "moves_up")
