"""Anybody asks for updates by email, an administrator writes them, and whoever no longer wants them is forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "public_updates",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(length=40), nullable=False) for name in ("state", "topic")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("subject", "words")),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_public_updates_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_updates")),
    )
    for column in ("state", "written_by_id"):
        op.create_index(op.f(f"ix_public_updates_{column}"), "public_updates", [column])
    op.create_table(
        "update_registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("secret_digest", sa.Text(), nullable=False),
        *(sa.Column(name, sa.DateTime(), nullable=False) for name in ("asked_at", "expires_at")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_registrations")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_update_registrations_secret_digest")),
    )
    for column in ("email", "expires_at"):
        op.create_index(op.f(f"ix_update_registrations_{column}"), "update_registrations", [column])
    op.create_table(
        "subscribers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscribers")),
        *(sa.UniqueConstraint(column, name=op.f(f"uq_subscribers_{column}")) for column in ("email", "mark")),
    )
    op.create_table(
        "subscriber_topics",
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscribers.id"], name=op.f("fk_subscriber_topics_subscriber_id")),
        sa.PrimaryKeyConstraint("subscriber_id", "topic", name=op.f("pk_subscriber_topics")),
    )
    op.create_index(op.f("ix_subscriber_topics_topic"), "subscriber_topics", ["topic"])
    op.create_table(
        "silenced_addresses",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("silenced_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_silenced_addresses")),
    )


def downgrade() -> None:
    for table in ("silenced_addresses", "subscriber_topics", "subscribers", "update_registrations", "public_updates"):
        op.drop_table(table)
