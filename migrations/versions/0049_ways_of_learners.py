"""An enrolment stands in a cohort, and what becomes of it is told by steps; learners ask, and name prior awards.

Where the cohort that an enrolment names stands among those of its version, it is that one from now on.
"""

from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

STEPS, ASKED, AWARDS, SHARES = "enrolment_steps", "ways_asked", "prior_awards", "record_shares"
ADDED = {"cohort_id": "cohorts", "workplace_id": "organisations"}
WORDS = ("funder", "equivalence")


def whole(name: str, *, may_be_empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=may_be_empty)


def day(name: str, *, may_be_empty: bool = False) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=may_be_empty)


def moment(name: str, *, may_be_empty: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(), nullable=may_be_empty)


def word(name: str, *, may_be_empty: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=may_be_empty)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def text_or_nothing(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def leads_to(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in columns.items()
    ]


def key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def one_only(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    widen_enrolments()
    op.execute(
        "UPDATE enrolments SET cohort_id = (SELECT cohorts.id FROM cohorts WHERE cohorts.name = enrolments.cohort "
        "AND cohorts.version_id = enrolments.version_id) WHERE cohort != ''"
    )
    make_steps()
    make_asked()
    make_awards()
    make_shares()


def widen_enrolments() -> None:
    # Said so, and not by op.add_column, SQLite takes the links without making a table anew to which rows point.
    for column, other in ADDED.items():
        op.execute(
            f"ALTER TABLE enrolments ADD COLUMN {column} INTEGER "
            f"CONSTRAINT fk_enrolments_{column} REFERENCES {other} (id)"
        )
        op.create_index(op.f(f"ix_enrolments_{column}"), "enrolments", [column])
    for name in WORDS:
        op.add_column("enrolments", text_or_nothing(name))


def make_steps() -> None:
    op.create_table(
        STEPS,
        whole("id"),
        whole("enrolment_id"),
        word("kind"),
        day("day"),
        word("reason", may_be_empty=True),
        text("words"),
        day("returns_on", may_be_empty=True),
        whole("onward_id", may_be_empty=True),
        whole("author_id"),
        moment("recorded_at"),
        moment("taken_back_at", may_be_empty=True),
        whole("taken_back_by_id", may_be_empty=True),
        *leads_to(
            STEPS, enrolment_id="enrolments", onward_id="enrolments", author_id="people", taken_back_by_id="people"
        ),
        key(STEPS),
    )
    op.create_index(f"ix_{STEPS}_enrolment_id_day", STEPS, ["enrolment_id", "day"])
    index(STEPS, "onward_id", "author_id", "taken_back_by_id")


def make_asked() -> None:
    op.create_table(
        ASKED,
        whole("id"),
        whole("learner_id"),
        whole("programme_id"),
        word("kind"),
        word("state"),
        whole("enrolment_id", may_be_empty=True),
        whole("cohort_id", may_be_empty=True),
        day("day", may_be_empty=True),
        day("returns_on", may_be_empty=True),
        word("reason", may_be_empty=True),
        text("words"),
        moment("asked_at"),
        moment("answered_at", may_be_empty=True),
        whole("answered_by_id", may_be_empty=True),
        text_or_nothing("answer"),
        *leads_to(
            ASKED,
            learner_id="people",
            programme_id="programmes",
            enrolment_id="enrolments",
            cohort_id="cohorts",
            answered_by_id="people",
        ),
        key(ASKED),
    )
    index(ASKED, "learner_id", "enrolment_id", "cohort_id", "answered_by_id")
    op.create_index(f"ix_{ASKED}_programme_id_state", ASKED, ["programme_id", "state"])
    one_only(f"uq_{ASKED}_waiting", ASKED, ["learner_id", "programme_id"], "state = 'waiting for an answer'")


def make_awards() -> None:
    op.create_table(
        AWARDS,
        whole("id"),
        whole("learner_id"),
        whole("provider_id"),
        word("level"),
        text("title"),
        text("awarded_by"),
        day("awarded_on"),
        text("reference"),
        word("state"),
        moment("recorded_at"),
        moment("answered_at", may_be_empty=True),
        whole("answered_by_id", may_be_empty=True),
        text_or_nothing("answer"),
        *leads_to(AWARDS, learner_id="people", provider_id="providers", answered_by_id="people"),
        key(AWARDS),
    )
    index(AWARDS, "learner_id", "provider_id", "answered_by_id")


def make_shares() -> None:
    op.create_table(
        SHARES,
        whole("id"),
        whole("learner_id"),
        whole("provider_id"),
        moment("agreed_at"),
        moment("ended_at", may_be_empty=True),
        *leads_to(SHARES, learner_id="people", provider_id="providers"),
        key(SHARES),
    )
    index(SHARES, "provider_id")
    one_only(f"uq_{SHARES}_standing", SHARES, ["learner_id", "provider_id"], "ended_at IS NULL")


def downgrade() -> None:
    for table in (SHARES, AWARDS, ASKED, STEPS):
        op.drop_table(table)
    for name in reversed(WORDS):
        op.drop_column("enrolments", name)
    for column in reversed(ADDED):
        op.drop_index(op.f(f"ix_enrolments_{column}"), "enrolments")
        op.execute(f"ALTER TABLE enrolments DROP COLUMN {column}")
