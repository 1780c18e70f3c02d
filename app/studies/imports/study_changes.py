"""What one record of a registry export says otherwise than the study that we have, and what of it is taken.

What a file does not say stays as it is, so that two exports of one registry with different columns complete each other;
what it says replaces what we had, unless it is less recent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.language.dates_and_times import day_in_words
from app.language.folding import as_searched
from app.models.studies import Study
from app.models.values.identifiers import Scheme
from app.models.values.study_status import StudyStatus
from app.phrasebook.import_changes import in_words, lists_in_words
from app.registries.records import StudyRecord

Key = tuple[Scheme, str]
LISTS = ("identifiers", "specialties", "sites")


@dataclass(frozen=True)
class Change:
    """What a record says otherwise than its study: what is taken, and what is kept back because it is less recent."""

    study: Study
    record: StudyRecord
    taken: dict[str, Any]
    kept_back: dict[str, Any]

    @property
    def is_new(self) -> bool:
        return self.study.id is None


def change_of(study: Study, record: StudyRecord) -> Change:
    """What the record says otherwise than the study; where it is less recent, it only fills in what we lack."""
    said = said_by(record)
    if record.source not in study.source:
        said["source"] = ", ".join(filter(None, (study.source, record.source)))
    different = {
        name: value for name, value in said.items() if value not in ("", None) and value != getattr(study, name)
    }
    different |= {
        name: value for name, value in lists_of(study, record).items() if value and value != have(study, name)
    }
    if not is_less_recent(study, record):
        if record.updated_on and record.updated_on != study.registry_updated_on:
            different["registry_updated_on"] = record.updated_on
        return Change(study, record, different, {})
    taken = {name: value for name, value in different.items() if only_adds(study, name, value)}
    return Change(study, record, taken, {name: value for name, value in different.items() if name not in taken})


def is_less_recent(study: Study, record: StudyRecord) -> bool:
    """True when the registry had changed its record after what this file says, or the file does not say when it did.

    A record of the same day may replace: it is the same version, or one of which we cannot know that it is older.
    """
    known = study.registry_updated_on
    return known is not None and (record.updated_on is None or record.updated_on < known)


def less_recent(study: Study, record: StudyRecord) -> str:
    """Why something of a record is kept back."""
    assert study.registry_updated_on is not None
    ours = day_in_words(study.registry_updated_on)
    if record.updated_on is None:
        return f"The file does not say when {record.source} updated this study; what we have is of {ours}."
    return f"The file knows the study as of {day_in_words(record.updated_on)}; what we have is of {ours}."


def said_by(record: StudyRecord) -> dict[str, Any]:
    """The parts of a record by their names in the study; what the file does not say is empty or None."""
    return {
        "title": record.title,
        "short_title": record.short_title,
        "summary": record.summary,
        "conditions": "; ".join(record.conditions),
        "status": record.status,
        "phase": record.phase,
        "study_type": record.study_type,
        "is_commercial": record.is_commercial,
        "lead": ", ".join(part for part in (record.lead_network, record.sponsor) if part),
        "funder": "; ".join(record.funders),
        "starts_on": record.starts_on.day if record.starts_on else None,
        "completes_on": record.completes_on.day if record.completes_on else None,
    }


def lists_of(study: Study, record: StudyRecord) -> dict[str, list[Any]]:
    """Numbers, specialties and sites that the study has once the record is taken; empty where they stay."""
    numbers = [key for key in keys_of(record) if key not in have(study, "identifiers")]
    specialties = specialties_wanted(study, record)
    return {
        "identifiers": [*have(study, "identifiers"), *numbers] if numbers else [],
        "specialties": specialties if set(specialties) != set(have(study, "specialties")) else [],
        "sites": [(site.name, site.city, site.postcode, site.country) for site in record.sites],
    }


def specialties_wanted(study: Study, record: StudyRecord) -> list[str]:
    """A guess only adds to those that we have, and so does a record that is less recent."""
    known, is_old = have(study, "specialties"), is_less_recent(study, record)
    if is_old and known and record.specialties_are_guessed:
        return known
    if is_old or record.specialties_are_guessed:
        return [*known, *(name for name in record.specialties if name not in known)]
    return list(record.specialties)


def keys_of(record: StudyRecord) -> list[Key]:
    return [(identifier.scheme, identifier.value) for identifier in record.identifiers]


def have(study: Study, name: str) -> Any:
    """A part of a study as plain values."""
    if name == "identifiers":
        return [(one.scheme, one.value) for one in study.identifiers]
    if name == "specialties":
        return [specialty.name for specialty in study.specialties]
    if name == "sites":
        return [(site.name, site.city, site.postcode, site.country) for site in study.sites]
    return getattr(study, name)


def only_adds(study: Study, name: str, value: Any) -> bool:
    """True when nothing that we have is lost by taking a value."""
    if name == "source":
        return True
    known = have(study, name)
    if isinstance(known, list):
        return not known or (name != "sites" and set(known) <= set(value))
    return known in ("", None, StudyStatus.UNKNOWN)


def fields_in_words(study: Study, values: Mapping[str, Any]) -> tuple[list[str], ...]:
    """Each part with what stands there and what the record says."""
    return tuple(
        lists_in_words(name, items(name, have(study, name)), items(name, value))
        if name in LISTS
        else in_words(name, getattr(study, name), value)
        for name, value in values.items()
    )


def items(name: str, values: Iterable[Any]) -> list[str]:
    """The members of a list as they are told."""
    if name == "identifiers":
        return [number_in_words(*value) for value in values]
    if name == "sites":
        return [", ".join(filter(None, value)) for value in values]
    return list(values)


def number_in_words(scheme: Scheme, value: str) -> str:
    """NCT01234567, CPMS 12345"""
    return value if value.startswith(scheme.value) else f"{scheme.value} {value}"


def search_text_of(study: Study) -> str:
    """Everything that a search by words looks in, as a search compares it."""
    return search_text({}, study)


def search_text(taken: Mapping[str, Any], study: Study) -> str:
    """The same, once what was taken stands in the study."""
    short_title, title, conditions = (
        taken.get(name) or getattr(study, name) or "" for name in ("short_title", "title", "conditions")
    )
    numbers = (f"{scheme.value} {value}" for scheme, value in taken.get("identifiers") or have(study, "identifiers"))
    names = sorted(taken.get("specialties") or have(study, "specialties"))
    return as_searched(" ".join((short_title, title, *numbers, *names, conditions)))
