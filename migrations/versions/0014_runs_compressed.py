"""Runs keep their problem and their solution compressed, and the fingerprint of what they read."""

import zlib
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TEXTS = ("problem", "solution")


def upgrade() -> None:
    op.add_column("runs", sa.Column("inputs_fingerprint", sa.Text(), nullable=False, server_default=""))
    convert(sa.Text(), sa.LargeBinary(), lambda text: zlib.compress(text.encode()))


def downgrade() -> None:
    convert(sa.LargeBinary(), sa.Text(), lambda kept: zlib.decompress(kept).decode())
    op.drop_column("runs", "inputs_fingerprint")


def convert(old: Any, new: Any, changed: Callable[[Any], Any]) -> None:
    """Put both texts of each run into columns of another type, one run at a time: each may be large.

    In plain statements that both databases know: proposals refer to runs, so the table cannot be made anew.
    """
    for name in TEXTS:
        op.add_column("runs", sa.Column(f"new_{name}", new, nullable=False, server_default=""))
    before = sa.table("runs", sa.column("id"), *(sa.column(name, old) for name in TEXTS))
    after = sa.table("runs", sa.column("id"), *(sa.column(f"new_{name}", new) for name in TEXTS))
    connection = op.get_bind()
    for run_id in connection.scalars(sa.select(before.c.id).order_by(before.c.id)).all():
        kept = connection.execute(sa.select(*(before.c[name] for name in TEXTS)).where(before.c.id == run_id)).one()
        values = {f"new_{name}": changed(value) for name, value in zip(TEXTS, kept, strict=True)}
        connection.execute(after.update().where(after.c.id == run_id).values(values))
    for name in TEXTS:
        op.drop_column("runs", name)
        op.execute(f"ALTER TABLE runs RENAME COLUMN new_{name} TO {name}")
