"""Coordinators say how many learners a round must give a mentor."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    minimum = sa.Column("learner_minimum", sa.Integer(), nullable=False, server_default="0")
    op.add_column("mentor_profiles", minimum)


def downgrade() -> None:
    op.drop_column("mentor_profiles", "learner_minimum")
