"""How far an import is says `through_line`; when it last moved was written and never read."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch, which on SQLite would make the table anew while uploads point to it.
    op.drop_column("registry_imports", "beat_at")


def downgrade() -> None:
    op.add_column("registry_imports", sa.Column("beat_at", sa.DateTime(), nullable=True))
    op.execute("UPDATE registry_imports SET beat_at = started_at")
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("registry_imports", "beat_at", nullable=False)
