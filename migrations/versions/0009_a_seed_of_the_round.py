"""A round has a seed of its own, which every run uses; earlier runs keep the seed that they used."""

import hashlib
import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

SECRET_BYTES = 16
ROUNDS = sa.table("match_rounds", sa.column("id"), sa.column("published_at"))
RUNS = sa.table("runs", sa.column("round_id"), sa.column("seed"), sa.column("published_at"))
SEEDS = sa.table(
    "round_seeds",
    sa.column("round_id"),
    sa.column("secret"),
    sa.column("digest"),
    sa.column("drawn_at", sa.DateTime()),
    sa.column("reason"),
)
OF_THE_PUBLISHED_RUN = "Taken from the run that was published, when rounds were given a seed of their own"
NEW = "Drawn when rounds were given a seed of their own"


def upgrade() -> None:
    op.create_table(
        "round_seeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["people.id"], name=op.f("fk_round_seeds_drawn_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["match_rounds.id"], name=op.f("fk_round_seeds_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_seeds")),
    )
    op.create_index(op.f("ix_round_seeds_round_id"), "round_seeds", ["round_id"], unique=False)
    give_each_round_a_seed()


def give_each_round_a_seed() -> None:
    connection = op.get_bind()
    published = dict(
        connection.execute(sa.select(RUNS.c.round_id, RUNS.c.seed).where(RUNS.c.published_at.is_not(None))).all()
    )
    now = datetime.now(UTC).replace(tzinfo=None)
    for round_id in connection.scalars(sa.select(ROUNDS.c.id).order_by(ROUNDS.c.id)).all():
        secret = published.get(round_id) or secrets.token_hex(SECRET_BYTES)
        connection.execute(
            SEEDS.insert().values(
                round_id=round_id,
                secret=secret,
                digest=hashlib.sha256(secret.encode()).hexdigest(),
                drawn_at=now,
                reason=OF_THE_PUBLISHED_RUN if round_id in published else NEW,
            )
        )


def downgrade() -> None:
    op.drop_table("round_seeds")
