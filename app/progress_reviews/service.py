"""Deeds with progress reviews: prepare, meet, write down, sign, reopen, read, and set when they are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.course.capabilities import CapabilityWording
from app.models.course.progress_reviews import (
    ProgressReview,
    ProgressReviewState,
    ReviewKind,
    ReviewPlan,
    ReviewPreparation,
)
from app.models.operations.parties import Party
from app.models.operations.signatures import Signature
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import Programme
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.progress_reviews import telling
from app.progress_reviews.moves import HANDED_IN, MET, READ, REOPENED, REVIEWS, WROTE, writers_of
from app.promises.sign_offs.changed import end_what_covers
from app.rules.agreements.parts import part_of
from app.rules.course.numbers import numbers_of
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.progress_reviews.dates import Weeks
from app.rules.progress_reviews.kind import PROGRESS_REVIEW, PlacementReviews, reviews_of
from app.rules.progress_reviews.parts import party_that_holds


@dataclass(frozen=True)
class Prepared:
    """What one of the two has to say before they meet."""

    goes_well: str
    is_hard: str
    comes_next: str


@dataclass(frozen=True)
class WrittenDown:
    """What the two agreed; `statement` and `seen` are the mentor's, of a last review."""

    met_on: date
    agreed: str
    statement: str = ""
    seen: Sequence[CapabilityWording] = ()


def hand_in(
    session: Session, occasion: Occasion, placement: Placement, kind: ReviewKind, said: Prepared, *, is_sure: bool
) -> ProgressReview:
    """Hand in what one has prepared; the other hears of the first time, and reads it once both have, or they meet.

    Once both have, it stays as it is: the other has read it.
    """
    actor = actor_of(occasion)
    ask_about(doubts_about_text((said.goes_well, said.is_hard, said.comes_next), occasion.today), is_sure)
    review, party = held(session, occasion, placement, kind), party_that_holds(actor, placement)
    if not kind.is_prepared:
        raise Refused("A closing review needs no preparation. The mentor writes it down.")
    if review.is_open and review.state is ProgressReviewState.PREPARING:
        raise Refused("Both of you have handed in, and can read each other’s. Say what you would change when you meet.")
    is_first = review.handed_in_by(party) is None
    REVIEWS.move(session, review, HANDED_IN, party, actor, occasion.now, name=placement.learner.name)
    review.preparations.append(
        ReviewPreparation(
            party=party.value,
            author=actor,
            goes_well=said.goes_well,
            is_hard=said.is_hard,
            comes_next=said.comes_next,
            handed_in_at=occasion.now,
        )
    )
    if is_first:
        telling.tell_handed_in(session, occasion, review, party)
    return review


def meet(session: Session, occasion: Occasion, placement: Placement, kind: ReviewKind) -> ProgressReview:
    """Begin to write it down: from now on each reads what the other prepared, handed in or not."""
    actor = actor_of(occasion)
    review, party = held(session, occasion, placement, kind), party_that_holds(actor, placement)
    require_writer(kind, party)
    REVIEWS.move(session, review, MET, party, actor, occasion.now, name=placement.learner.name)
    return review


def write_down(
    session: Session, occasion: Occasion, placement: Placement, kind: ReviewKind, said: WrittenDown, *, is_sure: bool
) -> ProgressReview:
    """Write down what was agreed, with the numbers of today; from then on both can sign it, and the other hears."""
    actor = actor_of(occasion)
    ask_about(doubts_about_text((said.agreed, said.statement), occasion.today), is_sure)
    review, party = held(session, occasion, placement, kind), party_that_holds(actor, placement)
    require_writer(kind, party)
    if said.met_on > occasion.today:
        raise Refused("The day must be today or in the past.", "met_on")
    if said.met_on < placement.starts_on:
        raise Refused("The day is before the placement began.", "met_on")
    REVIEWS.move(session, review, WROTE, party, actor, occasion.now, name=placement.learner.name)
    review.met_on, review.agreed, review.statement = said.met_on, said.agreed, said.statement
    review.seen, review.numbers = list(said.seen), numbers_of(session, placement, occasion.today)
    telling.tell_to_sign(session, occasion, review, party)
    return review


def sign(session: Session, occasion: Occasion, placement: Placement, kind: ReviewKind, seen: str) -> Signature:
    """Sign what was read; once both have, the other hears. Raises as `SignedLifecycle.sign` does."""
    actor = actor_of(occasion)
    review, party = begun(lock(session, placement), kind), party_that_holds(actor, placement)
    was_complete = PROGRESS_REVIEW.standing(session, review).is_complete
    signature = REVIEWS.sign(session, review, party, actor, occasion.now, seen=seen, name=placement.learner.name)
    if PROGRESS_REVIEW.standing(session, review).is_complete and not was_complete:
        telling.tell_complete(session, occasion, review, party)
    return signature


