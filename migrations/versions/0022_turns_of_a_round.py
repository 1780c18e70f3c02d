"""Further turns of a round, more time to answer, coded declines, and who no longer waits."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

OF_OFFERS = ("decline_kind", "more_time_at", "more_time_reason", "reminded_at")


def upgrade() -> None:
    op.create_table(
        "round_turns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("hears_by", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["match_rounds.id"], name=op.f("fk_round_turns_round_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["people.id"], name=op.f("fk_round_turns_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_turns")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_round_turns_round_id_number")),
    )
    op.create_index(op.f("ix_round_turns_opened_by_id"), "round_turns", ["opened_by_id"])
    open_ones = sa.text("published_at IS NULL AND ended_at IS NULL")
    op.create_index(
        "uq_round_turns_open",
        "round_turns",
        ["round_id"],
        unique=True,
        sqlite_where=open_ones,
        postgresql_where=open_ones,
    )
    op.add_column("match_rounds", sa.Column("more_time_days", sa.Integer(), nullable=False, server_default="5"))
    op.add_column("runs", sa.Column("turn", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("placement_requests", sa.Column("stopped_waiting_at", sa.DateTime(), nullable=True))
    op.add_column("offers", sa.Column("decline_kind", sa.String(length=40), nullable=True))
    op.add_column("offers", sa.Column("more_time_at", sa.DateTime(), nullable=True))
    op.add_column("offers", sa.Column("more_time_reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("offers", sa.Column("reminded_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    for column in reversed(OF_OFFERS):
        op.drop_column("offers", column)
    op.drop_column("placement_requests", "stopped_waiting_at")
    op.drop_column("runs", "turn")
    op.drop_column("match_rounds", "more_time_days")
    op.drop_table("round_turns")
