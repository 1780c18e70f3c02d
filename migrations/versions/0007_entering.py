"""Hours are corrected like sessions, a session is withdrawn for a reason, and searches look in folded names."""

import sqlalchemy as sa
from alembic import op

from app.models.values.folded_names import folded_together

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Where searches look, what it is made of in this order.
FOLDED = (
    ("people", "folded_name", ("name",)),
    ("organisations", "folded_name", ("name",)),
    ("studies", "folded_name", ("title", "short_title")),
    ("audit_lines", "folded_names", ("actor_name", "subject_name")),
)


def upgrade() -> None:
    add_versions()
    for table, column, made_of in FOLDED:
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=""))
        fill(table, column, made_of)
    fill("studies", "search_text", ("search_text",))


def fill(table: str, column: str, made_of: tuple[str, ...]) -> None:
    """Fold what each row is made of into the column."""
    rows = sa.table(table, sa.column("id"), *(sa.column(name) for name in {column, *made_of}))
    connection = op.get_bind()
    found = connection.execute(sa.select(rows.c.id, *(rows.c[name] for name in made_of))).all()
    values = [{"row": row[0], "folded": folded_together(*row[1:])} for row in found]
    if values:
        one = rows.update().where(rows.c.id == sa.bindparam("row")).values({column: sa.bindparam("folded")})
        connection.execute(one, values)


def add_versions() -> None:
    with op.batch_alter_table("hours_entries") as batch_op:
        batch_op.add_column(sa.Column("corrects_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_hours_entries_corrects_id", "hours_entries", ["corrects_id"], ["id"])
        batch_op.create_index("ix_hours_entries_corrects_id", ["corrects_id"], unique=True)
    # Not in a batch, which on SQLite would make the table anew while what was agreed points to it.
    op.add_column("supervision_sessions", sa.Column("withdrawn_because", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_supervision_sessions_corrects_id", "supervision_sessions", ["corrects_id"], unique=True)


def downgrade() -> None:
    for table, column, _ in reversed(FOLDED):
        op.drop_column(table, column)
    op.drop_index("ix_supervision_sessions_corrects_id", "supervision_sessions")
    op.drop_column("supervision_sessions", "withdrawn_because")
    with op.batch_alter_table("hours_entries") as batch_op:
        batch_op.drop_index("ix_hours_entries_corrects_id")
        batch_op.drop_constraint("fk_hours_entries_corrects_id", type_="foreignkey")
        batch_op.drop_column("corrects_id")
