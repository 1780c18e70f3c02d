"""Bursaries: calls, applications to them, how they are assessed, and what is spent."""

from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0050"
branch_labels = None
depends_on = None

CALLS, CRITERIA, APPLICATIONS = "bursary_calls", "bursary_criteria", "bursary_applications"
ASSESSORS, SCORES, INTERESTS, SPENDING = (
    "bursary_assessors",
    "bursary_scores",
    "bursary_interests",
    "bursary_spending",
)


def whole(name: str, *, may_be_empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=may_be_empty)


def moment(name: str, *, may_be_empty: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(), nullable=may_be_empty)


def day(name: str) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=False)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def one_of(name: str, *, may_be_empty: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=may_be_empty)


def yes_or_no(name: str, *, may_be_empty: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=may_be_empty)


def leads_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def once(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    op.create_table(
        CALLS,
        whole("id"),
        whole("provider_id", may_be_empty=True),
        one_of("state"),
        text("title"),
        one_of("level"),
        whole("number"),
        whole("amount_pence", may_be_empty=True),
        text("covers"),
        text("courses"),
        moment("opens_at"),
        moment("closes_at"),
        whole("answer_days"),
        one_of("method"),
        whole("scores_needed"),
        sa.Column("regulators", sa.JSON(), nullable=False),
        one_of("doctors_and_dentists"),
        *(yes_or_no(name) for name in ("asks_place", "asks_level_before", "asks_first_funding", "has_no_deferral")),
        text("secret"),
        text("digest"),
        moment("created_at"),
        whole("created_by_id"),
        moment("published_at", may_be_empty=True),
        moment("decided_at", may_be_empty=True),
        leads_to(CALLS, "provider_id", "providers"),
        leads_to(CALLS, "created_by_id", "people"),
        key(CALLS),
    )
    index(CALLS, "provider_id", "state", "created_by_id")
    op.create_table(
        CRITERIA,
        whole("id"),
        whole("call_id"),
        whole("position"),
        text("title"),
        whole("weight"),
        leads_to(CRITERIA, "call_id", CALLS),
        key(CRITERIA),
        once(CRITERIA, "call_id", "position"),
    )
    op.create_table(
        APPLICATIONS,
        whole("id"),
        whole("call_id"),
        whole("learner_id"),
        text("reference"),
        one_of("state"),
        moment("created_at"),
        one_of("profession", may_be_empty=True),
        one_of("regulator", may_be_empty=True),
        text("registration_number"),
        whole("programme_id", may_be_empty=True),
        text("place"),
        text("level_before"),
        yes_or_no("was_funded", may_be_empty=True),
        yes_or_no("is_retake", may_be_empty=True),
        text("statement"),
        moment("sent_at", may_be_empty=True),
        whole("position", may_be_empty=True),
        whole("score_hundredths", may_be_empty=True),
        moment("offered_at", may_be_empty=True),
        moment("answer_until", may_be_empty=True),
        leads_to(APPLICATIONS, "call_id", CALLS),
        leads_to(APPLICATIONS, "learner_id", "people"),
        leads_to(APPLICATIONS, "programme_id", "programmes"),
        key(APPLICATIONS),
        once(APPLICATIONS, "call_id", "learner_id"),
        once(APPLICATIONS, "reference"),
    )
    index(APPLICATIONS, "learner_id", "state", "programme_id")
    columns = ["call_id", "state", "position"]
    op.create_index(f"ix_{APPLICATIONS}_{'_'.join(columns)}", APPLICATIONS, columns)
    op.create_table(
        ASSESSORS,
        whole("id"),
        whole("call_id"),
        whole("person_id"),
        moment("named_at"),
        whole("named_by_id"),
        moment("ended_at", may_be_empty=True),
        whole("ended_by_id", may_be_empty=True),
        leads_to(ASSESSORS, "call_id", CALLS),
        *(leads_to(ASSESSORS, column, "people") for column in ("person_id", "named_by_id", "ended_by_id")),
        key(ASSESSORS),
    )
    index(ASSESSORS, "call_id", "person_id", "named_by_id", "ended_by_id")
    op.create_index(
        f"uq_{ASSESSORS}_standing",
        ASSESSORS,
        ["call_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        SCORES,
        whole("id"),
        whole("application_id"),
        whole("person_id"),
        sa.Column("points", sa.JSON(), nullable=False),
        text("words"),
        moment("scored_at"),
        leads_to(SCORES, "application_id", APPLICATIONS),
        leads_to(SCORES, "person_id", "people"),
        key(SCORES),
    )
    index(SCORES, "person_id")
    op.create_index(f"ix_{SCORES}_application_id_person_id", SCORES, ["application_id", "person_id"])
    op.create_table(
        INTERESTS,
        whole("id"),
        whole("application_id"),
        whole("person_id"),
        text("reason"),
        moment("declared_at"),
        leads_to(INTERESTS, "application_id", APPLICATIONS),
        leads_to(INTERESTS, "person_id", "people"),
        key(INTERESTS),
        once(INTERESTS, "application_id", "person_id"),
    )
    index(INTERESTS, "person_id")
    op.create_table(
        SPENDING,
        whole("id"),
        whole("application_id"),
        day("spent_on"),
        one_of("kind"),
        whole("pence"),
        text("words"),
        whole("noted_by_id"),
        moment("noted_at"),
        moment("taken_out_at", may_be_empty=True),
        whole("taken_out_by_id", may_be_empty=True),
        text("taken_out_why"),
        leads_to(SPENDING, "application_id", APPLICATIONS),
        leads_to(SPENDING, "noted_by_id", "people"),
        leads_to(SPENDING, "taken_out_by_id", "people"),
        key(SPENDING),
    )
    index(SPENDING, "application_id", "noted_by_id", "taken_out_by_id")


def downgrade() -> None:
    for table in (SPENDING, INTERESTS, SCORES, ASSESSORS, APPLICATIONS, CRITERIA, CALLS):
        op.drop_table(table)
