"""What a solved run gave is kept in numbers, so that runs can be told apart and compared."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NUMBERS = ("learners", "placed", "could_have_first", "first_choices", "off_list", "score_sum", "pinned")


def upgrade() -> None:
    op.create_table(
        "run_figures",
        sa.Column("run_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        sa.Column("is_proved", sa.Boolean(), nullable=False),
        sa.Column("pairings", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_figures_run_id")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run_figures")),
    )


def downgrade() -> None:
    op.drop_table("run_figures")
