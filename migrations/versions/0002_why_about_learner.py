"""A proposal says why in words about the learner too; those written before say it to the learner alone."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("proposals") as batch_op:
        batch_op.add_column(sa.Column("why_about_learner", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("proposals") as batch_op:
        batch_op.alter_column("why_about_learner", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("proposals") as batch_op:
        batch_op.drop_column("why_about_learner")
