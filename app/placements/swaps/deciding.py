"""A coordinator decides a swap: everything is asked again, and both places change hands in one transaction, or none."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.language.refusal import Overtaken
from app.models.course.swaps import Swap, SwapState
from app.models.people import Person
from app.models.placements import Offer, Placement, Terms
from app.models.studies import Opening
from app.phrasebook.obstacles import to_coordinator
from app.placements.swaps import mails
from app.placements.swaps.changing_hands import BY_SWAP, leave_place, take_place
from app.placements.swaps.queries import hold_by
from app.placements.swaps.service import NO_LONGER, hold_still
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.live_offers import NOT_FOR_THE_MENTOR
from app.promises.swaps.ending import learners_of
from app.promises.swaps.lifecycle import DID, NOT_AGREED, SWAPS
from app.rules.coordinators import coordinators_of_round
from app.rules.course.swapping import in_the_way_of_swap
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.eligibility import Obstacle

KEPT_BACK = "for a reason that the other coordinators can see"


def do_swap(session: Session, occasion: Occasion, swap: Swap, page_of: Callable[[Placement], str]) -> None:
    """Give each of the two the other one's place, as placements that both have said yes to, and tell all four.

    Raises Overtaken where it stands otherwise by now, or where a limit, a date or a place is no longer right; then
    nothing has changed for anybody.
    """
    hold_still(session, swap)
    SWAPS.check(DID, swap.state, Party.COORDINATOR)
    found = hindrances(session, occasion, swap)
    if found:
        raise Overtaken(" ".join(found))
    SWAPS.move(session, swap, DID, Party.COORDINATOR, occasion.actor, occasion.now)
    swap.ended_at = occasion.now
    pairs = ((swap.one, swap.other.opening), (swap.other, swap.one.opening))
    left = [leave_place(session, occasion, offer, BY_SWAP) for offer, _ in pairs]
    session.flush()
    placements = [
        take_place(session, occasion, offer, opening, before, BY_SWAP)
        for (offer, opening), before in zip(pairs, left, strict=True)
    ]
    for placement in placements:
        record(session, occasion.actor, "began a placement", placement, now=occasion.now, swap=swap.id)
    tell_of_swap(session, occasion, swap, placements, page_of)


def hindrances(session: Session, occasion: Occasion, swap: Swap) -> list[str]:
    """What keeps the swap from being done, as sentences to the coordinator who asks; empty where it can."""
    one, other = (hold_by(session, offer) for offer in (swap.one, swap.other))
    if not (one.can_be_swapped_at(occasion.now) and other.can_be_swapped_at(occasion.now)):
        return [NO_LONGER]
    agreed = (swap.one_agreed_to, swap.other_agreed_to)
    if agreed != (Terms.of(swap.other.opening).digest, Terms.of(swap.one.opening).digest):
        return ["A mentor has changed one of the places since the learners agreed. They have to ask and agree again."]
    found = in_the_way_of_swap(session, swap.one, swap.other, occasion.today)
    return [
        *(words(occasion.actor, swap.one, swap.other.opening, obstacle) for obstacle in found.of_one),
        *(words(occasion.actor, swap.other, swap.one.opening, obstacle) for obstacle in found.of_other),
    ]


def words(reader: Person | None, offer: Offer, opening: Opening, obstacle: Obstacle) -> str:
    """One sentence; a mentor does not hear here what she must not hear as a mentor."""
    is_secret = obstacle in NOT_FOR_THE_MENTOR and reader is not None and reader.id == opening.mentor_id
    why = KEPT_BACK if is_secret else f"because {to_coordinator(obstacle)}"
    return f"{offer.request.learner.name} cannot have the place with {opening.mentor.name}, {why}."


def refuse_swap(session: Session, occasion: Occasion, swap: Swap, answer: str, is_sure: bool) -> None:
    """Say no, and why; both learners read it and keep what they have."""
    ask_about(doubts_about_text((answer,), occasion.today), is_sure)
    hold_still(session, swap)
    SWAPS.move(session, swap, NOT_AGREED, Party.COORDINATOR, occasion.actor, occasion.now, reason=answer)
    swap.answer, swap.ended_at = answer, occasion.now
    for learner, other in learners_of(swap):
        queue_message(session, learner.email, mails.not_agreed(learner, other, answer, occasion.home), occasion.now)


def tell_of_swap(
    session: Session,
    occasion: Occasion,
    swap: Swap,
    placements: list[Placement],
    page_of: Callable[[Placement], str],
) -> None:
    """Mail both learners, both mentors, and the other coordinators of the round."""
    for placement in placements:
        learner, mentor = placement.learner, placement.mentor
        before = next(other for one, other in learners_of(swap) if one.id == learner.id)
        page = page_of(placement)
        queue_message(session, learner.email, mails.swapped_to_learner(placement, before, page), occasion.now)
        queue_message(session, mentor.email, mails.swapped_to_mentor(placement, before, page), occasion.now)
    for coordinator in coordinators_of_round(session, swap.round_id):
        if coordinator is not occasion.actor:
            mail = mails.swapped_to_coordinator(coordinator, swap, occasion.home)
            queue_message(session, coordinator.email, mail, occasion.now)


def can_be_decided(swap: Swap) -> bool:
    return swap.state is SwapState.AGREED
