"""The blueprint of programmes, the loaders that its views share, and the page of one version."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, url_for

from app.language.refusal import Refused
from app.models.programmes import Cohort, Level, Programme, ProgrammeVersion, VersionPart
from app.phrasebook.of_programmes.checks import found_in_words, part_in_words, result_in_words
from app.platform.db import db
from app.programmes import queries
from app.programmes.cohorts import is_begun
from app.programmes.service import may_open_again
from app.rules.programmes.check import Checked, checked
from app.rules.programmes.described import said_of_part, said_of_parts
from app.rules.programmes.standing import cannot_change
from app.rules.programmes.years import year_in_words
from app.web.access import found, signed_in
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("programmes", __name__)


def programme_reached(programme_id: int, to_change: bool = False) -> Programme:
    programme: Programme = found(queries.programme_reached(db.session(), signed_in(), programme_id, to_change))
    return programme


def version_reached(version_id: int, to_change: bool = False) -> ProgrammeVersion:
    version: ProgrammeVersion = found(queries.version_reached(db.session(), signed_in(), version_id, to_change))
    return version


def part_reached(part_id: int, to_change: bool = False) -> VersionPart:
    part: VersionPart = found(queries.part_reached(db.session(), signed_in(), part_id, to_change))
    return part


def cohort_reached(cohort_id: int, to_change: bool = False) -> Cohort:
    cohort: Cohort = found(queries.cohort_reached(db.session(), signed_in(), cohort_id, to_change))
    return cohort


def address_of(version: ProgrammeVersion) -> str:
    return url_for("programmes.version", version_id=version.id)


def back_to(version: ProgrammeVersion) -> Response:
    return go_to(address_of(version))


def refused(deed: Callable[[], object]) -> str:
    """Why a deed of one button cannot be done, after which nothing of it is left; empty where it is done."""
    try:
        deed()
    except Refused as refusal:
        db.session().rollback()
        return refusal.message
    return ""


def version_page(version: ProgrammeVersion, complaint: str = "") -> Response:
    """A version with what the check says of it, and what its reader can do."""
    programme, occasion = version.programme, this_occasion()
    check = checked(programme.level, said_of_parts(version))
    return answer(
        "programmes/version.html",
        status=422 if complaint else 200,
        complaint=complaint,
        version=version,
        programme=programme,
        check=check,
        **words_of_check(programme.level, check),
        asked={part.id: part_in_words(said_of_part(part)) for part in version.parts},
        enrolled=queries.numbers_enrolled(db.session(), programme).get(version.id, 0),
        is_fixed=cannot_change(db.session(), version, occasion.today),
        may_open=may_open_again(db.session(), occasion, version),
        may_begin=all(one.is_published for one in programme.versions),
        begun={cohort.id for cohort in version.cohorts if is_begun(cohort, occasion)},
        year_in_words=year_in_words,
    )


def words_of_check(level: Level, check: Checked) -> dict[str, Any]:
    """What the check says, in words."""
    return {
        "result": result_in_words(check),
        "faults": [found_in_words(level, check, one) for one in check.faults],
        "notes": [found_in_words(level, check, one) for one in check.notes],
    }
