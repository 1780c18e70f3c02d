"""Hours are drafted, submitted, and verified or returned line by line.

What was on the record counted at once before. It is submitted now, in one submission for each placement, so that it
goes on counting, and its mentor can verify it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

ENTRIES, SUBMISSIONS, COUNTING = "hours_entries", "hours_submissions", "ix_hours_entries_counting"
COLUMNS = ["placement_id", "category", "worked_on", "minutes"]
LINKS = (("corrections", ENTRIES, "corrects_id"), ("named", "evidence", "hours_entry_id"))
STANDS, WAITS = sa.text("withdrawn_at IS NULL"), sa.text("state IN ('draft', 'submitted', 'returned')")


def upgrade() -> None:
    with links_set_aside():
        make_tables()


def make_tables() -> None:
    op.create_table(
        SUBMISSIONS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=False),
        sa.Column("says_none", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placements.id"], name=op.f(f"fk_{SUBMISSIONS}_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{SUBMISSIONS}")),
    )
    op.create_index(op.f(f"ix_{SUBMISSIONS}_placement_id"), SUBMISSIONS, ["placement_id"])
    op.drop_index(COUNTING, ENTRIES)
    with op.batch_alter_table(ENTRIES) as table:
        table.add_column(sa.Column("started", sa.Time()))
        table.add_column(sa.Column("ended", sa.Time()))
        table.add_column(sa.Column("is_observed", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("state", sa.String(length=40), nullable=False, server_default="draft"))
        table.add_column(sa.Column("submission_id", sa.Integer()))
        table.add_column(sa.Column("verified_at", sa.DateTime()))
        table.add_column(sa.Column("verified_by_id", sa.Integer()))
        table.add_column(sa.Column("verified_digest", sa.Text(), nullable=False, server_default=""))
        table.create_foreign_key(op.f(f"fk_{ENTRIES}_submission_id"), SUBMISSIONS, ["submission_id"], ["id"])
        table.create_foreign_key(op.f(f"fk_{ENTRIES}_verified_by_id"), "people", ["verified_by_id"], ["id"])
    submit_what_counted()
    with op.batch_alter_table(ENTRIES) as table:
        for column in ("is_observed", "state", "verified_digest"):
            table.alter_column(column, server_default=None)
        table.create_check_constraint(
            op.f(f"ck_{ENTRIES}_withdrawn_at_its_moment"), "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)"
        )
    for column in ("submission_id", "verified_by_id"):
        op.create_index(op.f(f"ix_{ENTRIES}_{column}"), ENTRIES, [column])
    op.create_index(COUNTING, ENTRIES, [*COLUMNS, "state"], sqlite_where=STANDS, postgresql_where=STANDS)
    op.create_index(
        "ix_hours_entries_waiting",
        ENTRIES,
        ["placement_id", "state", "submission_id"],
        sqlite_where=WAITS,
        postgresql_where=WAITS,
    )


@contextmanager
def links_set_aside() -> Iterator[None]:
    """SQLite makes the table anew, and does not drop one to which rows point."""
    for kept, table, column in LINKS:
        op.execute(f"CREATE TEMPORARY TABLE {kept} AS SELECT id, {column} FROM {table} WHERE {column} IS NOT NULL")  # noqa: S608 (names of ours)
        op.execute(f"UPDATE {table} SET {column} = NULL WHERE {column} IS NOT NULL")  # noqa: S608 (names of ours)
    yield
    for kept, table, column in LINKS:
        back = f"(SELECT {kept}.{column} FROM {kept} WHERE {kept}.id = {table}.id)"  # noqa: S608 (names of ours)
        op.execute(f"UPDATE {table} SET {column} = {back} WHERE id IN (SELECT id FROM {kept})")  # noqa: S608 (names of ours)
        op.execute(f"DROP TABLE {kept}")


def submit_what_counted() -> None:
    op.execute(
        "INSERT INTO hours_submissions (placement_id, first_day, last_day, submitted_at, says_none) "
        "SELECT placement_id, min(worked_on), max(worked_on), max(logged_at), false "
        "FROM hours_entries WHERE withdrawn_at IS NULL GROUP BY placement_id ORDER BY placement_id"
    )
    op.execute("UPDATE hours_entries SET state = 'withdrawn' WHERE withdrawn_at IS NOT NULL")
    op.execute(
        "UPDATE hours_entries SET state = 'submitted', submission_id = (SELECT sent.id FROM hours_submissions AS sent "
        "WHERE sent.placement_id = hours_entries.placement_id) WHERE withdrawn_at IS NULL"
    )


def downgrade() -> None:
    with links_set_aside():
        undo()


def undo() -> None:
    op.drop_index("ix_hours_entries_waiting", ENTRIES)
    op.drop_index(COUNTING, ENTRIES)
    for column in ("submission_id", "verified_by_id"):
        op.drop_index(op.f(f"ix_{ENTRIES}_{column}"), ENTRIES)
    with op.batch_alter_table(ENTRIES) as table:
        table.drop_constraint(op.f(f"ck_{ENTRIES}_withdrawn_at_its_moment"), type_="check")
        for column in ("submission_id", "verified_by_id"):
            table.drop_constraint(op.f(f"fk_{ENTRIES}_{column}"), type_="foreignkey")
        for column in (
            "started",
            "ended",
            "is_observed",
            "state",
            "submission_id",
            "verified_at",
            "verified_by_id",
            "verified_digest",
        ):
            table.drop_column(column)
    op.create_index(COUNTING, ENTRIES, COLUMNS, sqlite_where=STANDS, postgresql_where=STANDS)
    op.drop_table(SUBMISSIONS)
