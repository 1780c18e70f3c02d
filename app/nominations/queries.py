"""What learners, supervisors and coordinators may see of nominations: the loaders that check, and the lists."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.organisations import Network
from app.models.pairs.nominations import OPEN, Nomination, NominationState
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import Module, Programme
from app.models.studies import Study
from app.rules.search import named
from app.web.paging import Page, page_of


def whole() -> Select[Nomination]:
    """Nominations with all that a page shows of one."""
    return select(Nomination).options(
        joinedload(Nomination.learner).joinedload(Person.learner_profile),
        joinedload(Nomination.module).joinedload(Module.programme).joinedload(Programme.provider),
        joinedload(Nomination.study).selectinload(Study.identifiers),
        joinedload(Nomination.organisation),
        joinedload(Nomination.network),
        selectinload(Nomination.checks),
    )


def one_of(session: Session, wanted: Select[Nomination], to_change: bool) -> Nomination | None:
    if to_change:
        wanted = wanted.with_for_update(of=Nomination).execution_options(populate_existing=True)
    return session.scalar(wanted)


def nomination_of_learner(
    session: Session, learner: Person, nomination_id: int, to_change: bool = False
) -> Nomination | None:
    hers = whole().where(Nomination.id == nomination_id, Nomination.learner_id == learner.id)
    return one_of(session, hers, to_change)


def nomination_of_mentor(
    session: Session, mentor: Person, nomination_id: int, to_change: bool = False
) -> Nomination | None:
    """The nomination, if it went to the address of this mentor."""
    hers = whole().where(Nomination.id == nomination_id, Nomination.email == mentor.email)
    return one_of(session, hers, to_change)


def nomination_in_reach(
    session: Session, coordinator: Person, nomination_id: int, to_change: bool = False
) -> Nomination | None:
    """The nomination, if it is in a network that she coordinates."""
    hers = whole().where(Nomination.id == nomination_id, Nomination.network_id.in_(coordinator.network_ids()))
    return one_of(session, hers, to_change)


def nominations_of(session: Session, learner: Person) -> Sequence[Nomination]:
    """All that she has named, the newest first."""
    return session.scalars(whole().where(Nomination.learner_id == learner.id).order_by(Nomination.id.desc())).all()


def nominations_listed(session: Session, coordinator: Person, search: str, state: str, page: int) -> Page:
    """A page of those in her networks: what waits for her first, then the newest."""
    statement = (
        whole()
        .join(Nomination.learner)
        .where(Nomination.network_id.in_(coordinator.network_ids()), named(Person.folded_name, search))
        .order_by(Nomination.state != NominationState.CONFIRMED, Nomination.id.desc())
    )
    chosen = next((one for one in NominationState if one.name.lower() == state), None)
    return page_of(session, statement.where(Nomination.state == chosen) if chosen else statement, page)


def waiting_for(session: Session, mentor: Person) -> Sequence[Nomination]:
    """Those that wait for the yes or no of somebody who has an account."""
    waiting = (Nomination.email == mentor.email, Nomination.state == NominationState.PROPOSED)
    return session.scalars(whole().where(*waiting).order_by(Nomination.id)).all()


def to_verify_by(session: Session, coordinator: Person, at_most: int) -> tuple[int, Sequence[Nomination]]:
    """How many wait for a coordinator whom they do not concern; and these, where they are no more than so many."""
    waiting = (
        Nomination.network_id.in_(coordinator.network_ids()),
        Nomination.state == NominationState.CONFIRMED,
        Nomination.email != coordinator.email,
        Nomination.learner_id != coordinator.id,
    )
    number = session.scalar(select(func.count()).select_from(Nomination).where(*waiting)) or 0
    if number > at_most:
        return number, ()
    return number, session.scalars(whole().where(*waiting).order_by(Nomination.id)).all()


def open_ones_of(session: Session, learner: Person) -> Sequence[Nomination]:
    hers = (Nomination.learner_id == learner.id, Nomination.state.in_(OPEN))
    return session.scalars(whole().where(*hers).order_by(Nomination.id)).all()


def placement_of(session: Session, nomination: Nomination) -> Placement | None:
    """The placement that it became."""
    return session.scalar(select(Placement).where(Placement.nomination_id == nomination.id))


def networks(session: Session) -> list[Network]:
    """The networks of today, by name."""
    statement = select(Network).where(Network.valid_until.is_(None), Network.successor_id.is_(None))
    return list(session.scalars(statement.order_by(Network.name)))
