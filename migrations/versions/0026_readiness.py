"""What placements need before work in the study starts, what covers it, and what sites ask."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KINDS = ("access paper", "employer’s release", "GCP training", "delegation log")


def words(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=nullable)


def whole(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def moment(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(), nullable=nullable)


def upgrade() -> None:
    create_needs()
    create_covers()
    create_rules()
    begin_lists()


def create_needs() -> None:
    op.create_table(
        "readiness_needs",
        whole("id"),
        whole("placement_id"),
        words("kind"),
        words("state"),
        sa.Column("due_on", sa.Date(), nullable=False),
        words("employment", True),
        sa.Column("bears_on_care", sa.Boolean(), nullable=True),
        moment("reminded_at", True),
        moment("missing_told_at", True),
        sa.ForeignKeyConstraint(["placement_id"], ["placements.id"], name=op.f("fk_readiness_needs_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readiness_needs")),
        sa.UniqueConstraint("placement_id", "kind", name=op.f("uq_readiness_needs_placement_id_kind")),
    )
    op.create_index(op.f("ix_readiness_needs_placement_id"), "readiness_needs", ["placement_id"])
    op.create_index("ix_readiness_needs_state_due_on", "readiness_needs", ["state", "due_on"])


def create_covers() -> None:
    op.create_table(
        "readiness_covers",
        whole("id"),
        whole("need_id"),
        sa.Column("is_exception", sa.Boolean(), nullable=False),
        words("paper", True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        words("state"),
        whole("entered_by_id", True),
        moment("entered_at"),
        moment("told_at", True),
        sa.ForeignKeyConstraint(["need_id"], ["readiness_needs.id"], name=op.f("fk_readiness_covers_need_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["people.id"], name=op.f("fk_readiness_covers_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readiness_covers")),
    )
    op.create_index(op.f("ix_readiness_covers_need_id"), "readiness_covers", ["need_id"])
    op.create_index(op.f("ix_readiness_covers_entered_by_id"), "readiness_covers", ["entered_by_id"])
    op.create_index("ix_readiness_covers_state_until_on", "readiness_covers", ["state", "until_on"])


def create_rules() -> None:
    op.create_table(
        "readiness_rules",
        whole("id"),
        whole("organisation_id", True),
        *(whole(name) for name in ("gcp_months", "access_days", "release_days", "gcp_days", "delegation_days")),
        whole("set_by_id"),
        moment("set_at"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_readiness_rules_organisation_id")
        ),
        sa.ForeignKeyConstraint(["set_by_id"], ["people.id"], name=op.f("fk_readiness_rules_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readiness_rules")),
    )
    op.create_index(op.f("ix_readiness_rules_organisation_id"), "readiness_rules", ["organisation_id"])


def begin_lists() -> None:
    """Placements that have not begun get their list, due on their first day; what runs already is left in peace."""
    for kind in KINDS:
        placements = sa.table("placements", sa.column("id"), sa.column("state"), sa.column("starts_on"))
        coming = sa.select(placements.c.id, sa.literal(kind), sa.literal("needed"), placements.c.starts_on).where(
            placements.c.state == "active", placements.c.starts_on > sa.literal_column("CURRENT_DATE")
        )
        needs = sa.table("readiness_needs", *map(sa.column, ("placement_id", "kind", "state", "due_on")))
        op.execute(needs.insert().from_select(["placement_id", "kind", "state", "due_on"], coming))


def downgrade() -> None:
    """Refuses where anything was entered: it would be lost."""
    entered = sa.text("SELECT count(*) FROM readiness_covers")
    if not op.get_context().as_sql and op.get_bind().scalar(entered):
        raise RuntimeError("There is evidence of what placements need before they start: it would be lost.")
    op.drop_table("readiness_rules")
    op.drop_table("readiness_covers")
    op.drop_table("readiness_needs")
