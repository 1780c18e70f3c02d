"""Placements are signed off; who signs by a link may have no account; credit without a sign-off has a reason."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

LIVE = sa.text("state IN ('under way', 'returned', 'signed off')")


def whole(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=False)


def moment(name: str) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(), nullable=False)


def leads_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    with op.batch_alter_table("credit_decisions") as batch:
        batch.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("signatures") as batch:
        batch.alter_column("signer_id", existing_type=sa.Integer(), nullable=True)
    table = "sign_offs"
    op.create_table(
        table,
        whole("id"),
        whole("placement_id"),
        word("state"),
        whole("revision"),
        whole("asked_by_id"),
        moment("asked_at"),
        sa.Column("facts", sa.JSON(), nullable=False),
        text("attested"),
        whole("confirmer_id", nullable=True),
        text("confirmer_name"),
        text("confirmer_role"),
        text("confirmer_email"),
        leads_to(table, "placement_id", "placements"),
        leads_to(table, "asked_by_id", "people"),
        leads_to(table, "confirmer_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index("uq_sign_offs_live", table, ["placement_id"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE)
    op.create_index("ix_sign_offs_state_asked_at", table, ["state", "asked_at"])
    index(table, "placement_id", "asked_by_id", "confirmer_id")
    table = "sign_off_words"
    op.create_table(
        table,
        whole("id"),
        whole("sign_off_id"),
        whole("revision"),
        text("party"),
        whole("author_id", nullable=True),
        text("author_name"),
        text("words"),
        text("reason"),
        moment("said_at"),
        leads_to(table, "sign_off_id", "sign_offs"),
        leads_to(table, "author_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    index(table, "sign_off_id", "author_id")
    table = "sign_off_exceptions"
    op.create_table(
        table,
        whole("id"),
        whole("sign_off_id"),
        whole("person_id"),
        text("reason"),
        whole("granted_by_id"),
        moment("granted_at"),
        leads_to(table, "sign_off_id", "sign_offs"),
        leads_to(table, "person_id", "people"),
        leads_to(table, "granted_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    index(table, "sign_off_id", "person_id", "granted_by_id")
    table = "sign_off_returns"
    op.create_table(
        table,
        whole("id"),
        whole("sign_off_id"),
        whole("revision"),
        word("part"),
        text("words"),
        whole("by_id", nullable=True),
        text("by_name"),
        text("by_party"),
        moment("at"),
        leads_to(table, "sign_off_id", "sign_offs"),
        leads_to(table, "by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    index(table, "sign_off_id", "by_id")


def downgrade() -> None:
    for table in ("sign_off_returns", "sign_off_exceptions", "sign_off_words", "sign_offs"):
        op.drop_table(table)
    op.execute("DELETE FROM signatures WHERE signer_id IS NULL")
    with op.batch_alter_table("signatures") as batch:
        batch.alter_column("signer_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("credit_decisions") as batch:
        batch.drop_column("reason")
