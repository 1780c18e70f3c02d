"""Which learners could move up to which free place: the published policy, asked of those who have a place already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

import matching
from app.language.dates_and_times import day_of
from app.language.refusal import Refused
from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.people import Person, Role
from app.models.placements import Offer, OfferState, Placement
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.studies import Opening
from app.rounds.clearing.next_in_line import PAIRS_AT_ONCE, SECONDS, InLine
from app.rounds.inputs import Inputs, declined_by_request, inputs_of
from app.rounds.runs.apart import persons_of, solve_apart
from app.rounds.runs.queries import published_stages
from app.rounds.snapshot import learner_key, mentor_key, problem_of, study_key
from app.rules.capacity import Held
from app.rules.course.swapping import Hold
from app.rules.fit import all_of_a_request, all_of_an_opening, index_of

A_DAY = timedelta(days=1)
ANSWERED = (BetterPlaceState.KEPT, BetterPlaceState.LAPSED)


@dataclass(frozen=True)
class MayMoveUp:
    """A learner with a place, the free one that the policy gives her, and the ranks of both on her list."""

    hold: Hold
    opening: Opening
    rank: int
    rank_now: int | None

    @property
    def learner(self) -> Person:
        return self.hold.offer.request.learner


def who_may_move_up(session: Session, round_: MatchRound, in_line: InLine | None, now: datetime) -> list[MayMoveUp]:
    """Each who could move up, all of them and all places weighed together; those who wait come first.

    `in_line` says who of those comes next; None where nobody waits. What they would get is taken, and nobody who has a
    place loses it. Raises Refused where it would take too long.
    """
    if not round_.moves_up:
        return []
    inputs = in_line.snapshot.inputs if in_line else inputs_of(session, round_, day_of(now))
    held = after_those_who_wait(inputs.held, in_line)
    openings = [opening for opening in inputs.openings if held.places_left(opening)]
    if not openings:
        return []
    if number_of_holders(session, round_) * len(openings) > PAIRS_AT_ONCE:
        raise Refused("So many have a place that a page cannot weigh who could move up.")
    holds = {hold.offer.request_id: hold for hold in holds_in(session, round_, now)}
    asked = Inputs(
        requests=[hold.offer.request for hold in holds.values()],
        openings=openings,
        held=held,
        today=day_of(now),
        declined=not_for(session, round_, holds, openings),
        holds_minimums=False,
    )
    placed = solved(session, round_, asked)
    by_names = {(mentor_key(one), study_key(one)): one for one in openings}
    requests = {learner_key(request): request for request in asked.requests}
    found = []
    for one in placed:
        hold, opening = holds[requests[one.learner].id], by_names[one.mentor, one.study]
        assert one.rank is not None
        found.append(MayMoveUp(hold, opening, one.rank, rank_now(hold)))
    return found


def after_those_who_wait(held: Held, in_line: InLine | None) -> Held:
    """What is taken once each who comes next has her place."""
    for request, opening, _ in in_line.pairs if in_line else ():
        held = held.with_one_more(request, opening)
    return held


def solved(session: Session, round_: MatchRound, inputs: Inputs) -> Sequence[matching.Placed]:
    problem = problem_of(inputs, index_of(inputs.openings), [], published_stages(session, round_), round_.seed.secret)
    try:
        settled = solve_apart(
            problem,
            persons_of(inputs.requests),
            lambda case: matching.solve(case, time_limit_seconds=SECONDS),
        )
    except matching.NothingFound:
        raise Refused("Who could move up could not be worked out at once.") from None
    return settled.solution.placed


def number_of_holders(session: Session, round_: MatchRound) -> int:
    return session.scalar(select(func.count(Offer.id)).where(*is_held_in(round_))) or 0


def is_held_in(round_: MatchRound) -> tuple[ColumnElement[bool], ...]:
    held = (OfferState.WAITING, OfferState.ACCEPTED)
    return Offer.round_id == round_.id, Offer.state.in_(held), Offer.taken_back_with_id.is_(None)


def holds_in(session: Session, round_: MatchRound, now: datetime) -> list[Hold]:
    """What learners of the round have and can still leave, without those who are offered a better place already."""
    asked = select(BetterPlace.offer_id).where(BetterPlace.state == BetterPlaceState.WAITING)
    statement = (
        select(Offer)
        .join(Offer.request)
        .join(PlacementRequest.learner)
        .where(*is_held_in(round_), Offer.id.not_in(asked), Person.takes_part_as(Role.LEARNER))
        .where(or_(Offer.state == OfferState.ACCEPTED, Offer.is_open_at(now)))
        .order_by(Offer.id)
        .options(
            joinedload(Offer.request).options(*all_of_a_request()),
            joinedload(Offer.opening).options(*all_of_an_opening()),
        )
    )
    offers = session.scalars(statement).all()
    placements = {one.offer_id: one for one in session.scalars(placements_in(round_))}
    holds = [Hold(offer, placements.get(offer.id)) for offer in offers]
    return [hold for hold in holds if hold.can_be_swapped_at(now) and last_day(hold) > day_of(now)]


def placements_in(round_: MatchRound) -> Select[Placement]:
    return (
        select(Placement)
        .join(Placement.offer)
        .where(Offer.round_id == round_.id)
        .options(selectinload(Placement.pauses))
    )


def last_day(hold: Hold) -> date:
    """The last day on which what she has can still be left."""
    return hold.placement.starts_on - A_DAY if hold.placement else hold.offer.answer_by


def rank_now(hold: Hold) -> int | None:
    return hold.offer.request.rank_of(hold.offer.opening_id)


def not_for(
    session: Session, round_: MatchRound, holds: Mapping[int, Hold], openings: Sequence[Opening]
) -> dict[int, frozenset[int]]:
    """The openings that each would not move up to, by request id: not ranked higher, or answered already."""
    answered = declined_by_request(session, [round_.id])
    statement = (
        select(Offer.request_id, BetterPlace.opening_id)
        .join(BetterPlace.offer)
        .where(BetterPlace.round_id == round_.id, BetterPlace.state.in_(ANSWERED))
    )
    for request_id, opening_id in session.execute(statement):
        answered[request_id] = answered.get(request_id, frozenset()) | {opening_id}
    return {
        id_: answered.get(id_, frozenset()) | {one.id for one in openings if not is_higher(hold, one)}
        for id_, hold in holds.items()
    }


def is_higher(hold: Hold, opening: Opening) -> bool:
    """True when she ranked the opening, and higher than what she has; what she has may be on no list."""
    rank, present = hold.offer.request.rank_of(opening.id), rank_now(hold)
    return rank is not None and (present is None or rank < present)
