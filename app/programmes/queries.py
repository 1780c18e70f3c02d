"""Which programmes, versions, parts and cohorts somebody may change, and those that everybody reads of."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session, joinedload

from app.models.people import Person, Role
from app.models.programmes import Cohort, Enrolment, Programme, ProgrammeVersion, Provider, VersionPart
from app.rules.programmes.standing import with_versions


def is_reached_by(person: Person) -> ColumnElement[bool]:
    """The condition that somebody may change a programme: its lead, and administrators any."""
    if Role.ADMINISTRATOR in person.roles:
        return true()
    return Programme.provider_id.in_(person.provider_ids(Role.PROGRAMME_LEAD))


def whole_programmes() -> Select[Programme]:
    statement: Select[Programme] = select(Programme).join(Programme.provider)
    return statement.options(joinedload(Programme.provider), *with_versions()).order_by(
        Provider.name, Programme.level, Programme.title, Programme.id
    )


def programmes_reached(session: Session, person: Person) -> Sequence[Programme]:
    return in_order_of_levels(session.scalars(whole_programmes().where(is_reached_by(person))).all())


def every_programme(session: Session) -> Sequence[Programme]:
    """Those of all universities, with what their versions say."""
    return in_order_of_levels(session.scalars(whole_programmes()).all())


def in_order_of_levels(programmes: Sequence[Programme]) -> Sequence[Programme]:
    """By university, and then as the Framework's levels follow each other."""
    levels = {level: number for number, level in enumerate(type(programmes[0].level))} if programmes else {}
    return sorted(programmes, key=lambda one: (one.provider.name, levels[one.level], one.title, one.id))


def programme_reached(session: Session, person: Person, programme_id: int, to_change: bool = False) -> Programme | None:
    """The programme, as it is now; to change it, its row is locked before anything of it is read."""
    wanted = Programme.id == programme_id, is_reached_by(person)
    if to_change and session.scalar(select(Programme.id).where(*wanted).with_for_update()) is None:
        return None
    return session.scalar(whole_programmes().where(*wanted).execution_options(populate_existing=True))


def version_reached(
    session: Session, person: Person, version_id: int, to_change: bool = False
) -> ProgrammeVersion | None:
    programme_id = session.scalar(select(ProgrammeVersion.programme_id).where(ProgrammeVersion.id == version_id))
    programme = programme_id and programme_reached(session, person, programme_id, to_change)
    return next((one for one in programme.versions if one.id == version_id), None) if programme else None


def part_reached(session: Session, person: Person, part_id: int, to_change: bool = False) -> VersionPart | None:
    version_id = session.scalar(select(VersionPart.version_id).where(VersionPart.id == part_id))
    version = version_id and version_reached(session, person, version_id, to_change)
    return next((one for one in version.parts if one.id == part_id), None) if version else None


def cohort_reached(session: Session, person: Person, cohort_id: int, to_change: bool = False) -> Cohort | None:
    version_id = session.scalar(select(Cohort.version_id).where(Cohort.id == cohort_id))
    version = version_id and version_reached(session, person, version_id, to_change)
    return next((one for one in version.cohorts if one.id == cohort_id), None) if version else None


def providers_reached(session: Session, person: Person) -> Sequence[Provider]:
    """The universities whose programmes somebody may change."""
    statement = select(Provider).order_by(Provider.name)
    if Role.ADMINISTRATOR not in person.roles:
        statement = statement.where(Provider.id.in_(person.provider_ids(Role.PROGRAMME_LEAD)))
    return session.scalars(statement).all()


def numbers_enrolled(session: Session, programme: Programme) -> dict[int, int]:
    """How many are enrolled on each version of a programme, by its id."""
    statement = (
        select(Enrolment.version_id, func.count())
        .where(Enrolment.programme_id == programme.id, Enrolment.version_id.is_not(None))
        .group_by(Enrolment.version_id)
    )
    return {version_id: number for version_id, number in session.execute(statement) if version_id is not None}
