"""What a learner can choose from while she writes a request: organisations, mentors, modules, networks, specialties."""

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.language.folding import as_searched
from app.language.person_names import could_be_same_person
from app.models.organisations import Network, Organisation, Specialty, SpecialtyKind
from app.models.people import MentorProfile, Person, Role, RoleGrant
from app.models.programmes import ModuleKind, Programme, Provider
from app.rules.programmes.standing import modules_now, offers_practice, with_versions
from app.rules.search import FOUND_MAX, is_enough, named


def organisation_named(session: Session, typed: str) -> Organisation | None:
    """The one open organisation of exactly this name, whatever its capitals and accents."""
    statement = select(Organisation).where(
        Organisation.folded_name == as_searched(typed), Organisation.closed_on.is_(None)
    )
    found = session.scalars(statement.limit(2)).all()
    return found[0] if len(found) == 1 else None


def mentors_like(session: Session, typed: str, learner: Person) -> list[Person]:
    """Up to FOUND_MAX mentors other than the learner whose name has every typed word, with where they work."""
    if not is_enough(typed):
        return []
    statement = (
        select(Person)
        .where(is_a_mentor(), Person.id != learner.id, named(Person.folded_name, typed))
        .order_by(Person.name, Person.id)
        .limit(FOUND_MAX)
        .options(joinedload(Person.mentor_profile).joinedload(MentorProfile.organisation))
    )
    return list(session.scalars(statement))


def mentors_named(session: Session, typed: str, learner: Person) -> list[Person]:
    """The same, and those whose name could be meant otherwise: "EXAMPLE, Jane" or "Dr Jane Example"."""
    if not is_enough(typed):
        return []
    names = session.execute(select(Person.id, Person.name).where(Person.takes_part_as(Role.MENTOR)))
    alike = [id_ for id_, name in names if id_ != learner.id and could_be_same_person(typed, name)][:FOUND_MAX]
    statement = (
        select(Person)
        .where(Person.id.in_([*alike, *(one.id for one in mentors_like(session, typed, learner))]))
        .order_by(Person.name, Person.id)
        .options(joinedload(Person.mentor_profile).joinedload(MentorProfile.organisation))
    )
    return list(session.scalars(statement))


def is_a_mentor() -> ColumnElement[bool]:
    """The condition that a person is active and holds the role."""
    return Person.is_active & exists().where(
        RoleGrant.person_id == Person.id, RoleGrant.role == Role.MENTOR, RoleGrant.ended_at.is_(None)
    )


def providers_with_rpe(session: Session) -> list[Provider]:
    """The universities that offer a Research Practice Experience, with their programmes and modules."""
    statement = (
        select(Provider)
        .where(Provider.programmes.any(offers_practice()))
        .order_by(Provider.name)
        .options(selectinload(Provider.programmes).options(selectinload(Programme.modules), *with_versions()))
    )
    return list(session.scalars(statement))


def provider_with_rpe(session: Session, provider_id: int) -> Provider | None:
    """One of those universities."""
    return next((one for one in providers_with_rpe(session) if one.id == provider_id), None)


def rpe_programmes(provider: Provider) -> list[Programme]:
    """A university's programmes that have an RPE module, as they are published now."""
    return [one for one in provider.programmes if any(module.kind is ModuleKind.RPE for module in modules_now(one))]


def networks(session: Session) -> list[Network]:
    """The networks of today, by name."""
    statement = select(Network).where(Network.valid_until.is_(None), Network.successor_id.is_(None))
    return list(session.scalars(statement.order_by(Network.name)))


def specialties(session: Session) -> list[Specialty]:
    """The specialties of today, by name."""
    statement = select(Specialty).where(Specialty.kind == SpecialtyKind.SPECIALTY, Specialty.valid_until.is_(None))
    return list(session.scalars(statement.order_by(Specialty.name)))
