"""Anybody asks a question, and its answer can be read by everybody."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0046"
branch_labels = None
depends_on = None

TABLE = "public_questions"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(length=40), nullable=False) for name in ("state", "topic")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("words", "words_digest", "email")),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("shown", "answer", "folded")),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f(f"fk_{TABLE}_answered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_answered_by_id"), TABLE, ["answered_by_id"])
    op.create_index(f"ix_{TABLE}_state_topic", TABLE, ["state", "topic"])
    waiting = sa.text("state = 'waiting for an answer'")
    op.create_index(
        f"uq_{TABLE}_waiting", TABLE, ["words_digest"], unique=True, sqlite_where=waiting, postgresql_where=waiting
    )


def downgrade() -> None:
    op.drop_table(TABLE)
