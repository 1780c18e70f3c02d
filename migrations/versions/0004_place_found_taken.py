"""An offer knows since when its place was found taken, which only the audit trail said before."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OFFERS = sa.table("offers", sa.column("id"), sa.column("found_taken_at"))
TRAIL = sa.table("audit_lines", sa.column("at"), sa.column("deed"), sa.column("subject_type"), sa.column("subject_id"))


def upgrade() -> None:
    op.add_column("offers", sa.Column("found_taken_at", sa.DateTime(), nullable=True))
    first = sa.select(sa.func.min(TRAIL.c.at)).where(
        TRAIL.c.deed == "found an offered place taken",
        TRAIL.c.subject_type == "Offer",
        TRAIL.c.subject_id == OFFERS.c.id,
    )
    op.execute(OFFERS.update().values(found_taken_at=first.scalar_subquery()))


def downgrade() -> None:
    # Not in a batch, which on SQLite would make the table anew while placements point to it.
    op.drop_column("offers", "found_taken_at")
