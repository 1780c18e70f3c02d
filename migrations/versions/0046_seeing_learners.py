"""Learners have an academic supervisor, who writes notes about them; reasons why they are at risk are acknowledged.

No learner is given a supervisor here: one without is with all supervisors of the university, as all were before.
"""

from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

ASSIGNMENTS, NOTES, ACKNOWLEDGED = "supervisor_assignments", "supervisor_notes", "risk_acknowledgements"


def whole(name: str, *, may_be_empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=may_be_empty)


def day(name: str, *, may_be_empty: bool = False) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=may_be_empty)


def moment(name: str, *, may_be_empty: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(), nullable=may_be_empty)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def text_or_nothing(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def leads_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    op.create_table(
        ASSIGNMENTS,
        whole("id"),
        whole("enrolment_id"),
        whole("supervisor_id"),
        day("starts_on"),
        whole("assigned_by_id"),
        moment("assigned_at"),
        day("ended_on", may_be_empty=True),
        whole("ended_by_id", may_be_empty=True),
        text_or_nothing("reason"),
        leads_to(ASSIGNMENTS, "enrolment_id", "enrolments"),
        leads_to(ASSIGNMENTS, "supervisor_id", "people"),
        leads_to(ASSIGNMENTS, "assigned_by_id", "people"),
        leads_to(ASSIGNMENTS, "ended_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{ASSIGNMENTS}")),
    )
    index(ASSIGNMENTS, "enrolment_id", "supervisor_id", "assigned_by_id", "ended_by_id")
    op.create_index(
        f"uq_{ASSIGNMENTS}_standing",
        ASSIGNMENTS,
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        NOTES,
        whole("id"),
        whole("enrolment_id"),
        whole("author_id"),
        text("words"),
        moment("written_at"),
        text_or_nothing("answer"),
        whole("answered_by_id", may_be_empty=True),
        moment("answered_at", may_be_empty=True),
        leads_to(NOTES, "enrolment_id", "enrolments"),
        leads_to(NOTES, "author_id", "people"),
        leads_to(NOTES, "answered_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NOTES}")),
    )
    index(NOTES, "enrolment_id", "author_id", "answered_by_id")
    op.create_table(
        ACKNOWLEDGED,
        whole("id"),
        whole("placement_id"),
        text("risk"),
        whole("badness"),
        day("until_on"),
        text("words"),
        whole("by_id"),
        moment("at"),
        moment("ended_at", may_be_empty=True),
        whole("ended_by_id", may_be_empty=True),
        leads_to(ACKNOWLEDGED, "placement_id", "placements"),
        leads_to(ACKNOWLEDGED, "by_id", "people"),
        leads_to(ACKNOWLEDGED, "ended_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{ACKNOWLEDGED}")),
    )
    index(ACKNOWLEDGED, "by_id", "ended_by_id")
    op.create_index(f"ix_{ACKNOWLEDGED}_placement_id_until_on", ACKNOWLEDGED, ["placement_id", "until_on"])


def downgrade() -> None:
    op.drop_table(ACKNOWLEDGED)
    op.drop_table(NOTES)
    op.drop_table(ASSIGNMENTS)
