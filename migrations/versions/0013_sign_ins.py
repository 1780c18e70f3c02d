"""Sessions are rows, places to sign in from are known, tries are counted, an address changes by a link."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LONG_AGO = "1970-01-01 00:00:00"


def upgrade() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sign_ins_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_sign_ins_token_digest")),
    )
    op.create_index(op.f("ix_sign_ins_person_id"), "sign_ins", ["person_id"], unique=False)
    op.create_table(
        "known_places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_known_places_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_places")),
        sa.UniqueConstraint("person_id", "digest", name=op.f("uq_known_places_person_id_digest")),
    )
    op.create_index(op.f("ix_known_places_seen_at"), "known_places", ["seen_at"], unique=False)
    op.create_table(
        "tallies",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_tallies")),
    )
    op.create_index(op.f("ix_tallies_ends_at"), "tallies", ["ends_at"], unique=False)
    op.drop_index(op.f("ix_audit_lines_actor_id"), "audit_lines")
    op.create_index("ix_audit_lines_actor_id_at", "audit_lines", ["actor_id", "at"], unique=False)
    op.add_column("one_time_links", sa.Column("new_email", sa.Text(), nullable=False, server_default=""))
    # Not in a batch, which on SQLite would make the table anew while every other points to it.
    op.drop_column("people", "sessions_valid_from")


def downgrade() -> None:
    long_ago = sa.Column("sessions_valid_from", sa.DateTime(), nullable=False, server_default=LONG_AGO)
    op.add_column("people", long_ago)
    op.drop_index("ix_audit_lines_actor_id_at", "audit_lines")
    op.create_index(op.f("ix_audit_lines_actor_id"), "audit_lines", ["actor_id"], unique=False)
    op.execute("DELETE FROM one_time_links WHERE purpose = 'change address'")
    op.drop_column("one_time_links", "new_email")
    for table in ("tallies", "known_places", "sign_ins"):
        op.drop_table(table)
