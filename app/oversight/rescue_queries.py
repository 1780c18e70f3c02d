"""What a coordinator reads to say what comes next for a placement: wishes, places offered, where it could go on."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased, joinedload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from app.models.course.changes_asked import AskedState, ChangeAsked
from app.models.course.next_places import NextPlace
from app.models.people import Person
from app.models.placements import Placement
from app.models.studies import Opening
from app.oversight.queries import whole_row
from app.phrasebook.obstacles import sentence, to_coordinator
from app.promises.live_offers import NOT_FOR_THE_MENTOR
from app.rules.coordinators import is_overseen_by
from app.rules.course.next_openings import NextOpenings
from app.rules.course.risk_conditions import kinds_by_placement
from app.rules.course.risks import RESCUE, AtRisk, Risk
from app.rules.eligibility import SHORTEST_PLACEMENT, Obstacle
from app.rules.fit import all_of_an_opening, has_level
from app.rules.plain.openings import PlainOpening, plain_openings

RESCUED_ROWS = 20  # on a page, for all of which together places are proposed
# A mentor or study is gone, so that the placement needs another opening; the others ask for something else.
NEEDS_OPENING = frozenset({Risk.MENTOR_GONE, Risk.STUDY_STOPPED, Risk.MENTOR_LEAVES})


def ids_to_rescue(session: Session, person: Person, today: date) -> list[int]:
    """The placements overseen by a person that cannot stay as they are."""
    return sorted(kinds_by_placement(session, today, is_overseen_by(person), among=RESCUE))


def placements_to_rescue(session: Session, person: Person, ids: Sequence[int]) -> Sequence[Placement]:
    """Those of these placements that the person oversees, with all that proposals ask."""
    statement = (
        select(Placement)
        .where(Placement.id.in_(ids), is_overseen_by(person))
        .options(*whole_row(), joinedload(Placement.learner).selectinload(Person.grants))
        .order_by(Placement.id)
    )
    return session.scalars(statement).all()


def needs_opening(risks: Sequence[AtRisk]) -> bool:
    """True where it goes on only elsewhere; a learner who is gone, or asks to end, is not moved."""
    kinds = {one.risk for one in risks}
    return not NEEDS_OPENING.isdisjoint(kinds) and Risk.LEARNER_GONE not in kinds


def first_day_elsewhere(placement: Placement, risks: Sequence[AtRisk], today: date) -> date:
    """From when a placement could be elsewhere: at once, or from the day on which its mentor leaves."""
    leaves = [one.day for one in risks if one.risk is Risk.MENTOR_LEAVES and one.day]
    return max([today, placement.starts_on, *leaves])


def plain_openings_to_take_over(
    session: Session, person: Person, placements: Sequence[Placement], asked: NextOpenings, today: date
) -> list[PlainOpening]:
    """The openings in her networks on which one of these could go on as far as level, network and days say."""
    networks = networks_reached(person, placements, asked)
    return plain_openings(session, networks, None, today, *could_take_over(placements, asked))


def networks_reached(person: Person, placements: Sequence[Placement], asked: NextOpenings) -> Collection[int]:
    """Her networks, without those that none of these learners reaches."""
    networks = person.network_ids()
    if len(asked.requests) == len(placements):
        reached = {network.id for request in asked.requests.values() for network in request.networks}
        networks = networks & reached if reached else networks
    return networks


def could_take_over(placements: Sequence[Placement], asked: NextOpenings) -> tuple[ColumnElement[bool], ...]:
    levels = {one.module.programme.level for one in placements}
    ends = Opening.ends_on >= min(asked.first_days.values()) + SHORTEST_PLACEMENT
    return or_(*map(has_level, levels)), ends


def openings_with_ids(session: Session, ids: Collection[int]) -> dict[int, Opening]:
    """Openings by their ids, with what a proposal shows of them."""
    shown = (joinedload(Opening.mentor), joinedload(Opening.study), joinedload(Opening.organisation))
    return {row.id: row for row in session.scalars(select(Opening).where(Opening.id.in_(ids)).options(*shown))}


def opening_to_take_over(session: Session, person: Person, opening_id: int) -> Opening | None:
    """The opening, if it is in a network that this person coordinates."""
    statement = select(Opening).where(Opening.id == opening_id, Opening.network_id.in_(person.network_ids()))
    return session.scalar(statement.options(*all_of_an_opening()))


def wishes_about(session: Session, placement: Placement) -> Sequence[ChangeAsked]:
    """What learner and mentor have asked about a placement, the latest first."""
    statement = (
        select(ChangeAsked)
        .where(ChangeAsked.placement_id == placement.id)
        .options(joinedload(ChangeAsked.asked_by))
        .order_by(ChangeAsked.id.desc())
    )
    return session.scalars(statement).all()


def wish_reached(session: Session, placement: Placement, wish_id: int) -> ChangeAsked | None:
    """The wish, if it is about this placement."""
    statement = select(ChangeAsked).where(ChangeAsked.id == wish_id, ChangeAsked.placement_id == placement.id)
    return session.scalar(statement.options(joinedload(ChangeAsked.asked_by)))


def open_wishes(session: Session, placement_ids: Sequence[int]) -> dict[int, list[ChangeAsked]]:
    """What waits for an answer, by placement."""
    rows = session.scalars(
        select(ChangeAsked)
        .where(ChangeAsked.placement_id.in_(placement_ids), ChangeAsked.state == AskedState.WAITING)
        .options(joinedload(ChangeAsked.asked_by))
        .order_by(ChangeAsked.id)
    )
    found: dict[int, list[ChangeAsked]] = {}
    for row in rows:
        found.setdefault(row.placement_id, []).append(row)
    return found


def latest_next_place(session: Session, placement: Placement) -> NextPlace | None:
    """The place that was offered last for the placement to go on."""
    statement = select(NextPlace).where(NextPlace.placement_id == placement.id).order_by(NextPlace.id.desc()).limit(1)
    return session.scalar(statement.options(*with_opening()))


def next_places_of(session: Session, placement_ids: Sequence[int], today: date) -> dict[int, NextPlace]:
    """The place that waits for an answer, by placement."""
    statement = select(NextPlace).where(NextPlace.placement_id.in_(placement_ids), NextPlace.is_open_on(today))
    return {row.placement_id: row for row in session.scalars(statement.options(*with_opening()))}


def broken_places(session: Session, placement_ids: Sequence[int]) -> dict[int, NextPlace]:
    """By placement the place that was kept last for it to go on, where something made it impossible."""
    later = aliased(NextPlace)
    is_last = ~exists().where(later.placement_id == NextPlace.placement_id, later.id > NextPlace.id)
    statement = select(NextPlace).where(NextPlace.placement_id.in_(placement_ids), NextPlace.broken_by != "", is_last)
    return {row.placement_id: row for row in session.scalars(statement.options(*with_opening()).order_by(NextPlace.id))}


def why_broken(place: NextPlace, reader: Person) -> str:
    """What made it impossible, as a sentence; not what its mentor must not hear, where she is the one who reads."""
    obstacle = Obstacle(place.broken_by)
    if obstacle in NOT_FOR_THE_MENTOR and reader.id == place.opening.mentor_id:
        return ""
    return sentence(to_coordinator(obstacle))


def with_opening() -> tuple[_AbstractLoad, ...]:
    opening = joinedload(NextPlace.opening)
    return opening.joinedload(Opening.mentor), opening.joinedload(Opening.study)
