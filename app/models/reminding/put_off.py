"""What a person does not want to be reminded of before a day."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class PutOff(Base):
    """One thing to do, by its mark, that stays out of sight until a day; of several rows the latest counts.

    Taking it back is another row, whose day has come.
    """

    __tablename__ = "items_put_off"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    item: Mapped[str]
    until_on: Mapped[date]
    put_off_at: Mapped[datetime]
