"""Forms that have done their deed, so that sending one twice does it once."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class SentForm(Base):
    """A form that one person sent: what it said last, as a digest, and the address to which that led.

    `mark` is a digest of the person, the address and the key that the form was shown with.
    """

    __tablename__ = "sent_forms"

    mark: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    said: Mapped[str]
    led_to: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime]
