"""A place kept for a placement to go on that can no longer be: it is taken back, and learner and coordinators hear."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.course.next_places import NextPlace, NextPlaceState
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Module
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.course import mails
from app.promises.course.lifecycles import NEXT_PLACE, TAKEN_BACK
from app.promises.live_offers import KEPT, NOT_FOR_THE_MENTOR, PASSING
from app.rules.coordinators import coordinators_of_network
from app.rules.course.next_openings import NextOpenings
from app.rules.eligibility import Obstacle
from app.rules.fit import all_of_an_opening

STAYS = KEPT | PASSING


def take_back_broken_places(session: Session, occasion: Occasion) -> None:
    """Take back the places that wait for an answer and can never be accepted any more; few wait at any time."""
    places = places_that_wait(session, occasion)
    if not places:
        return
    first_days = {one.placement_id: max(occasion.today, one.starts_on) for one in places}
    asked = NextOpenings(session, [one.placement for one in places], first_days, occasion.today)
    for place in places:
        lasting = first_lasting(asked.obstacles(place.placement, place.opening))
        if lasting:
            take_back(session, occasion, place, lasting)


def first_lasting(found: Iterable[Obstacle]) -> Obstacle | None:
    return next((one for one in found if one not in STAYS), None)


def places_that_wait(session: Session, occasion: Occasion) -> Sequence[NextPlace]:
    """Those that can be answered today; whoever answers one of them meanwhile waits."""
    placement = joinedload(NextPlace.placement)
    statement = (
        select(NextPlace)
        .where(NextPlace.state == NextPlaceState.WAITING, NextPlace.is_open_on(occasion.today))
        .order_by(NextPlace.id)
        .options(
            placement.joinedload(Placement.learner).selectinload(Person.grants),
            placement.joinedload(Placement.mentor),
            placement.joinedload(Placement.opening),
            placement.joinedload(Placement.module).joinedload(Module.programme),
            placement.selectinload(Placement.pauses),
            joinedload(NextPlace.opening).options(*all_of_an_opening()),
        )
        .with_for_update(of=NextPlace)
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).all()


def take_back(session: Session, occasion: Occasion, place: NextPlace, obstacle: Obstacle) -> None:
    placement, learner = place.placement, place.placement.learner
    NEXT_PLACE.move(
        session,
        place,
        TAKEN_BACK,
        Party.SERVICE,
        occasion.actor,
        occasion.now,
        because=obstacle.value,
        name=learner.name,
    )
    place.broken_by = obstacle.value
    if learner.takes_part_as(Role.LEARNER):
        queue_message(session, learner.email, mails.place_broken(place, obstacle, occasion.home), occasion.now)
    for coordinator in coordinators_of_network(session, placement.opening.network_id):
        if not (obstacle in NOT_FOR_THE_MENTOR and coordinator.id == place.opening.mentor_id):
            mail = mails.place_broken_to_coordinator(coordinator, place, obstacle, occasion.home)
            queue_message(session, coordinator.email, mail, occasion.now)
