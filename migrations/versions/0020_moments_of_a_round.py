"""A round has moments where it had days and announced policies; openings say when they were last confirmed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

LONDON = ZoneInfo("Europe/London")
UNTIL_SAID = "1970-01-01 00:00:00"  # every row gets its own at once; a table that others point to is not made anew
A_DAY = timedelta(days=1)
ROUNDS = sa.table(
    "match_rounds",
    sa.column("id", sa.Integer()),
    sa.column("opens_on", sa.Date()),
    sa.column("closes_on", sa.Date()),
    sa.column("answer_by", sa.Date()),
    sa.column("opens_at", sa.DateTime()),
    sa.column("closes_at", sa.DateTime()),
    sa.column("answer_until", sa.DateTime()),
)
SAID_OF_OPENINGS = ("confirmed_at", "asked_to_confirm_at")
MOMENTS = ("opens_at", "closes_at", "answer_until")


def upgrade() -> None:
    for name in MOMENTS:
        op.add_column("match_rounds", sa.Column(name, sa.DateTime(), nullable=False, server_default=UNTIL_SAID))
    give_whole_days()
    for name in SAID_OF_OPENINGS:
        op.add_column("openings", sa.Column(name, sa.DateTime(), nullable=True))
    op.create_table(
        "policy_announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("stages", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("announced_at", sa.DateTime(), nullable=False),
        sa.Column("announced_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announced_by_id"], ["people.id"], name=op.f("fk_policy_announcements_announced_by_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["match_rounds.id"], name=op.f("fk_policy_announcements_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_announcements")),
    )
    op.create_index(op.f("ix_policy_announcements_round_id"), "policy_announcements", ["round_id"])


def give_whole_days() -> None:
    """The days that rounds have are whole ones, the last of each included."""
    connection = op.get_bind()
    days = sa.select(ROUNDS.c.id, ROUNDS.c.opens_on, ROUNDS.c.closes_on, ROUNDS.c.answer_by)
    for round_id, opens_on, closes_on, answer_by in connection.execute(days).all():
        moments = map(midnight_before, (opens_on, closes_on + A_DAY, answer_by + A_DAY))
        values = dict(zip(MOMENTS, moments, strict=True))
        connection.execute(ROUNDS.update().where(ROUNDS.c.id == round_id).values(**values))


def midnight_before(day: date) -> datetime:
    """The midnight with which a day begins here, as it is kept: in UTC."""
    return datetime.combine(day, time(0), LONDON).astimezone(UTC).replace(tzinfo=None)


def downgrade() -> None:
    op.drop_table("policy_announcements")
    for name in SAID_OF_OPENINGS:
        op.drop_column("openings", name)
    for name in MOMENTS:
        op.drop_column("match_rounds", name)
