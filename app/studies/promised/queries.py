"""Which mentors a coordinator hosts, who else does, and how many learners are with them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.models.people import Person
from app.models.studies import Opening, OpeningState
from app.rules.capacity import Held
from app.rules.coordinators import coordinators_of_networks


def hosted_mentor(session: Session, coordinator: Person, mentor_id: int) -> Person | None:
    """The mentor, if she has an opening that is not withdrawn in a network of the coordinator."""
    here = live_openings_of(mentor_id).where(Opening.network_id.in_(coordinator.network_ids())).exists()
    return session.scalar(select(Person).where(Person.id == mentor_id, here).options(joinedload(Person.mentor_profile)))


def learners_with(session: Session, mentor: Person, today: date) -> int:
    """How many learners are with her over all her openings, offers that wait counted in."""
    openings = session.scalars(live_openings_of(mentor.id).options(joinedload(Opening.study))).all()
    return Held.around(session, today, openings).by_mentor.get(mentor.id, 0)


def coordinators_hosting(session: Session, mentor: Person) -> Sequence[Person]:
    """The coordinators of every network in which she has an opening that is not withdrawn."""
    networks = session.scalars(live_openings_of(mentor.id).with_only_columns(Opening.network_id)).all()
    return coordinators_of_networks(session, set(networks))


def live_openings_of(mentor_id: int) -> Select[Opening]:
    return select(Opening).where(Opening.mentor_id == mentor_id, Opening.state != OpeningState.WITHDRAWN)
