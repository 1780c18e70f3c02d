"""One meeting of a mentor with several learners at once."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person


class GroupMeeting(Base):
    """What the sessions of several learners have in common, whether they are planned or took place.

    Each learner has a session of her own, which names it: her own yes or question, her own actions. So whatever reads
    one session can show nothing of another learner's. A correction is another meeting.
    """

    __tablename__ = "group_meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime]
    form_key: Mapped[str] = mapped_column(unique=True)

    made_by: Mapped[Person] = relationship()
