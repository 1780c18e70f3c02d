"""Deeds of two learners with a swap: give away a code, ask, agree, decline, take back."""

from collections.abc import Iterable, Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.course.swaps import Swap, SwapCode, SwapState
from app.models.people import Person
from app.models.placements import Offer, Terms
from app.phrasebook.obstacles import sentence, to_learner
from app.placements.swaps import mails
from app.placements.swaps.queries import good_code, hold_by
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.swaps.ending import OPEN, end_swaps_of, learners_of
from app.promises.swaps.lifecycle import AGREED, DECLINED, SWAPS, TOOK_BACK
from app.rules.capacity import lock_limits
from app.rules.coordinators import coordinators_of_round
from app.rules.course.swapping import Hold, InTheWay, in_the_way_of_swap, lock_offers
from app.rules.standing_still import lock_people

NO_LONGER = "One of the two places is no longer as it was, or is no longer held, so they cannot be swapped."
AGREED_ELSEWHERE = "One of you has agreed to another swap, which a coordinator decides first."
TERMS_CHANGED = "The place has changed since you read it. Please read it again, then answer."


def make_code(session: Session, occasion: Occasion, hold: Hold) -> SwapCode:
    """A new code for a place; the one of before is good no longer. Raises Refused where there is nothing to swap."""
    lock_offers(session, [hold.offer])
    if not hold.can_be_swapped_at(occasion.now):
        raise Refused("This place can no longer be swapped.")
    earlier = good_code(session, hold.offer)
    if earlier:
        earlier.ended_at = occasion.now
        session.flush()
    code = SwapCode.of(hold.offer, occasion.now)
    session.add(code)
    session.flush()
    record(session, occasion.actor, "made a code to swap a place", code, now=occasion.now, offer=hold.offer.id)
    return code


def propose_swap(session: Session, occasion: Occasion, mine: Offer, theirs: Offer, agreed: str) -> Swap:
    """Ask another learner to swap; `agreed` is what the form carried of the terms of her place.

    Raises Refused while another swap is under way, Overtaken where this one cannot be as things stand.
    """
    lock_both(session, mine, theirs)
    check_not_busy(session, mine, theirs)
    check_can_be(session, occasion, mine, theirs)
    swap = Swap(
        round_id=mine.round_id,
        one=mine,
        other=theirs,
        one_opening_id=mine.opening_id,
        other_opening_id=theirs.opening_id,
        one_agreed_to=agreed_terms(theirs, agreed),
        state=SwapState.PROPOSED,
        asked_at=occasion.now,
    )
    session.add(swap)
    session.flush()
    record(session, occasion.actor, "asked to swap places", swap, now=occasion.now, one=mine.id, other=theirs.id)
    mail = mails.asked(swap, occasion.home)
    queue_message(session, theirs.request.learner.email, mail, occasion.now)
    return swap


def check_not_busy(session: Session, mine: Offer, theirs: Offer) -> None:
    """Raise Refused while an answer to another swap of the two is open that would have to come first."""
    for complaint in what_comes_first(session, mine, theirs):
        raise Refused(complaint)


def what_comes_first(session: Session, mine: Offer, theirs: Offer) -> Iterator[str]:
    """The answers to other swaps that have to be given before the learner of the first offer asks for this one."""
    for swap in open_swaps_among(session, (mine.id, theirs.id)):
        if swap.one_id == mine.id:
            yield "You have asked for a swap already. Take that back first, or wait for the answer."
        elif {swap.one_id, swap.other_id} == {mine.id, theirs.id}:
            yield "You were asked for this very swap: answer that on your home page."
        elif swap.state is SwapState.AGREED:
            who = "You have" if mine.id in (swap.one_id, swap.other_id) else f"{theirs.request.learner.name} has"
            yield f"{who} agreed to another swap, which a coordinator decides first."


def open_swaps_among(session: Session, offer_ids: Iterable[int]) -> Iterable[Swap]:
    ids = list(offer_ids)
    is_among = or_(Swap.one_id.in_(ids), Swap.other_id.in_(ids))
    return session.scalars(select(Swap).where(Swap.state.in_(OPEN), is_among).order_by(Swap.id)).all()


def agree_to_swap(session: Session, occasion: Occasion, swap: Swap, agreed: str) -> None:
    """Say yes to what another learner asks; the coordinators decide next, and everybody keeps what she has until then.

    Raises Overtaken where it stands otherwise by now, or cannot be any more.
    """
    hold_still(session, swap)
    check_asked(swap, swap.other, occasion.actor)
    SWAPS.check(AGREED, swap.state, Party.LEARNER)
    check_not_agreed_elsewhere(session, swap)
    check_can_be(session, occasion, swap.other, swap.one)
    swap.other_agreed_to = agreed_terms(swap.one, agreed)
    SWAPS.move(session, swap, AGREED, Party.LEARNER, occasion.actor, occasion.now)
    one = swap.one.request.learner
    queue_message(session, one.email, mails.agreed(swap, occasion.home), occasion.now)
    for coordinator in coordinators_of_round(session, swap.round_id):
        mail = mails.to_decide(coordinator, swap, occasion.home)
        queue_message(session, coordinator.email, mail, occasion.now)


