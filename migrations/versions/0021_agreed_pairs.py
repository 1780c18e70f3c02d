"""Agreed pairs with evidence, conflicts with exceptions, and supervisors whom learners nominate."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

STANDING = sa.text("excepted_at IS NULL")
NOMINATED = "CONSTRAINT fk_placements_nomination_id REFERENCES nominations (id)"
OPEN = sa.text("state IN ('waiting for the supervisor', 'confirmed by the supervisor')")


def upgrade() -> None:
    make_conflicts()
    make_nominations()
    make_evidence()
    let_placements_be_without_offer(True)
    op.execute(f"ALTER TABLE placements ADD COLUMN nomination_id INTEGER {NOMINATED}")
    op.create_index("uq_placements_nomination_id", "placements", ["nomination_id"], unique=True)


def let_placements_be_without_offer(is_allowed: bool) -> None:
    """SQLite changes no column, and a table that others refer to cannot be made anew within a transaction.

    What it stores is the same with and without NOT NULL, so that its schema may be edited as its manual describes for
    this (https://www.sqlite.org/lang_altertable.html, section 7).
    """
    if op.get_context().dialect.name != "sqlite":
        op.alter_column("placements", "offer_id", existing_type=sa.Integer(), nullable=is_allowed)
        return
    words = ("offer_id INTEGER NOT NULL", "offer_id INTEGER")
    before, after = words if is_allowed else reversed(words)
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    edited = "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'placements'"
    connection.exec_driver_sql(edited, (before, after))
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")


def make_conflicts() -> None:
    op.create_table(
        "conflicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("excepted_at", sa.DateTime()),
        sa.Column("excepted_on", sa.Date()),
        sa.Column("excepted_by_id", sa.Integer()),
        sa.Column("exception_reason", sa.Text(), nullable=False),
        *people("conflicts", "learner_id", "mentor_id", "author_id", "excepted_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_conflicts"),
    )
    for column in ("learner_id", "mentor_id"):
        op.create_index(f"ix_conflicts_{column}", "conflicts", [column])
    op.create_index(
        "uq_conflicts_standing",
        "conflicts",
        ["learner_id", "mentor_id"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )


def make_nominations() -> None:
    op.create_table(
        "nominations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("job_title", sa.Text(), nullable=False),
        sa.Column("study_id", sa.Integer()),
        sa.Column("study_title", sa.Text(), nullable=False),
        sa.Column("scheme", sa.String(length=40)),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_times", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime()),
        *people("nominations", "learner_id"),
        *(
            sa.ForeignKeyConstraint([f"{one}_id"], [f"{table}.id"], name=f"fk_nominations_{one}_id")
            for one, table in (
                ("module", "modules"),
                ("study", "studies"),
                ("organisation", "organisations"),
                ("network", "networks"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name="pk_nominations"),
    )
    for columns in (["learner_id"], ["network_id", "state"], ["email"], ["state"]):
        op.create_index(f"ix_nominations_{'_'.join(columns)}", "nominations", columns)
    op.create_index(
        "uq_nominations_open",
        "nominations",
        ["learner_id", "module_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "nomination_checks",
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_yes", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["nomination_id"], ["nominations.id"], name="fk_nomination_checks_nomination_id"),
        sa.PrimaryKeyConstraint("nomination_id", "question", name="pk_nomination_checks"),
    )


def make_evidence() -> None:
    """Pins of before were made when nobody asked for evidence, and need none."""
    op.add_column("pins", sa.Column("circumstance", sa.String(length=40)))
    op.add_column("pins", sa.Column("needs_evidence", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("pins") as pins:
        pins.alter_column("needs_evidence", existing_type=sa.Boolean(), server_default=None)
    op.create_table(
        "pin_evidence",
        sa.Column("pin_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("seen_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["pin_id"], ["pins.id"], name="fk_pin_evidence_pin_id"),
        *people("pin_evidence", "seen_by_id"),
        sa.PrimaryKeyConstraint("pin_id", name="pk_pin_evidence"),
    )
    op.create_table(
        "lists_of_pairs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["match_rounds.id"], name="fk_lists_of_pairs_round_id"),
        *people("lists_of_pairs", "chosen_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_lists_of_pairs"),
        sa.UniqueConstraint("round_id", "chosen_by_id", name="uq_lists_of_pairs_round_id_chosen_by_id"),
    )


def people(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [sa.ForeignKeyConstraint([one], ["people.id"], name=f"fk_{table}_{one}") for one in columns]


def downgrade() -> None:
    """Refuses where placements came of nominations: they have no offer, which placements of before need."""
    refuse_to_lose_placements()
    op.drop_index("uq_placements_nomination_id", "placements")
    op.execute("ALTER TABLE placements DROP COLUMN nomination_id")
    let_placements_be_without_offer(False)
    for table in ("lists_of_pairs", "pin_evidence", "nomination_checks", "nominations", "conflicts"):
        op.drop_table(table)
    with op.batch_alter_table("pins") as pins:
        pins.drop_column("needs_evidence")
        pins.drop_column("circumstance")


def refuse_to_lose_placements() -> None:
    nominated = sa.text("SELECT count(*) FROM placements WHERE offer_id IS NULL")
    if not op.get_context().as_sql and op.get_bind().scalar(nominated):
        raise RuntimeError("There are placements that came of nominations: what was recorded in them would be lost.")
