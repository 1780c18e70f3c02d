"""People sign records, the first of which is the learning agreement of a placement."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def whole(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def moment(name: str, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(), nullable=nullable)


def word(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=nullable)


def plain(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=False)


def leads_to(table: str, column: str, other: str, of_other: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.{of_other}"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    make_signatures()
    make_agreements()


def make_signatures() -> None:
    op.create_table(
        "signed_contents",
        text("digest"),
        text("content"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_signed_contents")),
    )
    table = "signatures"
    op.create_table(
        table,
        whole("id"),
        text("subject_type"),
        whole("subject_id"),
        whole("revision"),
        text("party"),
        whole("signer_id"),
        text("signer_name"),
        text("digest"),
        text("wording"),
        moment("signed_at"),
        moment("voided_at", nullable=True),
        whole("voided_by_id", nullable=True),
        text("voided_by_name"),
        text("voided_because"),
        leads_to(table, "signer_id", "people"),
        leads_to(table, "digest", "signed_contents", "digest"),
        leads_to(table, "voided_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
    )
    for column in ("signer_id", "digest", "voided_by_id"):
        op.create_index(op.f(f"ix_signatures_{column}"), table, [column])
    op.create_index("ix_signatures_subject_type_subject_id", table, ["subject_type", "subject_id"])
    op.create_index(
        "uq_signatures_standing",
        table,
        ["subject_type", "subject_id", "party"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
        postgresql_where=sa.text("voided_at IS NULL"),
    )


def make_agreements() -> None:
    table = "learning_agreements"
    op.create_table(
        table,
        whole("id"),
        whole("placement_id"),
        word("state"),
        whole("revision"),
        plain("minutes_by_category"),
        plain("minutes_by_month"),
        word("sessions", nullable=True),
        text("working_pattern"),
        text("adjustments"),
        moment("begun_at"),
        leads_to(table, "placement_id", "placements"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("placement_id", name=op.f(f"uq_{table}_placement_id")),
    )
    op.create_index(op.f(f"ix_{table}_state"), table, ["state"])
    table = "agreement_objectives"
    op.create_table(
        table,
        whole("id"),
        whole("agreement_id"),
        text("words"),
        leads_to(table, "agreement_id", "learning_agreements"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_agreement_id"), table, ["agreement_id"])
    table = "objective_capabilities"
    op.create_table(
        table,
        whole("objective_id"),
        whole("wording_id"),
        leads_to(table, "objective_id", "agreement_objectives"),
        leads_to(table, "wording_id", "capability_wordings"),
        sa.PrimaryKeyConstraint("objective_id", "wording_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_wording_id"), table, ["wording_id"])
    table = "agreement_templates"
    op.create_table(
        table,
        whole("id"),
        whole("programme_id"),
        plain("objectives"),
        plain("minutes_by_category"),
        word("sessions", nullable=True),
        whole("set_by_id"),
        moment("set_at"),
        leads_to(table, "programme_id", "programmes"),
        leads_to(table, "set_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in ("programme_id", "set_by_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    op.drop_table("agreement_templates")
    op.drop_table("objective_capabilities")
    op.drop_table("agreement_objectives")
    op.drop_table("learning_agreements")
    op.drop_table("signatures")
    op.drop_table("signed_contents")
