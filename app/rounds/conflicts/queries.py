"""The conflicts of a round's learners, as a coordinator may see them, and the mentors whom she can name."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from app.models.organisations import Organisation
from app.models.pairs.conflicts import Conflict
from app.models.people import MentorProfile, Person
from app.models.placements import Placement
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Pin
from app.models.studies import Opening, OpeningState
from app.rounds.queries import belongs_to
from app.web.paging import Page, page_of


def conflicts_listed(session: Session, reader: Person, round_: MatchRound, page: int) -> Page:
    """A page of the conflicts of learners in the round, those that stand first; lifted ones stay."""
    return page_of(session, conflicts_of(reader, round_), page)


def conflict_in(session: Session, reader: Person, round_: MatchRound, conflict_id: int) -> Conflict | None:
    return session.scalar(conflicts_of(reader, round_).where(Conflict.id == conflict_id))


def conflicts_of(reader: Person, round_: MatchRound) -> Select[Conflict]:
    of_round = exists().where(PlacementRequest.learner_id == Conflict.learner_id, belongs_to(round_))
    return (
        select(Conflict)
        .where(of_round, may_read(reader))
        .options(
            joinedload(Conflict.learner),
            joinedload(Conflict.mentor),
            joinedload(Conflict.author),
            joinedload(Conflict.excepted_by),
        )
        .order_by(Conflict.excepted_at.is_not(None), Conflict.id)
    )


def may_read(reader: Person) -> ColumnElement[bool]:
    """False of conflicts in which she is the mentor, unless she recorded them herself."""
    return or_(Conflict.mentor_id != reader.id, Conflict.author_id == reader.id)


def standing_of(session: Session, reader: Person, learner: Person) -> Sequence[Conflict]:
    """The conflicts of a learner that no exception has lifted."""
    statement = select(Conflict).where(Conflict.learner_id == learner.id, Conflict.excepted_at.is_(None))
    return session.scalars(statement.where(may_read(reader)).options(joinedload(Conflict.mentor))).all()


def mentors_in(session: Session, round_: MatchRound) -> list[tuple[str, str]]:
    """Everybody with an opening in the round's networks, with where she works, by name: for a list to pick from."""
    networks = [network.id for network in round_.networks]
    opened = select(Opening.mentor_id).where(Opening.network_id.in_(networks), Opening.state != OpeningState.WITHDRAWN)
    rows = session.execute(
        select(Person.id, Person.name, Organisation.name)
        .outerjoin(MentorProfile, MentorProfile.person_id == Person.id)
        .outerjoin(Organisation, MentorProfile.organisation_id == Organisation.id)
        .where(Person.id.in_(opened))
        .order_by(Person.name, Person.id)
    )
    return [(str(id_), ", ".join(filter(None, (name, works_at)))) for id_, name, works_at in rows]


def standing_between(session: Session, learner: Person, mentor_id: int) -> Conflict | None:
    return session.scalar(
        select(Conflict).where(
            Conflict.learner_id == learner.id, Conflict.mentor_id == mentor_id, Conflict.excepted_at.is_(None)
        )
    )


def placed_until(session: Session, learner: Person, mentor: Person, today: date) -> date | None:
    """The last day of a placement that the two have together; None where they have none."""
    together = (Placement.learner_id == learner.id, Placement.mentor_id == mentor.id, Placement.is_current_on(today))
    return session.scalar(select(Placement.ends_on).where(*together).order_by(Placement.ends_on.desc()).limit(1))


def rounds_that_pin(session: Session, learner: Person, mentor: Person) -> Sequence[str]:
    """The names of rounds in which something is still decided, where a pin holds the two together."""
    statement = (
        select(MatchRound.name)
        .join(Pin, Pin.round_id == MatchRound.id)
        .join(Pin.request)
        .join(Pin.opening)
        .where(
            PlacementRequest.learner_id == learner.id,
            Opening.mentor_id == mentor.id,
            Pin.lifted_at.is_(None),
            MatchRound.is_worked_on,
        )
        .order_by(MatchRound.id)
    )
    return session.scalars(statement).all()
