"""Learners are reminded of a better place before it lapses, and a coordinator can take one back, and say why."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("better_places", sa.Column("reminded_at", sa.DateTime(), nullable=True))
    op.add_column("better_places", sa.Column("taken_back_because", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("better_places", "taken_back_because")
    op.drop_column("better_places", "reminded_at")
