"""Questions to runs with their answers; a run that clashes keeps the facts of its clash."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KINDS = ("what if", "why this one", "what pins cost", "where places are short")
STATES = ("waiting", "answered", "failed")


def upgrade() -> None:
    op.create_table(
        "run_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="questionkind", native_enum=False, length=40), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("state", sa.Enum(*STATES, name="questionstate", native_enum=False, length=40), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("complaint", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_questions_run_id")),
        sa.ForeignKeyConstraint(["request_id"], ["placement_requests.id"], name=op.f("fk_run_questions_request_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_run_questions_asked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_questions")),
    )
    op.create_index("ix_run_questions_of", "run_questions", ["run_id", "kind", "request_id"])
    op.create_index(op.f("ix_run_questions_request_id"), "run_questions", ["request_id"])
    op.add_column("runs", sa.Column("clash", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_table("run_questions")
    op.drop_column("runs", "clash")
