"""Credit decisions have outcomes, evidence and voids; boards decide together; dissertations have steps of their own.

What gave no credits before was recorded as not earned, and stays so: nobody knows whether it failed or was deferred.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0054"
branch_labels = None
depends_on = None

DECISIONS, VOIDS = "credit_decisions", "credit_voids"
BOARDS, MEMBERS, LINES = "boards", "board_members", "board_lines"
DISSERTATIONS, PROPOSALS, APPROVALS = "dissertations", "sent_proposals", "approval_entries"
MILESTONES, CHANGES = "milestones", "milestone_changes"
NEW = ("outcome", "until_on", "words", "considered", "board_reference", "evidence", "thin")


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


def plain(name: str, empty: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=False, server_default=empty)


def word(name: str, *, may_be_empty: bool = False, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=may_be_empty, server_default=default)


def leads_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def known_by(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def once(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    columns: tuple[sa.Column[Any], ...] = (
        word("outcome", default="earned"),
        day("until_on", may_be_empty=True),
        *(text_or_nothing(name) for name in ("words", "considered", "board_reference")),
        *(plain(name, "[]") for name in ("evidence", "thin")),
    )
    for column in columns:
        op.add_column(DECISIONS, column)
    decisions = sa.table(DECISIONS, sa.column("outcome"), sa.column("credits"))
    op.execute(decisions.update().where(decisions.c.credits == 0).values(outcome="not earned"))
    op.create_table(
        VOIDS,
        whole("id"),
        whole("decision_id"),
        text("reason"),
        whole("by_id"),
        moment("at"),
        leads_to(VOIDS, "decision_id", DECISIONS),
        leads_to(VOIDS, "by_id", "people"),
        known_by(VOIDS),
        once(VOIDS, "decision_id"),
    )
    index(VOIDS, "by_id")
    op.create_table(
        BOARDS,
        whole("id"),
        whole("provider_id"),
        text("name"),
        day("meets_on"),
        text("reference"),
        word("state"),
        whole("made_by_id"),
        moment("made_at"),
        whole("decided_by_id", may_be_empty=True),
        moment("decided_at", may_be_empty=True),
        text_or_nothing("decided"),
        text_or_nothing("digest"),
        leads_to(BOARDS, "provider_id", "providers"),
        leads_to(BOARDS, "made_by_id", "people"),
        leads_to(BOARDS, "decided_by_id", "people"),
        known_by(BOARDS),
    )
    index(BOARDS, "provider_id", "made_by_id", "decided_by_id")
    op.create_table(
        MEMBERS,
        whole("id"),
        whole("board_id"),
        whole("person_id", may_be_empty=True),
        text("name"),
        leads_to(MEMBERS, "board_id", BOARDS),
        leads_to(MEMBERS, "person_id", "people"),
        known_by(MEMBERS),
        once(MEMBERS, "board_id", "person_id"),
    )
    index(MEMBERS, "person_id")
    op.create_table(
        LINES,
        whole("id"),
        whole("board_id"),
        whole("enrolment_id"),
        whole("module_id"),
        word("outcome", may_be_empty=True),
        day("until_on", may_be_empty=True),
        text_or_nothing("words"),
        text_or_nothing("reason"),
        plain("basis", "{}"),
        whole("prepared_by_id", may_be_empty=True),
        moment("prepared_at", may_be_empty=True),
        whole("decision_id", may_be_empty=True),
        leads_to(LINES, "board_id", BOARDS),
        leads_to(LINES, "enrolment_id", "enrolments"),
        leads_to(LINES, "module_id", "modules"),
        leads_to(LINES, "prepared_by_id", "people"),
        leads_to(LINES, "decision_id", DECISIONS),
        known_by(LINES),
        once(LINES, "board_id", "enrolment_id", "module_id"),
        once(LINES, "decision_id"),
    )
    index(LINES, "enrolment_id", "module_id", "prepared_by_id")
    make_dissertations()


def make_dissertations() -> None:
    op.create_table(
        DISSERTATIONS,
        whole("id"),
        whole("enrolment_id"),
        whole("module_id"),
        word("state"),
        *(text_or_nothing(name) for name in ("title", "proposal")),
        whole("study_id", may_be_empty=True),
        text_or_nothing("without_study"),
        moment("begun_at"),
        day("submitted_on", may_be_empty=True),
        leads_to(DISSERTATIONS, "enrolment_id", "enrolments"),
        leads_to(DISSERTATIONS, "module_id", "modules"),
        leads_to(DISSERTATIONS, "study_id", "studies"),
        known_by(DISSERTATIONS),
        once(DISSERTATIONS, "enrolment_id"),
    )
    index(DISSERTATIONS, "module_id", "study_id", "state")
    op.create_table(
        PROPOSALS,
        whole("id"),
        whole("dissertation_id"),
        *(text(name) for name in ("title", "words")),
        whole("study_id", may_be_empty=True),
        text("without_study"),
        moment("sent_at"),
        leads_to(PROPOSALS, "dissertation_id", DISSERTATIONS),
        leads_to(PROPOSALS, "study_id", "studies"),
        known_by(PROPOSALS),
    )
    index(PROPOSALS, "dissertation_id", "study_id")
    op.create_table(
        APPROVALS,
        whole("id"),
        whole("dissertation_id"),
        *(word(name) for name in ("kind", "state")),
        text_or_nothing("reference"),
        day("decided_on", may_be_empty=True),
        text_or_nothing("reason"),
        whole("by_id"),
        moment("at"),
        leads_to(APPROVALS, "dissertation_id", DISSERTATIONS),
        leads_to(APPROVALS, "by_id", "people"),
        known_by(APPROVALS),
    )
    index(APPROVALS, "dissertation_id", "by_id")
    op.create_table(
        MILESTONES,
        whole("id"),
        whole("dissertation_id"),
        word("kind"),
        day("due_on"),
        sa.Column("is_suggested", sa.Boolean(), nullable=False),
        day("done_on", may_be_empty=True),
        leads_to(MILESTONES, "dissertation_id", DISSERTATIONS),
        known_by(MILESTONES),
        once(MILESTONES, "dissertation_id", "kind"),
    )
    index(MILESTONES, "due_on")
    op.create_table(
        CHANGES,
        whole("id"),
        whole("milestone_id"),
        *(day(name) for name in ("due_before", "due_after")),
        text("reason"),
        whole("by_id"),
        moment("at"),
        leads_to(CHANGES, "milestone_id", MILESTONES),
        leads_to(CHANGES, "by_id", "people"),
        known_by(CHANGES),
    )
    index(CHANGES, "milestone_id", "by_id")


def downgrade() -> None:
    for table in (CHANGES, MILESTONES, APPROVALS, PROPOSALS, DISSERTATIONS, LINES, MEMBERS, BOARDS, VOIDS):
        op.drop_table(table)
    with op.batch_alter_table(DECISIONS) as batch:
        for name in NEW:
            batch.drop_column(name)