def reopen(
    session: Session, occasion: Occasion, placement: Placement, kind: ReviewKind, reason: str, *, is_sure: bool
) -> Sequence[Person]:
    """Let it be written down anew: what was signed is void, and all whom it concerns hear; returns who is told."""
    actor = actor_of(occasion)
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    reviews = lock(session, placement)
    review, party = begun(reviews, kind), part_of(session, actor, placement)
    if party is None:
        raise Refused("You can read this review. Asking for a change is for others.")
    require_time(reviews, kind, occasion)
    before, reader = PROGRESS_REVIEW.standing(session, review), review.read_by
    REVIEWS.move(session, review, REOPENED, party, actor, occasion.now, reason=reason, name=placement.learner.name)
    review.read_by, review.read_at = None, None
    if before.is_complete:
        signed_at = max(one.signed_at for one in before.signatures.values())
        why = f"The {kind.name_in_words} was reopened."
        end_what_covers(session, actor, placement, signed_at, why, occasion.now)
    return telling.tell_reopened(session, occasion, review, before, reader, reason.strip())


def note_read(session: Session, occasion: Occasion, placement: Placement, kind: ReviewKind, seen: str) -> None:
    """An academic supervisor has read what both have signed; `seen` is the digest of what she read."""
    review = begun(lock(session, placement), kind)
    standing = PROGRESS_REVIEW.standing(session, review)
    if not standing.is_complete or seen != standing.digest:
        raise Refused("This review was changed, or is not signed by both. Read it again once both have signed.")
    if review.read_by:
        return
    name = placement.learner.name
    REVIEWS.move(session, review, READ, Party.ACADEMIC_SUPERVISOR, occasion.actor, occasion.now, name=name)
    review.read_by, review.read_at = occasion.actor, occasion.now


def hold_plans(session: Session, programme: Programme) -> None:
    """Let whoever sets the dates of this programme meanwhile wait, so that she is told what was set before hers."""
    session.refresh(programme, ["title"], with_for_update=True)


def set_plan(
    session: Session, occasion: Occasion, programme: Programme, from_on: date, weeks: Weeks, *, is_asked: bool
) -> ReviewPlan:
    """Say from when on a programme asks for reviews, and when; what was set before stays for placements before."""
    if weeks.initial * 2 > weeks.short:
        raise Refused(
            "The initial review would be due after half of a short placement. Choose fewer weeks for it, or more for a "
            "short placement.",
            "initial_weeks",
        )
    plan = ReviewPlan(
        programme=programme,
        from_on=from_on,
        is_asked=is_asked,
        initial_weeks=weeks.initial,
        final_weeks=weeks.final,
        short_weeks=weeks.short,
        set_by=actor_of(occasion),
        set_at=occasion.now,
    )
    session.add(plan)
    record(session, occasion.actor, "set the dates of progress reviews", plan, now=occasion.now, name=programme.title)
    return plan


def lock(session: Session, placement: Placement) -> PlacementReviews:
    """Let whoever changes the placement or its reviews meanwhile wait, and read it afresh."""
    session.refresh(placement, ["state", "outcome", "starts_on", "ends_on"], with_for_update=True)
    return reviews_of(session, [placement])[placement.id]


def held(session: Session, occasion: Occasion, placement: Placement, kind: ReviewKind) -> ProgressReview:
    """The review of this kind, begun if need be; raises Refused where it can no longer be held, or not yet."""
    reviews = lock(session, placement)
    require_time(reviews, kind, occasion)
    known = reviews.reviews.get(kind)
    if known:
        return known
    review = ProgressReview(
        placement=placement, kind=kind, state=ProgressReviewState.PREPARING, begun_at=occasion.now, numbers={}
    )
    session.add(review)
    session.flush()
    return review


def begun(reviews: PlacementReviews, kind: ReviewKind) -> ProgressReview:
    review = reviews.reviews.get(kind)
    if review is None:
        raise Refused(f"The {kind.name_in_words} has not been written down yet.")
    return review


def require_time(reviews: PlacementReviews, kind: ReviewKind, occasion: Occasion) -> None:
    placement = reviews.placement
    if reviews.can_be_held_on(kind, occasion.today):
        return
    if not placement.has_begun_on(occasion.today):
        raise Refused("Reviews can be prepared once the placement has begun.")
    raise Refused(f"The placement has ended or goes on elsewhere, so the {kind.name_in_words} stays as it is.")


def require_writer(kind: ReviewKind, party: Party) -> None:
    if party not in writers_of(kind):
        raise Refused(f"The mentor writes the {kind.name_in_words} down, because it says which capabilities she saw.")


def actor_of(occasion: Occasion) -> Person:
    assert occasion.actor is not None
    return occasion.actor
