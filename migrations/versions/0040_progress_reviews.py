"""Placements have progress reviews: prepared, written down, signed, read; programmes say when they ask for them."""

from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

BY_KIND = ("initial_weeks", "final_weeks", "short_weeks")


def whole(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=False)


def day(name: str, nullable: bool = False) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def moment(name: str, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(), nullable=nullable)


def leads_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    table = "progress_reviews"
    op.create_table(
        table,
        whole("id"),
        whole("placement_id"),
        word("kind"),
        word("state"),
        whole("revision"),
        moment("begun_at"),
        day("met_on", nullable=True),
        text("agreed"),
        text("statement"),
        sa.Column("numbers", sa.JSON(), nullable=False),
        whole("read_by_id", nullable=True),
        moment("read_at", nullable=True),
        leads_to(table, "placement_id", "placements"),
        leads_to(table, "read_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("placement_id", "kind", name=op.f(f"uq_{table}_placement_id_kind")),
    )
    op.create_index("ix_progress_reviews_state_read_at", table, ["state", "read_at"])
    index(table, "read_by_id")
    table = "progress_review_capabilities"
    op.create_table(
        table,
        whole("review_id"),
        whole("wording_id"),
        leads_to(table, "review_id", "progress_reviews"),
        leads_to(table, "wording_id", "capability_wordings"),
        sa.PrimaryKeyConstraint("review_id", "wording_id", name=op.f(f"pk_{table}")),
    )
    index(table, "wording_id")
    table = "review_preparations"
    op.create_table(
        table,
        whole("id"),
        whole("review_id"),
        text("party"),
        whole("author_id"),
        text("goes_well"),
        text("is_hard"),
        text("comes_next"),
        moment("handed_in_at"),
        leads_to(table, "review_id", "progress_reviews"),
        leads_to(table, "author_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    index(table, "review_id", "author_id")
    table = "review_plans"
    op.create_table(
        table,
        whole("id"),
        whole("programme_id"),
        day("from_on"),
        sa.Column("is_asked", sa.Boolean(), nullable=False),
        *(whole(name) for name in BY_KIND),
        whole("set_by_id"),
        moment("set_at"),
        leads_to(table, "programme_id", "programmes"),
        leads_to(table, "set_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    index(table, "programme_id", "set_by_id")


def downgrade() -> None:
    for table in ("review_plans", "review_preparations", "progress_review_capabilities", "progress_reviews"):
        op.drop_table(table)
