"""The programmes of the demo as rows: what comes with the service, and a version of this year with its cohort."""

from dataclasses import replace
from datetime import date, timedelta

from app.demo.content.universities import DemoProgramme
from app.demo.playing.rows import Rows
from app.language.dates_and_times import day_of
from app.models.programmes import Cohort, Programme, ProgrammeVersion
from app.programmes.cohorts import write_cohort
from app.programmes.writing_down import write_facts, write_parts
from app.rules.programmes.said import CohortSaid, VersionSaid
from app.rules.programmes.years import academic_year_of

COHORT = "Demonstration"
COHORT_DAYS = 304  # ten months


def programme_row(rows: Rows, one: DemoProgramme) -> Programme:
    """Its versions up to now; learners of the demo are on the last, in a cohort that begins today."""
    programme = Programme(provider=rows.providers[one.provider], level=one.level, title=one.said.title)
    today = day_of(rows.now)
    for number, said in enumerate((*one.said.versions, of_this_year(one.said.versions[-1], today)), 1):
        version = ProgrammeVersion(number=number, made_at=rows.now, published_at=rows.now)
        programme.versions.append(version)
        write_facts(version, said)
        write_parts(version, said.parts)
        version.cohorts = [cohort_row(cohort) for cohort in said.cohorts]
    return programme


def of_this_year(said: VersionSaid, today: date) -> VersionSaid:
    cohort = CohortSaid(COHORT, today, today + timedelta(days=COHORT_DAYS))
    return replace(said, academic_year=academic_year_of(today), cohorts=(cohort,))


def cohort_row(said: CohortSaid) -> Cohort:
    cohort = Cohort()
    write_cohort(cohort, said)
    return cohort
