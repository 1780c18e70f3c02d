"""Writes a batch that was compared before: few statements for many rows, so that others wait for moments only."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.models.organisations import Organisation, Specialty
from app.models.studies import Study, StudyIdentifier, StudySite, study_specialties
from app.models.values.folded_names import folded_together
from app.studies.imports.organisations import OrganisationBatch
from app.studies.imports.studies import ABOUT_THE_RECORD, StudyBatch
from app.studies.imports.study_changes import LISTS, Change, have, search_text
from app.studies.imports.touched import Touched

Taken = list[tuple[int, Change]]


def write(session: Session, batch: StudyBatch | OrganisationBatch) -> Touched:
    """Write what is new or changed, and say what was changed that people read."""
    if isinstance(batch, StudyBatch):
        return write_studies(session, batch)
    if batch.new:
        session.execute(insert(Organisation), batch.new)
    for organisation_id, values in batch.changed.items():
        if "name" in values:
            values = {**values, "folded_name": folded_together(values["name"])}
        session.execute(update(Organisation).where(Organisation.id == organisation_id).values(**values), **UNSYNCED)
    return Touched(organisation_ids=tuple(batch.changed))


def write_studies(session: Session, batch: StudyBatch) -> Touched:
    added = add_studies(session, batch.new)
    changed = [(change.study.id, change) for change in batch.changed]
    if changed:
        session.execute(update(Study), [{"id": study_id, **plain_values(change)} for study_id, change in changed])
        for table, name in ((StudySite, "sites"), (study_specialties, "specialties")):
            ids = [study_id for study_id, change in changed if name in change.taken]
            column = StudySite.study_id if name == "sites" else study_specialties.c.study_id
            if ids:
                session.execute(delete(table).where(column.in_(ids)), **UNSYNCED)
    add_parts(session, [*added, *changed])
    read_by_people = [one for one, change in changed if set(change.taken) - ABOUT_THE_RECORD]
    return Touched(study_ids=tuple(read_by_people))


UNSYNCED: dict[str, Any] = {"execution_options": {"synchronize_session": False}}
EMPTY = dict.fromkeys(("short_title", "summary", "phase", "study_type", "lead", "funder"), "")


def add_studies(session: Session, new: list[Change]) -> Taken:
    """Each new study with the id it got."""
    if not new:
        return []
    nothing = {**EMPTY, "is_commercial": None, "starts_on": None, "completes_on": None, "registry_updated_on": None}
    rows = [{**nothing, **values_of_new(change)} for change in new]
    ids = session.scalars(insert(Study).returning(Study.id, sort_by_parameter_order=True), rows).all()
    return list(zip(ids, new, strict=True))


def values_of_new(change: Change) -> dict[str, Any]:
    return {"status": change.study.status, "conditions": "", "source": "", **plain_values(change)}


def plain_values(change: Change) -> dict[str, Any]:
    """What is no list, with what searches look in."""
    values = {name: value for name, value in change.taken.items() if name not in LISTS}
    titles = (change.taken.get(name, getattr(change.study, name)) for name in ("title", "short_title"))
    return {
        **values,
        "folded_name": folded_together(*titles),
        "search_text": search_text(change.taken, change.study),
    }


def add_parts(session: Session, taken: Taken) -> None:
    """Numbers, specialties and sites."""
    ids = specialty_ids(session, {name for _, change in taken for name in change.taken.get("specialties", ())})
    numbers = [
        {"study_id": study_id, "scheme": scheme, "value": value}
        for study_id, change in taken
        for scheme, value in change.taken.get("identifiers", ())
        if (scheme, value) not in have(change.study, "identifiers")
    ]
    sites = [
        {"study_id": study_id, "name": name, "city": city, "postcode": postcode, "country": country}
        for study_id, change in taken
        for name, city, postcode, country in change.taken.get("sites", ())
    ]
    specialties = [
        {"study_id": study_id, "specialty_id": ids[name]}
        for study_id, change in taken
        for name in change.taken.get("specialties", ())
    ]
    for table, rows in ((StudyIdentifier, numbers), (StudySite, sites), (study_specialties, specialties)):
        if rows:
            session.execute(insert(table), rows)


def specialty_ids(session: Session, names: Iterable[str]) -> dict[str, int]:
    """The id of each specialty; one that a registry names and we did not know is added."""
    wanted = sorted(names)
    for name in set(wanted) - set(session.scalars(select(Specialty.name).where(Specialty.name.in_(wanted)))):
        session.add(Specialty(name=name))
    session.flush()
    found = session.execute(select(Specialty.name, Specialty.id).where(Specialty.name.in_(wanted)))
    return dict(iter(found))
