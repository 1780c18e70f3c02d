"""Hours are corrected like sessions, by a new version that points back; a session is withdrawn for a reason."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("hours_entries") as batch_op:
        batch_op.add_column(sa.Column("corrects_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_hours_entries_corrects_id", "hours_entries", ["corrects_id"], ["id"])
        batch_op.create_index("ix_hours_entries_corrects_id", ["corrects_id"], unique=True)
    # Not in a batch, which on SQLite would make the table anew while what was agreed points to it.
    op.add_column("supervision_sessions", sa.Column("withdrawn_because", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_supervision_sessions_corrects_id", "supervision_sessions", ["corrects_id"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_supervision_sessions_corrects_id", "supervision_sessions")
    op.drop_column("supervision_sessions", "withdrawn_because")
    with op.batch_alter_table("hours_entries") as batch_op:
        batch_op.drop_index("ix_hours_entries_corrects_id")
        batch_op.drop_constraint("fk_hours_entries_corrects_id", type_="foreignkey")
        batch_op.drop_column("corrects_id")
