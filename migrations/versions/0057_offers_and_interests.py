"""Whoever is offered a bursary is reminded once, an interest can be taken back, and surveys are told by cohort.

What was asked and answered before is of no cohort: an answer leads back to nobody, so nothing could say of which.
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0053"
branch_labels = None
depends_on = None

APPLICATIONS, INTERESTS, SURVEYS = "bursary_applications", "bursary_interests", ("survey_askings", "survey_replies")
PAIR = ["application_id", "person_id"]
STANDING, DECLARED_ONCE = f"uq_{INTERESTS}_standing", f"uq_{INTERESTS}_application_id_person_id"
STANDS = sa.text("taken_back_at IS NULL")


def upgrade() -> None:
    op.add_column(APPLICATIONS, sa.Column("reminded_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table(INTERESTS) as changing:
        changing.add_column(sa.Column("taken_back_at", sa.DateTime(), nullable=True))
        changing.add_column(sa.Column("taken_back_why", sa.Text(), nullable=False, server_default=""))
        changing.drop_constraint(DECLARED_ONCE, type_="unique")
    op.create_index(STANDING, INTERESTS, PAIR, unique=True, sqlite_where=STANDS, postgresql_where=STANDS)
    for table in SURVEYS:
        with op.batch_alter_table(table) as changing:
            changing.add_column(sa.Column("cohort_id", sa.Integer(), nullable=True))
            changing.create_foreign_key(op.f(f"fk_{table}_cohort_id"), "cohorts", ["cohort_id"], ["id"])
        op.create_index(op.f(f"ix_{table}_cohort_id"), table, ["cohort_id"])


def downgrade() -> None:
    for table in SURVEYS:
        op.drop_index(op.f(f"ix_{table}_cohort_id"), table)
        with op.batch_alter_table(table) as changing:
            changing.drop_constraint(op.f(f"fk_{table}_cohort_id"), type_="foreignkey")
            changing.drop_column("cohort_id")
    op.drop_index(STANDING, INTERESTS)
    op.execute("DELETE FROM bursary_interests WHERE taken_back_at IS NOT NULL")
    with op.batch_alter_table(INTERESTS) as changing:
        changing.drop_column("taken_back_at")
        changing.drop_column("taken_back_why")
        changing.create_unique_constraint(DECLARED_ONCE, PAIR)
    op.drop_column(APPLICATIONS, "reminded_at")
