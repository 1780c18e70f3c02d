"""What learners say to the offers of the demo's published round, and the clearing turn that follows."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from app.demo.playing.days import acting, as_done_by
from app.demo.playing.story.rounds import PUBLISHED, RoundPlay, placement_address
from app.models.people import Person
from app.models.placements import DeclineKind, Offer
from app.models.reviews import Review
from app.models.runs import UnplacedRequest
from app.placements.service import Decline, accept_offer, ask_for_time, decline_offer
from app.reviews.days import ReviewDays
from app.reviews.queries import decided_about
from app.reviews.service import ask_for_review
from app.rounds.clearing.service import open_turn
from app.web.addresses import full_address

# What is said to the offers that suit their learners least, the last one first; all others are accepted.
DECLINES = (
    Decline(DeclineKind.TRAVEL, "Two buses each way, and my shifts begin at seven.", waits=True),
    Decline(DeclineKind.DATES, "My ward cannot release me on the days of the clinic.", waits=True),
    Decline(DeclineKind.WORK, "I hope for a study in which I meet participants.", waits=True),
    Decline(DeclineKind.ELSEWHERE, "", waits=False),
)
DECLINED_AGAIN = Decline(DeclineKind.TRAVEL, "This one is further away than the first.", waits=True)
SHIFTS = "My manager decides about my shifts next week."
QUESTION = "Another place near me came free after the round. Please look whether I could have had it."
LEAST_ACCEPTED = 1  # where there are few offers, fewer decline
REVIEW_DAYS = ReviewDays(to_ask=10, to_answer=10)


def answer_offers(played: RoundPlay, run_id: int, day: date) -> None:
    """Some decline, one asks for time and accepts then, everybody else accepts."""
    offer_ids = list(played.offers_of(run_id))
    for decline, offer_id in zip(DECLINES, reversed(offer_ids[LEAST_ACCEPTED:]), strict=False):
        decline_one(played, offer_id, decline, day)
    if offer_ids:
        played.answered(offer_ids[0], day, lambda s, o, offer: ask_for_time(s, o, offer, SHIFTS, is_sure=True))
    played.accept_all(day + timedelta(days=6))


def decline_one(played: RoundPlay, offer_id: int, decline: Decline, day: date) -> None:
    played.answered(offer_id, day, lambda s, o, offer: decline_offer(s, o, offer, decline, is_sure=True))


def play_clearing_turn(played: RoundPlay, opened: date, hears_by: date, answer_by: date) -> int:
    """Run and publish a turn over all that is left; the id of its run."""
    with acting(played.app, opened, played.coordinator) as (session, occasion):
        open_turn(session, occasion, played.round, hears_by, answer_by)
    run_id = played.solve(hears_by - timedelta(days=1), (PUBLISHED,))
    played.publish(run_id, hears_by)
    return run_id


def answer_turn(played: RoundPlay, run_id: int, day: date) -> Person | None:
    """The first accepts, the last declines and waits on, the others have not answered yet; one of them is returned."""
    offer_ids = played.offers_of(run_id)
    open_ones, rest = offer_ids[:1], offer_ids[1:]
    if len(rest) > 1:
        open_ones, rest = offer_ids[1:-1], [offer_ids[0], offer_ids[-1]]
        played.answered(rest[0], day, lambda s, o, offer: accept_offer(s, o, offer, "", placement_address))
    if rest:
        decline_one(played, rest[-1], DECLINED_AGAIN, day)
    return learner_of(played, open_ones, day)


def learner_of(played: RoundPlay, offer_ids: Sequence[int], day: date) -> Person | None:
    """Whose offer the first of these is."""
    with acting(played.app, day) as (session, _):
        return session.get_one(Offer, offer_ids[0]).request.learner if offer_ids else None


def ask_for_a_review(played: RoundPlay, run_id: int, day: date) -> None:
    """Somebody asks a person to look again: whom the turn had no place for, else who has declined its place."""
    offer_ids = played.offers_of(run_id)
    with acting(played.app, day) as (session, occasion):
        left = session.scalars(select(UnplacedRequest).where(UnplacedRequest.run_id == run_id).limit(1)).first()
        if left is None and not offer_ids:
            return
        request = left.request if left else session.get_one(Offer, offer_ids[-1]).request
        decided = decided_about(session, request)
        hers = as_done_by(occasion, request.learner)
        ask_for_review(session, hers, decided, QUESTION, REVIEW_DAYS, review_address, is_sure=True)


def review_address(review: Review) -> str:
    return full_address("reviews.show", round_id=review.round_id, review_id=review.id)
