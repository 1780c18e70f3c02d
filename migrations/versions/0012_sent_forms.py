"""A form that was sent twice does its deed once."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sent_forms",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("led_to", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sent_forms_person_id")),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_sent_forms")),
    )
    op.create_index(op.f("ix_sent_forms_person_id"), "sent_forms", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("sent_forms")
