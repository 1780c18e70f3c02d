"""Who was asked what, once for each occasion; what she answered stands elsewhere, and nothing leads there."""

import enum
from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.programmes import Enrolment, Level, Provider


class Survey(enum.Enum):
    """A set of questions, and the occasion on which it is asked."""

    BEFORE = "before a level"
    PLACEMENT = "after a placement"
    MENTORING = "mentors after a placement"
    AFTER = "after a level"
    MONTHS_6 = "six months after a level"
    MONTHS_12 = "twelve months after a level"
    MONTHS_24 = "twenty-four months after a level"

    @property
    def months_after(self) -> int | None:
        """How long after a level it is asked, by a link in a mail; None of what is asked here."""
        return {Survey.MONTHS_6: 6, Survey.MONTHS_12: 12, Survey.MONTHS_24: 24}.get(self)


class Asking(Base):
    """Somebody who is asked once, until a day; level, university and academic year are those of the answer.

    So is the cohort, where enough learners are on it that an answer could be any of several people's.
    `is_settled` is all that is kept of what she did: nobody can tell from it whether she answered or would rather not.
    A survey is about a placement, or about a level, which is the enrolment on it.
    """

    __tablename__ = "survey_askings"
    __table_args__ = (
        UniqueConstraint("survey", "person_id", "enrolment_id", "placement_number"),
        Index("ix_survey_askings_survey_year", "survey", "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey: Mapped[Survey]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"), index=True)
    placement_number: Mapped[int] = mapped_column(default=0)  # 0 where it is about a level
    level: Mapped[Level]
    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohorts.id"), index=True)
    year: Mapped[int]
    asked_on: Mapped[date]
    until_on: Mapped[date]
    is_settled: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship()
    enrolment: Mapped[Enrolment] = relationship()
    provider: Mapped[Provider] = relationship()

    def is_open_on(self, day: date) -> bool:
        return not self.is_settled and self.asked_on <= day <= self.until_on
