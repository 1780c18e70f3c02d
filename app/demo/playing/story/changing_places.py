"""Learners of the demo's published round change places after they have accepted: two swap, and some move up."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, islice

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.demo.playing.days import acting, as_done_by
from app.demo.playing.story.rounds import RoundPlay, placement_address
from app.language.working_days import working_day_after
from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.course.swaps import Swap
from app.models.placements import Offer, OfferState
from app.placements.moving_up.service import keep, move_up
from app.placements.swaps.deciding import do_swap
from app.placements.swaps.queries import hold_by
from app.placements.swaps.service import agree_to_swap, make_code, propose_swap, why_not
from app.platform.occasion import Occasion
from app.rounds.clearing.moving_up.candidates import last_day
from app.rounds.clearing.moving_up.service import Wanted, may_move_up, offer_better_place
from app.web.addresses import full_address

DAY = timedelta(days=1)
MOST_PAIRS_TRIED = 40
NOT_RANKED = 99  # comes after every choice


def agree_on_swap(played: RoundPlay, day: date) -> Swap | None:
    """Let two whom it suits best ask each other and agree; None where no two can."""
    with acting(played.app, day) as (session, occasion):
        for one, other in pairs_to_swap(session, occasion, played):
            asks, answers = (as_done_by(occasion, offer.request.learner) for offer in (one, other))
            make_code(session, answers, hold_by(session, other))
            swap = propose_swap(session, asks, one, other, "")
            agree_to_swap(session, answers, swap, "")
            return swap
    return None


def pairs_to_swap(session: Session, occasion: Occasion, played: RoundPlay) -> Iterator[tuple[Offer, Offer]]:
    """The accepted places, not swapped yet, that could change hands; first what both learners ranked highest."""
    accepted = (Offer.round_id == played.round.id, Offer.state == OfferState.ACCEPTED)
    has_swapped = select(Swap.id).where(or_(Swap.one_id == Offer.id, Swap.other_id == Offer.id)).exists()
    offers = session.scalars(select(Offer).where(*accepted, ~has_swapped).order_by(Offer.id)).all()
    pairs = sorted(combinations(offers, 2), key=lambda pair: sum(ranks_after(*pair)))
    for one, other in islice(pairs, MOST_PAIRS_TRIED):
        if not why_not(session, hold_by(session, one), hold_by(session, other), occasion):
            yield one, other


def ranks_after(one: Offer, other: Offer) -> tuple[int, int]:
    """At which place on her list each learner would find what she has after a swap."""
    return (
        one.request.rank_of(other.opening_id) or NOT_RANKED,
        other.request.rank_of(one.opening_id) or NOT_RANKED,
    )


def let_swap(played: RoundPlay, swap: Swap, day: date) -> None:
    with acting(played.app, day, played.coordinator) as (session, occasion):
        do_swap(session, occasion, session.get_one(Swap, swap.id), placement_address)


def offer_moves_up(played: RoundPlay, day: date, most: int) -> None:
    """Offer free places to learners who have another one and ranked these higher, to so many at most."""
    with acting(played.app, day, played.coordinator) as (session, occasion):
        for _ in range(most):
            for one in may_move_up(session, occasion, played.round)[:1]:
                answer_by = min(working_day_after(day, 3), last_day(one.hold))
                wanted = Wanted(one.hold.offer, one.opening, answer_by)
                offer_better_place(session, occasion, played.round, wanted, better_place_address)


def answer_moves_up(played: RoundPlay, day: date) -> None:
    """The first of those who are asked moves up, the others keep what they have."""
    with acting(played.app, day) as (session, occasion):
        hers = (BetterPlace.round_id == played.round.id, BetterPlace.state == BetterPlaceState.WAITING)
        for number, place in enumerate(session.scalars(select(BetterPlace).where(*hers).order_by(BetterPlace.id))):
            learner = as_done_by(occasion, place.offer.request.learner)
            if number:
                keep(session, learner, place)
            else:
                move_up(session, learner, place, "", placement_address)


def better_place_address(better_place_id: int) -> str:
    return full_address("placements.moving_up.show", better_place_id=better_place_id)
