"""Records of placements are given out signed; the keys that signed them stay."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_keys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("jwk", sa.JSON(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("is_for_trial", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_keys")),
    )
    table = "issued_records"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sign_off_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("content_digest", "file_digest", "pdf_digest")),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("issued_by_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placements.id"], name=op.f(f"fk_{table}_placement_id")),
        sa.ForeignKeyConstraint(["sign_off_id"], ["sign_offs.id"], name=op.f(f"fk_{table}_sign_off_id")),
        sa.ForeignKeyConstraint(["key_id"], ["record_keys.id"], name=op.f(f"fk_{table}_key_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["people.id"], name=op.f(f"fk_{table}_issued_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("placement_id", "number", name=op.f(f"uq_{table}_placement_id_number")),
        sa.UniqueConstraint("address", name=op.f(f"uq_{table}_address")),
        sa.UniqueConstraint("pdf_digest", name=op.f(f"uq_{table}_pdf_digest")),
    )
    for column in ("issued_by_id", "key_id", "sign_off_id", "state"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    is_valid = sa.text("state = 'valid'")
    op.create_index(
        f"uq_{table}_valid", table, ["placement_id"], unique=True, sqlite_where=is_valid, postgresql_where=is_valid
    )
    table = "issued_files"
    op.create_table(
        table,
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["issued_records.id"], name=op.f(f"fk_{table}_record_id")),
        sa.PrimaryKeyConstraint("record_id", name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    for table in ("issued_files", "issued_records", "record_keys"):
        op.drop_table(table)
