"""Deeds with the cohorts of a version: add, change, remove; those that have begun stay as they are."""

from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.programmes import Cohort, ProgrammeVersion
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.rules.programmes.said import CohortSaid
from app.rules.programmes.standing import is_begun_in

BEGUN = "This cohort has begun. Its name and its dates stay as they are, because learners rely on them."


def add_cohort(session: Session, occasion: Occasion, version: ProgrammeVersion, said: CohortSaid) -> Cohort:
    refuse_name_taken(version, None, said)
    cohort = Cohort(version=version)
    write_cohort(cohort, said)
    session.add(cohort)
    note(session, occasion, "added a cohort", cohort)
    return cohort


def change_cohort(session: Session, occasion: Occasion, cohort: Cohort, said: CohortSaid) -> None:
    require_to_come(cohort, occasion)
    refuse_name_taken(cohort.version, cohort, said)
    write_cohort(cohort, said)
    note(session, occasion, "changed a cohort", cohort)


def remove_cohort(session: Session, occasion: Occasion, cohort: Cohort) -> None:
    require_to_come(cohort, occasion)
    if is_begun_in(session, cohort):
        raise Refused(
            "Learners are enrolled in this cohort, or have asked for a place in it. Change its dates instead."
        )
    note(session, occasion, "removed a cohort", cohort)
    cohort.version.cohorts.remove(cohort)


def write_cohort(cohort: Cohort, said: CohortSaid) -> None:
    cohort.name, cohort.are_dates_to_confirm = said.name, said.are_dates_to_confirm
    cohort.starts_on, cohort.ends_on = said.starts_on, said.ends_on


def require_to_come(cohort: Cohort, occasion: Occasion) -> None:
    if is_begun(cohort, occasion):
        raise Refused(BEGUN)


def is_begun(cohort: Cohort, occasion: Occasion) -> bool:
    return cohort.version.is_published and cohort.starts_on <= occasion.today


def refuse_name_taken(version: ProgrammeVersion, cohort: Cohort | None, said: CohortSaid) -> None:
    if said.ends_on < said.starts_on:
        raise Refused("The last day must be on or after the first day.", "ends_on")
    if any(other.name == said.name for other in version.cohorts if other is not cohort):
        raise Refused("Another cohort of this version has this name. Choose another name.", "name")


def note(session: Session, occasion: Occasion, deed: str, cohort: Cohort) -> None:
    dates = {"starts_on": cohort.starts_on.isoformat(), "ends_on": cohort.ends_on.isoformat()}
    record(session, occasion.actor, deed, cohort, now=occasion.now, name=cohort.name, **dates)
