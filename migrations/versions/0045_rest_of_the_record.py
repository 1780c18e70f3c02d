"""Words kept for a reason, what learners say of a mentor, records of elsewhere, and keys that are not to be believed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


ANSWER = sa.String(length=40)


def upgrade() -> None:
    make_false_alarms()
    make_feedback()
    make_papers()
    make_records_of_elsewhere()


def make_false_alarms() -> None:
    table = "false_alarms"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("reason", "deed", "subject_type")),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f(f"fk_{table}_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_person_id"), table, ["person_id"])


def make_feedback() -> None:
    table = "mentors_asked_about"
    op.create_table(
        table,
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["people.id"], name=op.f(f"fk_{table}_learner_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["people.id"], name=op.f(f"fk_{table}_mentor_id")),
        sa.PrimaryKeyConstraint("learner_id", "mentor_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_mentor_id"), table, ["mentor_id"])
    said: dict[str, list[tuple[str, sa.types.TypeEngine[Any]]]] = {
        "mentor_answers": [(name, ANSWER) for name in ("met_enough", "could_ask", "helped", "belonged")],
        "mentor_words": [("words", sa.Text())],
    }
    for table, columns in said.items():
        op.create_table(
            table,
            sa.Column("id", sa.Text(), nullable=False),
            sa.Column("mentor_id", sa.Integer(), nullable=False),
            sa.Column("batch", sa.Integer(), nullable=True),
            *(sa.Column(name, kind, nullable=False) for name, kind in columns),
            sa.ForeignKeyConstraint(["mentor_id"], ["people.id"], name=op.f(f"fk_{table}_mentor_id")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            sqlite_with_rowid=False,
        )
        op.create_index(f"ix_{table}_mentor_id_batch", table, ["mentor_id", "batch"])


def make_papers() -> None:
    table = "sealed_papers"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("title", "key_id", "digest")),
        sa.Column("sealed_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f(f"fk_{table}_person_id")),
        sa.ForeignKeyConstraint(["key_id"], ["record_keys.id"], name=op.f(f"fk_{table}_key_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("digest", name=op.f(f"uq_{table}_digest")),
    )
    for column in ("key_id", "person_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    table = "key_warnings"
    op.create_table(
        table,
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("compromised_from", sa.DateTime(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["record_keys.id"], name=op.f(f"fk_{table}_key_id")),
        sa.PrimaryKeyConstraint("key_id", name=op.f(f"pk_{table}")),
    )


def make_records_of_elsewhere() -> None:
    table = "records_of_elsewhere"
    words = ("holder", "name", "issuer", "issuer_name", "address", "key_id", "key_from", "standing", "file_digest")
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("enrolment_id", "provider_id", "read_by_id")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*words, "taken_by_name")),
        *(sa.Column(name, sa.DateTime(), nullable=False) for name in ("issued_at", "read_at")),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("key", "says")),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolments.id"], name=op.f(f"fk_{table}_enrolment_id")),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"], name=op.f(f"fk_{table}_provider_id")),
        sa.ForeignKeyConstraint(["read_by_id"], ["people.id"], name=op.f(f"fk_{table}_read_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("provider_id", "file_digest", name=op.f(f"uq_{table}_provider_id_file_digest")),
        sa.UniqueConstraint("provider_id", "address", name=op.f(f"uq_{table}_provider_id_address")),
    )
    for column in ("enrolment_id", "read_by_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table in (
        "records_of_elsewhere",
        "key_warnings",
        "sealed_papers",
        "mentor_words",
        "mentor_answers",
        "mentors_asked_about",
        "false_alarms",
    ):
        op.drop_table(table)
