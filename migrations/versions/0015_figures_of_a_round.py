"""What was counted for a round is kept with the fingerprint that it had; lists by state and date have an index."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INDEXES = (
    ("offers", "state", "answer_by"),
    ("placements", "state", "ends_on"),
    ("placement_requests", "round_id", "state"),
)


def upgrade() -> None:
    op.create_table(
        "round_figures",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("fingerprint_with_texts", sa.Text(), nullable=False),
        sa.Column("counted_at", sa.DateTime(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("without_opening", sa.Integer(), nullable=False),
        sa.Column("undecided", sa.JSON(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["match_rounds.id"], name=op.f("fk_round_figures_round_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_round_figures")),
    )
    for table, *columns in INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)


def downgrade() -> None:
    for table, *columns in INDEXES:
        op.drop_index(f"ix_{table}_{'_'.join(columns)}", table)
    op.drop_table("round_figures")
