"""A study knows how recent its facts are; an import is written in batches, and tells row by row what it changes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("studies", sa.Column("registry_updated_on", sa.Date(), nullable=True))
    op.create_table(
        "registry_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("beat_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("through_line", sa.Integer(), nullable=False),
        sa.Column("batches", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_registry_imports_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_imports")),
    )
    op.create_index(op.f("ix_registry_imports_digest"), "registry_imports", ["digest"])
    # A file that waits holds nothing that its owner has not got: she chooses it once more.
    op.execute("DELETE FROM uploaded_files")
    with op.batch_alter_table("uploaded_files") as table:
        table.add_column(sa.Column("columns", sa.JSON(), nullable=False))
        table.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_uploaded_files_import_id"), "registry_imports", ["import_id"], ["id"])
    op.create_table(
        "uploaded_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("openings", sa.JSON(), nullable=False),
        sa.Column("openings_count", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["uploaded_files.id"], name=op.f("fk_uploaded_rows_upload_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploaded_rows")),
    )
    op.create_index("ix_uploaded_rows_listed", "uploaded_rows", ["upload_id", "outcome", "openings_count", "line"])
    op.create_table(
        "column_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_column_names_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_names")),
        sa.UniqueConstraint("digest", name=op.f("uq_column_names_digest")),
    )


def downgrade() -> None:
    op.drop_table("column_names")
    op.drop_table("uploaded_rows")
    op.execute("DELETE FROM uploaded_files")
    with op.batch_alter_table("uploaded_files") as table:
        table.drop_constraint(op.f("fk_uploaded_files_import_id"), type_="foreignkey")
        table.drop_column("import_id")
        table.drop_column("columns")
    op.drop_table("registry_imports")
    # Not in a batch, which on SQLite would make the table anew while openings point to it.
    op.drop_column("studies", "registry_updated_on")
