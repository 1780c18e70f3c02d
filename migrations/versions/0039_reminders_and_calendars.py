"""Each person chooses when a digest comes, puts things off, and has an address for her calendar."""

from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def words(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length) if length else sa.Text(), nullable=False)


def day(name: str, nullable: bool = False) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def moment(name: str, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(), nullable=nullable)


def of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f(f"fk_{table}_person_id"))


def upgrade() -> None:
    op.create_table(
        "digest_settings",
        whole("person_id"),
        words("rhythm", 40),
        whole("weekday"),
        day("looked_on", nullable=True),
        moment("chosen_at", nullable=True),
        of_person("digest_settings"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_digest_settings")),
    )
    op.create_table(
        "items_put_off",
        whole("id"),
        whole("person_id"),
        words("item"),
        day("until_on"),
        moment("put_off_at"),
        of_person("items_put_off"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items_put_off")),
    )
    op.create_index(op.f("ix_items_put_off_person_id"), "items_put_off", ["person_id"])
    op.create_table(
        "calendar_addresses",
        whole("person_id"),
        whole("number"),
        moment("made_at"),
        moment("ended_at", nullable=True),
        of_person("calendar_addresses"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_addresses")),
    )
    op.add_column("messages", sa.Column("unsubscribe", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_messages_recipient_queued_at", "messages", ["recipient", "queued_at"])


def downgrade() -> None:
    op.drop_index("ix_messages_recipient_queued_at", "messages")
    op.drop_column("messages", "unsubscribe")
    for table in ("calendar_addresses", "items_put_off", "digest_settings"):
        op.drop_table(table)
