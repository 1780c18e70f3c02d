"""Where and when somebody can begin: in a cohort to come or under way, or on a programme without one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.language.dates_and_times import day_in_words
from app.language.refusal import Refused
from app.models.programmes import Cohort, Programme, ProgrammeVersion
from app.rules.programmes.standing import begun_on, newest_published, with_versions

ENROLMENT_PAST = timedelta(days=5 * 365)
ENROLMENT_AHEAD = timedelta(days=365)


@dataclass(frozen=True)
class Start:
    """A programme to begin, and the cohort to begin it in where there is one."""

    programme: Programme
    cohort: Cohort | None = None

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return f"c{self.cohort.id}" if self.cohort else f"p{self.programme.id}"

    @property
    def label(self) -> str:
        if self.cohort is None:
            return f"{self.programme.title}, no cohort"
        to_confirm = ", dates to confirm" if self.cohort.are_dates_to_confirm else ""
        return f"{self.programme.title}: {self.cohort.name}, from {day_in_words(self.cohort.starts_on)}{to_confirm}"

    def version_on(self, day: date) -> ProgrammeVersion | None:
        """The version that somebody begins; without a cohort the one of that day."""
        return self.cohort.version if self.cohort else begun_on(self.programme, day)[0]

    def check_day(self, day: date, today: date) -> None:
        """Raise Refused for a first day out of reach, or outside of the cohort."""
        if not today - ENROLMENT_PAST <= day <= today + ENROLMENT_AHEAD:
            raise Refused("The first day must be within the last five years or the coming year.", "started_on")
        if self.cohort and not self.cohort.runs_on(day):
            first, last = day_in_words(self.cohort.starts_on), day_in_words(self.cohort.ends_on)
            raise Refused(f"{self.cohort.name} runs from {first} to {last}. Enter a day within that.", "started_on")


def starts_at(session: Session, today: date, provider_ids: Collection[int] | None = None) -> list[Start]:
    """What can be begun at these universities, or at all of them, by university and title; a few queries."""
    statement = (
        select(Programme)
        .options(*with_versions(), joinedload(Programme.provider))
        .order_by(Programme.provider_id, Programme.title, Programme.id)
    )
    if provider_ids is not None:
        statement = statement.where(Programme.provider_id.in_(provider_ids))
    return [start for programme in session.scalars(statement) for start in starts_of(programme, today)]


def starts_of(programme: Programme, today: date) -> list[Start]:
    """Its cohorts that are not over, the one that begins first on top; then the programme without a cohort."""
    if programme.versions and newest_published(programme) is None:
        return []
    published = [version for version in programme.versions if version.is_published]
    cohorts = [one for version in published for one in version.cohorts if one.ends_on >= today]
    ordered = sorted(cohorts, key=lambda one: (one.starts_on, one.id))
    return [*(Start(programme, one) for one in ordered), Start(programme)]
