"""Jobs and the workers that do them are rows; what was under way becomes a job; mail counts all of its tries."""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

JOBS = sa.table(
    "jobs",
    sa.column("deed"),
    sa.column("arguments"),
    sa.column("lane"),
    sa.column("created_at", sa.DateTime()),
    sa.column("due_at", sa.DateTime()),
    sa.column("tries"),
    sa.column("most_tries"),
    sa.column("complaint"),
)
RUNS = sa.table("runs", sa.column("id"), sa.column("state"))
UPLOADS = sa.table("uploaded_files", sa.column("id"), sa.column("import_id"), sa.column("imported_at"))
TRIES = 3


def upgrade() -> None:
    op.create_table(
        "workers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("beat_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workers")),
    )
    op.create_index(op.f("ix_workers_beat_at"), "workers", ["beat_at"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("lane", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("most_tries", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("complaint", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["worker_id"], ["workers.id"], name=op.f("fk_jobs_worker_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index("ix_jobs_due", "jobs", ["outcome", "lane", "due_at"], unique=False)
    op.create_index("ix_jobs_of", "jobs", ["deed", "arguments"], unique=False)
    op.add_column("messages", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    ask_again_for_what_was_under_way()


def ask_again_for_what_was_under_way() -> None:
    """The queue of before is gone; a run or an import that it held is a job now, and is begun again."""
    connection = op.get_bind()
    runs = sa.select(RUNS.c.id).where(RUNS.c.state.in_(["waiting", "running"]))
    uploads = sa.select(UPLOADS.c.id).where(UPLOADS.c.import_id.is_not(None), UPLOADS.c.imported_at.is_(None))
    now = datetime.now(UTC).replace(tzinfo=None)
    for deed, found in (("solve a run", runs), ("import a file", uploads)):
        for row_id in connection.scalars(found).all():
            connection.execute(
                JOBS.insert().values(
                    deed=deed,
                    arguments=json.dumps([row_id]),
                    lane="long",
                    created_at=now,
                    due_at=now,
                    tries=0,
                    most_tries=TRIES,
                    complaint="",
                )
            )


def downgrade() -> None:
    op.drop_column("messages", "tries")
    op.drop_table("jobs")
    op.drop_table("workers")
