"""A programme has capabilities; learners and mentors rate them, and learners keep evidence for them."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.course.starting_set import STARTING_SET

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def whole(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=False)


def words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def moment(name: str, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(), nullable=nullable)


def make(
    table: str, *columns: sa.Column[Any], leads_to: dict[str, str], unique: tuple[tuple[str, ...], ...] = ()
) -> None:
    op.create_table(
        table,
        *columns,
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, other in leads_to.items()
        ),
        *(sa.UniqueConstraint(*some, name=op.f(f"uq_{table}_{'_'.join(some)}")) for some in unique),
        sa.PrimaryKeyConstraint(*KEYS.get(table, ("id",)), name=op.f(f"pk_{table}")),
    )


KEYS = {"evidence_capabilities": ("evidence_id", "wording_id"), "evidence_files": ("evidence_id",)}
INDEXES = {
    "capabilities": ["programme_id"],
    "capability_wordings": ["said_by_id"],
    "capability_ratings": ["wording_id", "rated_by_id"],
    "evidence": ["placement_id", "hours_entry_id", "session_id"],
    "evidence_capabilities": ["wording_id"],
}


def upgrade() -> None:
    make(
        "capabilities",
        whole("id"),
        whole("programme_id"),
        whole("position"),
        moment("retired_at", nullable=True),
        leads_to={"programme_id": "programmes"},
    )
    make(
        "capability_wordings",
        whole("id"),
        whole("capability_id"),
        whole("number"),
        words("name"),
        words("words"),
        whole("said_by_id", nullable=True),
        moment("said_at"),
        moment("confirmed_at", nullable=True),
        leads_to={"capability_id": "capabilities", "said_by_id": "people"},
        unique=(("capability_id", "number"),),
    )
    make(
        "capability_ratings",
        whole("id"),
        whole("placement_id"),
        whole("wording_id"),
        word("rater"),
        word("level"),
        whole("rated_by_id"),
        moment("rated_at"),
        leads_to={"placement_id": "placements", "wording_id": "capability_wordings", "rated_by_id": "people"},
    )
    op.create_index("ix_capability_ratings_placement_id", "capability_ratings", ["placement_id", "wording_id"])
    make(
        "evidence",
        whole("id"),
        whole("placement_id"),
        word("kind"),
        words("title"),
        words("words"),
        words("link"),
        whole("hours_entry_id", nullable=True),
        whole("session_id", nullable=True),
        moment("added_at"),
        moment("withdrawn_at", nullable=True),
        words("form_key"),
        leads_to={
            "placement_id": "placements",
            "hours_entry_id": "hours_entries",
            "session_id": "supervision_sessions",
        },
        unique=(("form_key",),),
    )
    make(
        "evidence_capabilities",
        whole("evidence_id"),
        whole("wording_id"),
        leads_to={"evidence_id": "evidence", "wording_id": "capability_wordings"},
    )
    make(
        "evidence_files",
        whole("evidence_id"),
        words("name"),
        words("kept_as"),
        words("media_type"),
        whole("size_bytes"),
        words("digest"),
        moment("scanned_at", nullable=True),
        leads_to={"evidence_id": "evidence"},
        unique=(("kept_as",),),
    )
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    begin_sets()


def begin_sets() -> None:
    """Programmes that are there already begin with the starting set, to be confirmed by their universities."""
    now = datetime.now(UTC).replace(tzinfo=None)
    connection = op.get_bind()
    capabilities = sa.table("capabilities", sa.column("id"), sa.column("programme_id"), sa.column("position"))
    wordings = sa.table(
        "capability_wordings", *(sa.column(name) for name in ("capability_id", "number", "name", "words", "said_at"))
    )
    for (programme_id,) in connection.execute(sa.text("SELECT id FROM programmes ORDER BY id")).all():
        for position, starting in enumerate(STARTING_SET, 1):
            row = sa.insert(capabilities).values(programme_id=programme_id, position=position)
            (capability_id,) = connection.execute(row.returning(capabilities.c.id)).one()
            said = {"capability_id": capability_id, "number": 1, "said_at": now, **starting._asdict()}
            connection.execute(sa.insert(wordings).values(**said))


def downgrade() -> None:
    for table in (
        "evidence_files",
        "evidence_capabilities",
        "evidence",
        "capability_ratings",
        "capability_wordings",
        "capabilities",
    ):
        op.drop_table(table)
