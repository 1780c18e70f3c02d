"""What a mentor sees of her openings: places left, how many asked, and what she has given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.course.better_places import BetterPlace
from app.models.course.next_places import NextPlace
from app.models.people import LearnerProfile, Person, Role
from app.models.placements import Offer, Placement
from app.models.requests import PlacementRequest, RankedOpening, RequestState
from app.models.studies import Opening, OpeningState, Study
from app.models.values.registration import Profession
from app.rules.capacity import Held
from app.rules.fit import all_of_an_opening


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """An opening with how many places are left and how many learners asked for it."""

    opening: Opening
    left: int
    asked: int


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom the withdrawal of an opening concerns: requests that rank it, waiting offers, running placements.

    `next_places` are kept for placements from elsewhere to go on, `better_places` for learners who can move up.
    """

    requests: int
    offers: int
    placements: int
    next_places: int
    better_places: int

    @property
    def taken(self) -> int:
        """Places that are promised or filled."""
        return self.offers + self.placements + self.next_places + self.better_places


def opening_lines(session: Session, mentor: Person, today: date) -> list[OpeningLine]:
    """The mentor's openings, those that learners can see first, then the newest."""
    openings = session.scalars(
        select(Opening).where(Opening.mentor_id == mentor.id).options(*all_of_an_opening()).order_by(Opening.id.desc())
    ).all()
    order = [OpeningState.PUBLISHED, OpeningState.PAUSED, OpeningState.WITHDRAWN]
    return lines_of(session, sorted(openings, key=lambda opening: order.index(opening.state)), today)


def lines_of(session: Session, openings: Sequence[Opening], today: date) -> list[OpeningLine]:
    held, asked = Held.around(session, today, openings), asked_by(session, [opening.id for opening in openings])
    return [OpeningLine(opening, held.places_left(opening), asked.get(opening.id, 0)) for opening in openings]


def room_with(session: Session, mentor: Person, lines: Sequence[OpeningLine], today: date) -> int:
    """How many more learners the mentor can take over the published ones of her openings."""
    room = sum(line.left for line in lines if line.opening.state is OpeningState.PUBLISHED)
    profile = mentor.mentor_profile
    if profile is None:
        return room
    held = Held.around(session, today, [line.opening for line in lines])
    return max(0, min(room, profile.learners_max - held.by_mentor.get(mentor.id, 0)))


def asked_by(session: Session, opening_ids: Sequence[int]) -> dict[int, int]:
    """How many sent requests rank each opening, by its id; one that nobody ranks is left out.

    Only the newest request of somebody for a module counts, and only while she takes part.
    """
    rows = session.execute(
        select(RankedOpening.opening_id, func.count().label("number"))
        .join(PlacementRequest, PlacementRequest.id == RankedOpening.request_id)
        .join(PlacementRequest.learner)
        .where(
            RankedOpening.opening_id.in_(opening_ids),
            PlacementRequest.state == RequestState.SUBMITTED,
            PlacementRequest.asked_again_at.is_(None),
            Person.takes_part_as(Role.LEARNER),
        )
        .group_by(RankedOpening.opening_id)
    )
    return {row.opening_id: row.number for row in rows}


def opening_of_mentor(session: Session, mentor: Person, opening_id: int, to_change: bool = False) -> Opening | None:
    """The opening, if it is the mentor's own; `to_change` keeps others from changing it meanwhile."""
    statement = select(Opening).where(Opening.id == opening_id, Opening.mentor_id == mentor.id)
    if to_change:
        session.scalars(statement.with_for_update()).all()
    return session.scalar(statement.options(*all_of_an_opening()))


def professions_asking(session: Session, opening: Opening) -> list[tuple[Profession | None, int]]:
    """The professions of the learners whose sent requests rank the opening, with how many, most first."""
    number = func.count()
    rows = session.execute(
        select(LearnerProfile.profession, number)
        .select_from(RankedOpening)
        .join(PlacementRequest, PlacementRequest.id == RankedOpening.request_id)
        .outerjoin(LearnerProfile, LearnerProfile.person_id == PlacementRequest.learner_id)
        .where(RankedOpening.opening_id == opening.id, PlacementRequest.state == RequestState.SUBMITTED)
        .group_by(LearnerProfile.profession)
        .order_by(number.desc(), LearnerProfile.profession)
    )
    return [(profession, count) for profession, count in rows]


def placements_on(session: Session, opening: Opening) -> list[Placement]:
    """Everybody who was or is placed on the opening, the latest first."""
    return list(
        session.scalars(
            select(Placement)
            .where(Placement.opening_id == opening.id)
            .options(joinedload(Placement.learner).joinedload(Person.learner_profile), selectinload(Placement.pauses))
            .order_by(Placement.starts_on.desc(), Placement.id.desc())
        )
    )


def affected_by_withdrawal(session: Session, opening: Opening, today: date) -> Affected:
    """How many people the withdrawal of an opening concerns."""
    offers = select(func.count()).where(Offer.opening_id == opening.id, Offer.is_open_on(today))
    placements = select(func.count()).where(Placement.opening_id == opening.id, Placement.is_current_on(today))
    next_places = select(func.count()).where(NextPlace.opening_id == opening.id, NextPlace.is_open_on(today))
    better = select(func.count()).where(BetterPlace.opening_id == opening.id, BetterPlace.is_open_on(today))
    return Affected(
        requests=asked_by(session, [opening.id]).get(opening.id, 0),
        offers=session.scalar(offers) or 0,
        placements=session.scalar(placements) or 0,
        next_places=session.scalar(next_places) or 0,
        better_places=session.scalar(better) or 0,
    )


def openings_on(session: Session, study: Study, today: date) -> list[OpeningLine]:
    """The openings on a study that are not withdrawn, with places left."""
    openings = session.scalars(
        select(Opening)
        .where(Opening.study_id == study.id, Opening.state != OpeningState.WITHDRAWN)
        .options(*all_of_an_opening())
        .order_by(Opening.id)
    ).all()
    return lines_of(session, openings, today)
