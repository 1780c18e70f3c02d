"""Who watches over a learner without a placement can put her aside until a day."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

TABLE = "unplaced_acknowledgements"
LEADS_TO = {"enrolment_id": "enrolments", "module_id": "modules", "by_id": "people", "ended_by_id": "people"}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("enrolment_id", "module_id")),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("starts_by", "until_on")),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{TABLE}_{column}"))
            for column, other in LEADS_TO.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("module_id", "by_id", "ended_by_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    op.create_index(f"ix_{TABLE}_enrolment_id_until_on", TABLE, ["enrolment_id", "module_id", "until_on"])


def downgrade() -> None:
    op.drop_table(TABLE)
