"""Placements can pause, end early with an outcome, and go on elsewhere as a new one that names the earlier one."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0023"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'waiting for an answer'")


def words(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=nullable)


def whole(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def upgrade() -> None:
    # In plain words, which both databases know: a table with children cannot be made anew while they hold on to it.
    op.execute(
        "ALTER TABLE placements ADD COLUMN continues_id INTEGER "
        "CONSTRAINT fk_placements_continues_id REFERENCES placements (id)"
    )
    for column in (words("outcome", True), words("cause", True), sa.Column("first_part_on", sa.Date(), nullable=True)):
        op.add_column("placements", column)
    op.create_index(op.f("ix_placements_continues_id"), "placements", ["continues_id"], unique=True)
    op.create_table(
        "placement_pauses",
        whole("id"),
        whole("placement_id"),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("resumes_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placements.id"], name=op.f("fk_placement_pauses_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_pauses")),
    )
    op.create_index(op.f("ix_placement_pauses_placement_id"), "placement_pauses", ["placement_id"])
    create_changes_asked()
    create_next_places()


def create_changes_asked() -> None:
    op.create_table(
        "changes_asked",
        whole("id"),
        whole("placement_id"),
        words("kind"),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        whole("asked_by_id"),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        words("state"),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placements.id"], name=op.f("fk_changes_asked_placement_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_changes_asked_asked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes_asked")),
    )
    op.create_index(op.f("ix_changes_asked_placement_id"), "changes_asked", ["placement_id"])
    op.create_index(op.f("ix_changes_asked_asked_by_id"), "changes_asked", ["asked_by_id"])
    op.create_index(
        "uq_changes_asked_waiting",
        "changes_asked",
        ["placement_id", "asked_by_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def create_next_places() -> None:
    op.create_table(
        "next_places",
        whole("id"),
        whole("placement_id"),
        whole("opening_id"),
        words("cause"),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("offered_at", sa.DateTime(), nullable=False),
        words("state"),
        sa.ForeignKeyConstraint(["placement_id"], ["placements.id"], name=op.f("fk_next_places_placement_id")),
        sa.ForeignKeyConstraint(["opening_id"], ["openings.id"], name=op.f("fk_next_places_opening_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_places")),
    )
    op.create_index(op.f("ix_next_places_placement_id"), "next_places", ["placement_id"])
    op.create_index(op.f("ix_next_places_opening_id"), "next_places", ["opening_id"])
    op.create_index("ix_next_places_state_answer_by", "next_places", ["state", "answer_by"])
    op.create_index(
        "uq_next_places_waiting",
        "next_places",
        ["placement_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    """Refuses where a placement goes on after another: what it continues would be lost."""
    going_on = sa.text("SELECT count(*) FROM placements WHERE continues_id IS NOT NULL")
    if not op.get_context().as_sql and op.get_bind().scalar(going_on):
        raise RuntimeError("There are placements that go on after another: what was recorded in them would be lost.")
    op.drop_table("next_places")
    op.drop_table("changes_asked")
    op.drop_table("placement_pauses")
    op.drop_index(op.f("ix_placements_continues_id"), "placements")
    for column in ("first_part_on", "cause", "outcome", "continues_id"):
        op.execute(f"ALTER TABLE placements DROP COLUMN {column}")
