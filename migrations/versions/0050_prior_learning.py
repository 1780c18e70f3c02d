"""Learners claim credit for prior learning, and universities say what of it they recognise."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0051"
branch_labels = None
depends_on = None

CLAIMS, SOURCES, FILES = "prior_learning_claims", "prior_sources", "prior_source_files"
DECISIONS, USES, RULES = "claim_decisions", "credit_uses", "prior_learning_rules"


def whole(name: str, *, may_be_empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=may_be_empty)


def moment(name: str, *, may_be_empty: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(), nullable=may_be_empty)


def day(name: str) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=False)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=False)


def leads_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def key_of(table: str, column: str = "id") -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(column, name=op.f(f"pk_{table}"))


def index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    op.create_table(
        CLAIMS,
        whole("id"),
        whole("enrolment_id"),
        whole("module_id", may_be_empty=True),
        whole("credits"),
        text("words"),
        word("state"),
        whole("revision"),
        moment("made_at"),
        moment("sent_at", may_be_empty=True),
        moment("appealed_at", may_be_empty=True),
        leads_to(CLAIMS, "enrolment_id", "enrolments"),
        leads_to(CLAIMS, "module_id", "modules"),
        key_of(CLAIMS),
    )
    index(CLAIMS, "enrolment_id", "module_id", "state")
    op.create_table(
        SOURCES,
        whole("id"),
        whole("claim_id"),
        word("kind"),
        text("title"),
        text("body"),
        whole("level", may_be_empty=True),
        whole("credits"),
        day("finished_on"),
        text("words"),
        text("link"),
        text("key"),
        whole("credit_decision_id", may_be_empty=True),
        whole("record_id", may_be_empty=True),
        moment("added_at"),
        moment("removed_at", may_be_empty=True),
        text("form_key"),
        leads_to(SOURCES, "claim_id", CLAIMS),
        leads_to(SOURCES, "credit_decision_id", "credit_decisions"),
        leads_to(SOURCES, "record_id", "records_of_elsewhere"),
        key_of(SOURCES),
        sa.UniqueConstraint("form_key", name=op.f(f"uq_{SOURCES}_form_key")),
    )
    index(SOURCES, "claim_id", "credit_decision_id", "record_id")
    op.create_table(
        FILES,
        whole("source_id"),
        text("name"),
        text("kept_as"),
        text("media_type"),
        whole("size_bytes"),
        text("digest"),
        moment("scanned_at", may_be_empty=True),
        leads_to(FILES, "source_id", SOURCES),
        key_of(FILES, "source_id"),
        sa.UniqueConstraint("kept_as", name=op.f(f"uq_{FILES}_kept_as")),
    )
    op.create_table(
        DECISIONS,
        whole("id"),
        whole("claim_id"),
        whole("number"),
        whole("revision"),
        whole("credits"),
        text("reason"),
        day("decided_on"),
        whole("decided_by_id"),
        moment("recorded_at"),
        whole("cap", may_be_empty=True),
        text("exempted_by"),
        text("exemption_reference"),
        leads_to(DECISIONS, "claim_id", CLAIMS),
        leads_to(DECISIONS, "decided_by_id", "people"),
        key_of(DECISIONS),
        sa.UniqueConstraint("claim_id", "number", name=op.f(f"uq_{DECISIONS}_claim_id_number")),
    )
    index(DECISIONS, "decided_by_id")
    op.create_table(
        USES,
        whole("id"),
        whole("decision_id"),
        whole("claim_id"),
        whole("source_id"),
        whole("learner_id"),
        text("key"),
        whole("credits"),
        sa.Column("is_experience", sa.Boolean(), nullable=False),
        moment("ended_at", may_be_empty=True),
        leads_to(USES, "decision_id", DECISIONS),
        leads_to(USES, "claim_id", CLAIMS),
        leads_to(USES, "source_id", SOURCES),
        leads_to(USES, "learner_id", "people"),
        key_of(USES),
    )
    index(USES, "decision_id", "claim_id", "source_id")
    op.create_index(f"ix_{USES}_learner_id_key", USES, ["learner_id", "key"])
    op.create_table(
        RULES,
        whole("id"),
        whole("provider_id"),
        word("level"),
        *(whole(name, may_be_empty=True) for name in ("cap", "exempt_cap", "age_years")),
        sa.Column("is_whole_modules", sa.Boolean(), nullable=True),
        *(whole(name, may_be_empty=True) for name in ("lowest_level", "appeal_days")),
        text("reference"),
        moment("set_at"),
        whole("set_by_id"),
        leads_to(RULES, "provider_id", "providers"),
        leads_to(RULES, "set_by_id", "people"),
        key_of(RULES),
    )
    index(RULES, "set_by_id")
    op.create_index(f"ix_{RULES}_provider_id_level", RULES, ["provider_id", "level"])


def downgrade() -> None:
    for table in (RULES, USES, DECISIONS, FILES, SOURCES, CLAIMS):
        op.drop_table(table)
