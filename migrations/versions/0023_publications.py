"""Publications that can be taken back, reviews by a person, and a public page for the dossier of a round."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    make_publications()
    # As one statement, for which SQLite need not make the table anew.
    op.execute(
        "ALTER TABLE offers ADD COLUMN taken_back_with_id INTEGER "
        "CONSTRAINT fk_offers_taken_back_with_id REFERENCES publications (id)"
    )
    op.create_index(op.f("ix_offers_taken_back_with_id"), "offers", ["taken_back_with_id"])
    op.add_column("messages", sa.Column("about", sa.Text(), server_default="", nullable=False))
    op.add_column("messages", sa.Column("withdrawn_at", sa.DateTime(), nullable=True))
    op.create_index(op.f("ix_messages_about"), "messages", ["about"])
    make_dossiers()
    make_dossier_pages()
    make_reviews()


def make_publications() -> None:
    """The table, with the publications that there were; the audit trail knows who made them."""
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.Column("taken_back_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_back_kind", sa.String(length=40), nullable=True),
        sa.Column("taken_back_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["match_rounds.id"], name=op.f("fk_publications_round_id")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_publications_run_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["people.id"], name=op.f("fk_publications_published_by_id")),
        sa.ForeignKeyConstraint(["taken_back_by_id"], ["people.id"], name=op.f("fk_publications_taken_back_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    op.create_index(op.f("ix_publications_round_id"), "publications", ["round_id"])
    op.create_index(op.f("ix_publications_run_id"), "publications", ["run_id"])
    op.execute(
        "INSERT INTO publications (round_id, run_id, published_at, published_by_id, taken_back_reason) "
        "SELECT round_id, id, published_at, (SELECT MAX(actor_id) FROM audit_lines "
        "WHERE deed = 'published a run' AND subject_type = 'Run' AND subject_id = runs.id), '' "
        "FROM runs WHERE published_at IS NOT NULL ORDER BY id"
    )


def make_dossiers() -> None:
    op.create_table(
        "dossiers",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("number_of_bytes", sa.Integer(), nullable=False),
        sa.Column("quality", sa.JSON(), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["publication_id"], ["publications.id"], name=op.f("fk_dossiers_publication_id")),
        sa.PrimaryKeyConstraint("publication_id", name=op.f("pk_dossiers")),
    )


def make_dossier_pages() -> None:
    op.create_table(
        "dossier_pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("shown_at", sa.DateTime(), nullable=False),
        sa.Column("shown_by_id", sa.Integer(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["match_rounds.id"], name=op.f("fk_dossier_pages_round_id")),
        sa.ForeignKeyConstraint(["shown_by_id"], ["people.id"], name=op.f("fk_dossier_pages_shown_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_pages")),
        sa.UniqueConstraint("address", name=op.f("uq_dossier_pages_address")),
        sa.UniqueConstraint("round_id", name=op.f("uq_dossier_pages_round_id")),
    )


def make_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["publication_id"], ["publications.id"], name=op.f("fk_reviews_publication_id")),
        sa.ForeignKeyConstraint(["round_id"], ["match_rounds.id"], name=op.f("fk_reviews_round_id")),
        sa.ForeignKeyConstraint(["request_id"], ["placement_requests.id"], name=op.f("fk_reviews_request_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_reviews_answered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("publication_id", "request_id", name=op.f("uq_reviews_publication_id_request_id")),
    )
    op.create_index(op.f("ix_reviews_request_id"), "reviews", ["request_id"])
    op.create_index("ix_reviews_round_id_state", "reviews", ["round_id", "state"])


def downgrade() -> None:
    op.drop_table("reviews")
    op.drop_table("dossier_pages")
    op.drop_table("dossiers")
    op.drop_index(op.f("ix_messages_about"), "messages")
    op.drop_column("messages", "withdrawn_at")
    op.drop_column("messages", "about")
    op.drop_index(op.f("ix_offers_taken_back_with_id"), "offers")
    op.drop_column("offers", "taken_back_with_id")
    op.drop_table("publications")
