"""Minimums of learners for studies and mentors, and what broke a place that was kept for a placement to go on."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ADDED = (("studies", "learner_minimum"), ("studies", "minimum_if_used"), ("mentor_profiles", "minimum_if_used"))


def upgrade() -> None:
    for table, column in ADDED:
        op.add_column(table, sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("next_places", sa.Column("broken_by", sa.String(length=40), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("next_places", "broken_by")
    for table, column in reversed(ADDED):
        op.drop_column(table, column)