def check_not_agreed_elsewhere(session: Session, swap: Swap) -> None:
    """Raise Refused while one of the two waits for a coordinator about another swap."""
    if is_agreed_elsewhere(session, swap):
        raise Refused(AGREED_ELSEWHERE)


def is_agreed_elsewhere(session: Session, swap: Swap) -> bool:
    others = open_swaps_among(session, (swap.one_id, swap.other_id))
    return any(other is not swap and other.state is SwapState.AGREED for other in others)


def decline_swap(session: Session, occasion: Occasion, swap: Swap) -> None:
    """Say no; nobody hears why, and everybody keeps what she has."""
    hold_still(session, swap)
    check_asked(swap, swap.other, occasion.actor)
    SWAPS.move(session, swap, DECLINED, Party.LEARNER, occasion.actor, occasion.now)
    swap.ended_at = occasion.now
    queue_message(session, swap.one.request.learner.email, mails.declined(swap, occasion.home), occasion.now)


def take_back_swap(session: Session, occasion: Occasion, swap: Swap) -> None:
    """Want it no longer, as either of the two, until a coordinator has decided."""
    hold_still(session, swap)
    was_agreed = swap.state is SwapState.AGREED
    if not was_agreed:
        check_asked(swap, swap.one, occasion.actor)
    SWAPS.move(session, swap, TOOK_BACK, Party.LEARNER, occasion.actor, occasion.now)
    swap.ended_at = occasion.now
    for learner, other in learners_of(swap):
        if other is occasion.actor:
            queue_message(session, learner.email, mails.taken_back(learner, other, occasion.home), occasion.now)
    for coordinator in coordinators_of_round(session, swap.round_id) if was_agreed else ():
        mail = mails.taken_back_to_coordinator(coordinator, swap, occasion.home)
        queue_message(session, coordinator.email, mail, occasion.now)


def check_asked(swap: Swap, offer: Offer, actor: Person | None) -> None:
    if actor is None or offer.request.learner_id != actor.id:
        raise Refused("This is for the other learner to answer.")


def agreed_terms(offer: Offer, agreed: str) -> str:
    """The digest of the terms that were read; raises Overtaken where the place says something else by now."""
    digest = Terms.of(offer.opening).digest
    if agreed and agreed != digest:
        raise Overtaken(TERMS_CHANGED)
    return digest


def check_can_be(session: Session, occasion: Occasion, mine: Offer, theirs: Offer) -> None:
    """Raise Overtaken, in words for the learner of the first offer, where the two cannot swap as things stand."""
    complaint = why_not(session, hold_by(session, mine), hold_by(session, theirs), occasion)
    if complaint:
        raise Overtaken(" ".join(complaint))


def why_not(session: Session, mine: Hold, theirs: Hold, occasion: Occasion) -> list[str]:
    """What keeps the two from swapping, as sentences for the learner of the first place; empty where they can.

    What stands between the other one and this place is not hers to hear.
    """
    if not (mine.can_be_swapped_at(occasion.now) and theirs.can_be_swapped_at(occasion.now)):
        return [NO_LONGER]
    if mine.offer.opening_id == theirs.offer.opening_id:
        return ["You both have a place on the same opening, so there is nothing to swap."]
    return in_words(in_the_way_of_swap(session, mine.offer, theirs.offer, occasion.today), theirs.offer)


def in_words(found: InTheWay, theirs: Offer) -> list[str]:
    sentences = [f"You cannot have this place, because {to_learner(one)}." for one in found.of_one[:1]]
    if found.of_other:
        name = theirs.request.learner.name
        sentences.append(
            sentence(f"{name} cannot have your place as things stand; why is between {name} and the coordinators")
        )
    return sentences


def lock_both(session: Session, one: Offer, other: Offer) -> None:
    """Keep everything still that a swap rests on, and read it afresh: people, limits, both offers and placements."""
    lock_people(session, {one.request.learner_id, other.request.learner_id})
    lock_limits(session, [one.opening, other.opening])
    lock_offers(session, [one, other])


def hold_still(session: Session, swap: Swap) -> None:
    """The same for a swap, and the swap itself."""
    lock_both(session, swap.one, swap.other)
    session.refresh(swap, ["state", "one_agreed_to", "other_agreed_to"], with_for_update=True)


def end_those_that_are_over(session: Session, occasion: Occasion, swaps: Iterable[Swap]) -> int:
    """End open swaps of which a place has begun or changed meanwhile, and tell who waits; return how many."""
    ended = 0
    for swap in swaps:
        holds = [hold_by(session, offer) for offer in (swap.one, swap.other)]
        if not all(hold.can_be_swapped_at(occasion.now) for hold in holds):
            over = next(hold for hold in holds if not hold.can_be_swapped_at(occasion.now))
            end_swaps_of(session, occasion, [over.offer.id])
            ended += 1
    return ended
