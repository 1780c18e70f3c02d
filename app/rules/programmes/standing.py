"""Which version of a programme somebody begins, which one everybody reads of, and which can no longer be changed."""

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.academic.way_asked import WayAsked
from app.models.programmes import (
    Cohort,
    Enrolment,
    Module,
    ModuleKind,
    PartModule,
    Programme,
    ProgrammeVersion,
    VersionPart,
)
from app.rules.programmes.years import academic_year_of


def with_versions() -> tuple[_AbstractLoad, ...]:
    """Options of a query for programmes whose versions are asked for whole."""
    versions = selectinload(Programme.versions)
    return (versions.options(*whole_version()),)


def whole_version() -> tuple[_AbstractLoad, ...]:
    lines = selectinload(ProgrammeVersion.parts).selectinload(VersionPart.lines).joinedload(PartModule.module)
    return lines, selectinload(ProgrammeVersion.cohorts)


def hold_programme(session: Session, programme_id: int) -> Programme:
    """The programme as it stands, locked: no version of it is opened again while somebody begins it."""
    wanted = Programme.id == programme_id
    session.execute(select(Programme.id).where(wanted).with_for_update())
    statement = select(Programme).where(wanted).options(*with_versions())
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def newest_published(programme: Programme) -> ProgrammeVersion | None:
    """What everybody reads of: the version of the latest academic year, and of several the newest."""
    published = [version for version in programme.versions if version.is_published]
    return max(published, key=lambda one: (one.academic_year, one.number), default=None)


def modules_now(programme: Programme) -> list[Module]:
    """The modules of what everybody reads of; where nobody has described the programme, all that it has."""
    version = newest_published(programme)
    if version is not None:
        return version.modules
    return [] if programme.versions else programme.modules


def begun_on(programme: Programme, day: date) -> tuple[ProgrammeVersion | None, Cohort | None]:
    """The version, and the cohort if there is one, of somebody who begins a programme on a day.

    That is the cohort under way which began last; without one, the newest version of that academic year or one before,
    or else the first that there is. None where nobody has published a version.
    """
    published = [version for version in programme.versions if version.is_published]
    under_way = [cohort for version in published for cohort in version.cohorts if cohort.runs_on(day)]
    if under_way:
        cohort = max(under_way, key=lambda one: (one.starts_on, one.version.number))
        return cohort.version, cohort
    by_year = sorted(published, key=lambda one: (one.academic_year, one.number))
    so_far = [version for version in by_year if version.academic_year <= academic_year_of(day)]
    return (so_far[-1] if so_far else by_year[0] if by_year else None), None


def cannot_change(session: Session, version: ProgrammeVersion, today: date) -> bool:
    """True once anybody learns by it: a cohort has begun, or somebody is enrolled."""
    return has_begun(version, today) or is_enrolled_on(session, version)


def has_begun(version: ProgrammeVersion, today: date) -> bool:
    """A cohort begins with a version only once that is published."""
    return version.is_published and any(cohort.starts_on <= today for cohort in version.cohorts)


def is_enrolled_on(session: Session, version: ProgrammeVersion) -> bool:
    return session.scalar(select(exists().where(Enrolment.version_id == version.id))) or False


def is_begun_in(session: Session, cohort: Cohort) -> bool:
    """True of a cohort in which somebody is enrolled, or has asked for a place."""
    enrolled = exists().where(Enrolment.cohort_id == cohort.id)
    asked = exists().where(WayAsked.cohort_id == cohort.id)
    return session.scalar(select(or_(enrolled, asked))) or False


def can_be_taken() -> ColumnElement[bool]:
    """The condition that a module stands in the version of an enrolment; without a version every module does."""
    in_version = exists().where(
        PartModule.module_id == Module.id,
        PartModule.part_id == VersionPart.id,
        VersionPart.version_id == Enrolment.version_id,
    )
    return or_(Enrolment.version_id.is_(None), in_version)


def offers_practice() -> ColumnElement[bool]:
    """The condition that learners can find a placement for a programme as it is published."""
    rpe = Module.kind == ModuleKind.RPE
    described = Programme.versions.any()
    published = exists().where(
        ProgrammeVersion.programme_id == Programme.id,
        ProgrammeVersion.published_at.is_not(None),
        VersionPart.version_id == ProgrammeVersion.id,
        PartModule.part_id == VersionPart.id,
        Module.id == PartModule.module_id,
        rpe,
    )
    return or_(published, and_(~described, Programme.modules.any(rpe)))
