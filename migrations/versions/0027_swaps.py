"""Two learners of a round can swap their places: the codes by which they find each other, and the swaps."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

GOOD = sa.text("ended_at IS NULL")
OPEN = sa.text("state IN ('waiting for the other learner', 'waiting for a coordinator')")


def whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def moment(name: str, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(), nullable=nullable)


def words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def to(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "swap_codes",
        whole("id"),
        whole("offer_id"),
        words("code"),
        moment("made_at"),
        moment("ended_at", nullable=True),
        to("swap_codes", "offer_id", "offers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_swap_codes_code")),
    )
    op.create_index(op.f("ix_swap_codes_offer_id"), "swap_codes", ["offer_id"])
    op.create_index(
        "uq_swap_codes_good", "swap_codes", ["offer_id"], unique=True, sqlite_where=GOOD, postgresql_where=GOOD
    )
    op.create_table(
        "swaps",
        whole("id"),
        whole("round_id"),
        whole("one_id"),
        whole("other_id"),
        whole("one_opening_id"),
        whole("other_opening_id"),
        words("one_agreed_to"),
        words("other_agreed_to"),
        sa.Column("state", sa.String(length=40), nullable=False),
        moment("asked_at"),
        moment("ended_at", nullable=True),
        words("answer"),
        to("swaps", "round_id", "match_rounds"),
        to("swaps", "one_id", "offers"),
        to("swaps", "other_id", "offers"),
        to("swaps", "one_opening_id", "openings"),
        to("swaps", "other_opening_id", "openings"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swaps")),
    )
    for column in ("one_id", "other_id", "one_opening_id", "other_opening_id"):
        op.create_index(op.f(f"ix_swaps_{column}"), "swaps", [column])
    op.create_index("ix_swaps_round_id_state", "swaps", ["round_id", "state"])
    op.create_index("uq_swaps_open", "swaps", ["one_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    op.drop_table("swaps")
    op.drop_table("swap_codes")
