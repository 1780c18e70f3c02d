"""What people decide about a round once it is published: clearing turns, free places offered, swaps, moves up."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.course.swaps import Swap, SwapState
from app.models.placements import Offer
from app.models.publications import Publication
from app.models.rounds import MatchRound
from app.models.runs import Proposal
from app.models.studies import Opening
from app.rounds.dossier.moments import moment
from app.rounds.names_in_problem import LEARNERS, MENTORS, STUDIES

DECIDED = {SwapState.DONE: "places swapped", SwapState.NOT_AGREED: "swap not agreed"}
BECAME = {BetterPlaceState.MOVED_UP: "moved up", BetterPlaceState.TAKEN_BACK: "better place taken back"}


def turns_opened(round_: MatchRound) -> Iterator[dict[str, Any]]:
    for turn in round_.turns:
        yield {"at": moment(turn.opened_at), "what": "clearing turn opened", "turn": turn.number}
        if turn.ended_at:
            yield {"at": moment(turn.ended_at), "what": "clearing turn ended without offers", "turn": turn.number}


def free_places_offered(session: Session, round_: MatchRound) -> Iterator[dict[str, Any]]:
    """Offers of runs that were not published as a whole: each was the next in line, by the published policy."""
    published = select(Publication.run_id).where(Publication.round_id == round_.id)
    rows = session.execute(
        select(Offer.offered_at, Proposal.run_id, Proposal.request_id, Opening.mentor_id, Opening.study_id)
        .join(Proposal, Offer.proposal_id == Proposal.id)
        .join(Opening, Proposal.opening_id == Opening.id)
        .where(Offer.round_id == round_.id, Proposal.run_id.not_in(published))
        .order_by(Offer.id)
    )
    for at, run_id, *pair in rows:
        yield {"at": moment(at), "what": "free place offered", "run": run_id, **names(*pair)}


def swaps_decided(session: Session, round_: MatchRound) -> Iterator[dict[str, Any]]:
    """Swaps that a coordinator decided: who had which place before."""
    swaps = (
        select(Swap)
        .where(Swap.round_id == round_.id, Swap.state.in_(DECIDED))
        .options(*map(joinedload, (Swap.one, Swap.other, Swap.one_opening, Swap.other_opening)))
        .order_by(Swap.id)
    )
    for swap in session.scalars(swaps):
        sides = ((swap.one, swap.one_opening), (swap.other, swap.other_opening))
        before = [names(offer.request_id, opening.mentor_id, opening.study_id) for offer, opening in sides]
        yield {"at": moment(swap.ended_at), "what": DECIDED[swap.state], "before": before}


def better_places_offered(session: Session, round_: MatchRound) -> Iterator[dict[str, Any]]:
    """Each better place that was offered and what it was beside; whether its learner moved up, or it was taken back."""
    places = (
        select(BetterPlace)
        .where(BetterPlace.round_id == round_.id)
        .options(*map(joinedload, (BetterPlace.offer, BetterPlace.opening, BetterPlace.from_opening)))
        .order_by(BetterPlace.id)
    )
    for place in session.scalars(places):
        pair = names(place.offer.request_id, place.opening.mentor_id, place.opening.study_id)
        before = names(place.offer.request_id, place.from_opening.mentor_id, place.from_opening.study_id)
        yield {"at": moment(place.offered_at), "what": "better place offered", **pair, "before": [before]}
        if place.state in BECAME:
            yield {"at": moment(place.ended_at), "what": BECAME[place.state], **pair, "before": [before]}


def names(request_id: int, mentor_id: int, study_id: int) -> dict[str, str]:
    """A pair by the numbers that the problems of the round have."""
    return {
        "learner": LEARNERS.encode(request_id),
        "mentor": MENTORS.encode(mentor_id),
        "study": STUDIES.encode(study_id),
    }
