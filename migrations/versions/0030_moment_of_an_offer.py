"""An offer can be answered until a moment, as its round says; it was a day before."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0028"
branch_labels = None
depends_on = None

LONDON = ZoneInfo("Europe/London")
UNTIL_SAID = "1970-01-01 00:00:00"  # every row gets its own at once; a table that others point to is not made anew
OFFERS = sa.table("offers", sa.column("answer_by", sa.Date()), sa.column("answer_until", sa.DateTime()))


def upgrade() -> None:
    op.add_column("offers", sa.Column("answer_until", sa.DateTime(), nullable=False, server_default=UNTIL_SAID))
    connection = op.get_bind()
    for day in connection.scalars(sa.select(OFFERS.c.answer_by).distinct()).all():
        hers = OFFERS.update().where(OFFERS.c.answer_by == day)
        connection.execute(hers.values(answer_until=midnight_after(day)))


def midnight_after(day: date) -> datetime:
    """The midnight with which a day ends here, as it is kept: in UTC. What learners read was the whole day."""
    return datetime.combine(day + timedelta(days=1), time(0), LONDON).astimezone(UTC).replace(tzinfo=None)


def downgrade() -> None:
    op.drop_column("offers", "answer_until")
