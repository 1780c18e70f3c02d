"""The deed that takes a publication back: all its offers end, and the round is as it was before."""

import enum
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.language.mail import Mail
from app.language.refusal import Refused
from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.course.swaps import Swap, SwapState
from app.models.people import Person
from app.models.placements import Offer, OfferState
from app.models.publications import Publication, TakeBackKind
from app.models.requests import PlacementRequest
from app.models.reviews import Review, ReviewState
from app.models.rounds import MatchRound, RoundTurn
from app.models.runs import Proposal, Run, UnplacedRequest
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_messages, withdraw_unsent
from app.promises.offer_moves import OFFERS, TAKE_BACK
from app.rounds.publishing import mails
from app.rounds.publishing.told import to_tell
from app.rules.coordinators import coordinators_of_round
from app.rules.doubts import ask_about, doubts_about_text


class Followed(enum.Enum):
    """What may have followed a publication, after which it can no longer be taken back."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    ASKED_AGAIN = "asked again"
    STOPPED_WAITING = "stopped waiting"
    REVIEW_ASKED = "review asked"
    OFFERED_SINCE = "offered since"
    TURN_SINCE = "turn since"
    SWAP_ASKED = "swap asked"
    MOVE_OFFERED = "move offered"


@dataclass(frozen=True)
class Guard:
    """Something that followed, and how often."""

    followed: Followed
    number: int


def what_followed(session: Session, publication: Publication, now: datetime) -> list[Guard]:
    """What keeps a publication from being taken back; empty where it can be.

    Whatever else people can do on the strength of a publication is counted here too.
    """
    counts: Sequence[tuple[Followed, Callable[[], int]]] = (
        (Followed.ACCEPTED, lambda: number_of(session, publication, OfferState.ACCEPTED)),
        (Followed.DECLINED, lambda: number_of(session, publication, OfferState.DECLINED)),
        (Followed.LAPSED, lambda: lapsed(session, publication, now)),
        (Followed.ASKED_AGAIN, lambda: asked_again(session, publication)),
        (Followed.STOPPED_WAITING, lambda: stopped_waiting(session, publication)),
        (Followed.REVIEW_ASKED, lambda: reviews_asked(session, publication)),
        (Followed.OFFERED_SINCE, lambda: offered_since(session, publication)),
        (Followed.TURN_SINCE, lambda: turns_since(publication)),
        (Followed.SWAP_ASKED, lambda: swaps_under_way(session, publication)),
        (Followed.MOVE_OFFERED, lambda: moves_offered(session, publication)),
    )
    found = (Guard(followed, count()) for followed, count in counts)
    return [guard for guard in found if guard.number]


def offers_of(publication: Publication) -> tuple[ColumnElement[bool], ...]:
    """The conditions of the offers that it made."""
    proposals = select(Proposal.id).where(Proposal.run_id == publication.run_id)
    return Offer.proposal_id.in_(proposals), Offer.taken_back_with_id.is_(None)


def number_of(session: Session, publication: Publication, state: OfferState) -> int:
    statement = select(func.count(Offer.id)).where(*offers_of(publication), Offer.state == state)
    return session.scalar(statement) or 0


def lapsed(session: Session, publication: Publication, now: datetime) -> int:
    """Offers whose time to answer is over: not to answer was an answer."""
    waits_too_long = (Offer.state == OfferState.WAITING) & (Offer.answer_until <= now)
    over = (Offer.state == OfferState.LAPSED) | waits_too_long
    return session.scalar(select(func.count(Offer.id)).where(*offers_of(publication), over)) or 0


def asked_again(session: Session, publication: Publication) -> int:
    """Learners who asked for another round, because this one said that it had no place or took its offer back."""
    since = PlacementRequest.asked_again_at >= publication.published_at
    in_round = select(func.count(PlacementRequest.id)).where(PlacementRequest.round_id == publication.round_id, since)
    return session.scalar(in_round) or 0


def stopped_waiting(session: Session, publication: Publication) -> int:
    """Learners who said, because this one had no place for them, that they no longer want one."""
    unplaced = select(UnplacedRequest.request_id).where(UnplacedRequest.run_id == publication.run_id)
    since = PlacementRequest.stopped_waiting_at >= publication.published_at
    stopped = select(func.count(PlacementRequest.id)).where(PlacementRequest.id.in_(unplaced), since)
    return session.scalar(stopped) or 0


def offered_since(session: Session, publication: Publication) -> int:
    """Places that were free after it and that a coordinator offered to those who came next."""
    run = publication.run
    is_later = (Run.round_id == run.round_id, Run.turn >= run.turn, Run.id != run.id)
    proposals = select(Proposal.id).join(Proposal.run).where(*is_later)
    offered = select(func.count(Offer.id)).where(Offer.proposal_id.in_(proposals), Offer.taken_back_with_id.is_(None))
    return session.scalar(offered) or 0


def turns_since(publication: Publication) -> int:
    """Clearing turns that were opened over what it left."""
    return sum(turn.number > publication.run.turn for turn in publication.round.turns)


def swaps_under_way(session: Session, publication: Publication) -> int:
    """Swaps of its places that learners have asked for, and that nobody has decided yet; one done was accepted."""
    hers = select(Offer.id).where(*offers_of(publication))
    is_of_it = or_(Swap.one_id.in_(hers), Swap.other_id.in_(hers))
    open_ones = Swap.state.in_((SwapState.PROPOSED, SwapState.AGREED))
    return session.scalar(select(func.count(Swap.id)).where(open_ones, is_of_it)) or 0


def moves_offered(session: Session, publication: Publication) -> int:
    """Better places that learners of its offers were offered, and have not answered yet."""
    hers = select(Offer.id).where(*offers_of(publication))
    waits = BetterPlace.state == BetterPlaceState.WAITING
    return session.scalar(select(func.count(BetterPlace.id)).where(waits, BetterPlace.offer_id.in_(hers))) or 0


def reviews_asked(session: Session, publication: Publication) -> int:
    asked = select(func.count(Review.id)).where(Review.publication_id == publication.id)
    return session.scalar(asked.where(Review.state != ReviewState.WITHDRAWN)) or 0


def present_publication(session: Session, round_: MatchRound) -> Publication | None:
    """The publication that stands; None where there is none, or where nothing is known of it but that it was."""
    statement = (
        select(Publication)
        .where(Publication.round_id == round_.id, Publication.taken_back_at.is_(None))
        .order_by(Publication.id.desc())
        .limit(1)
        .options(joinedload(Publication.run), joinedload(Publication.published_by))
    )
    return session.scalar(statement)


def publications_on(session: Session, round_: MatchRound) -> Sequence[Publication]:
    """All of them, those taken back as well, the oldest first."""
    people = (joinedload(Publication.published_by), joinedload(Publication.taken_back_by))
    statement = select(Publication).where(Publication.round_id == round_.id).order_by(Publication.id)
    return session.scalars(statement.options(*people)).all()


@dataclass(frozen=True)
class WhyTakenBack:
    """The reason as a code, and in the words that everybody reads who was told of the publication."""

    kind: TakeBackKind
    reason: str


def take_publication_back(
    session: Session, occasion: Occasion, round_: MatchRound, why: WhyTakenBack, *, is_sure: bool
) -> int:
    """End every offer of the publication that stands, tell everybody who may know of it, and return how many those are.

    The caller has locked the round. Whoever answers at the same moment waits for the lock of her offer, or was first.
    Raises Refused when something has followed, when nothing stands, or when the reason is in doubt.
    """
    publication = present_publication(session, round_)
    if round_.published_at is None or publication is None:
        raise Refused("There is no publication that could be taken back.")
    offers = lock_offers(session, publication)
    if what_followed(session, publication, occasion.now):
        raise Refused("Something has followed the publication meanwhile, so it can no longer be taken back.")
    ask_about(doubts_about_text((why.reason,), occasion.today), is_sure)
    reached = withdraw_unsent(session, publication.mails_about, occasion.now)
    letters = [one for one in letters_to_all(session, publication, why, occasion) if one[0] in reached]
    end_offers(session, publication, offers, why, occasion)
    end_publication(publication, why, occasion)
    queue_messages(session, letters, occasion.now)
    queue_messages(session, letters_to_coordinators(session, publication, why, occasion), occasion.now)
    details = {"kind": why.kind.value, "told": len(letters)}
    record(
        session, occasion.actor, "took a publication back", publication, now=occasion.now, name=round_.name, **details
    )
    return len(letters)


def lock_offers(session: Session, publication: Publication) -> Sequence[Offer]:
    statement = select(Offer).where(*offers_of(publication)).order_by(Offer.id).with_for_update()
    return session.scalars(statement.execution_options(populate_existing=True)).all()


def end_offers(
    session: Session, publication: Publication, offers: Sequence[Offer], why: WhyTakenBack, occasion: Occasion
) -> None:
    """Those that wait are taken back; those taken back before go with the rest, so that no list shows them any more."""
    waiting = [offer for offer in offers if offer.state is OfferState.WAITING]
    OFFERS.move_all(session, waiting, TAKE_BACK, Party.SERVICE, occasion.actor, occasion.now, reason=why.reason)
    for offer in waiting:
        offer.answered_at, offer.taken_back_because = occasion.now, why.reason
    for offer in offers:
        offer.taken_back_with_id = publication.id
    session.flush()


def end_publication(publication: Publication, why: WhyTakenBack, occasion: Occasion) -> None:
    publication.taken_back_at, publication.taken_back_by = occasion.now, occasion.actor
    publication.taken_back_kind, publication.taken_back_reason = why.kind, why.reason
    publication.run.published_at = None
    ended: MatchRound | RoundTurn = publication.round.turn_of(publication.run.turn) or publication.round
    ended.published_at = None


Letters = Iterator[tuple[str, Mail]]


def letters_to_all(session: Session, publication: Publication, why: WhyTakenBack, occasion: Occasion) -> Letters:
    """One to each learner of the run and to each mentor to whom a learner was announced."""
    round_, told = publication.round, to_tell(session, publication.run)
    for placed in told.placed:
        yield placed.learner_email, mails.offer_gone_with_all(placed, round_, why.reason, occasion.home)
    for unplaced in told.unplaced:
        yield unplaced.learner_email, mails.answer_gone_with_all(unplaced, round_, why.reason, occasion.home)
    for hers in told.by_mentor():
        yield hers[0].mentor_email, mails.offers_gone_to_mentor(hers, round_, why.reason, occasion.home)


def letters_to_coordinators(
    session: Session, publication: Publication, why: WhyTakenBack, occasion: Occasion
) -> Letters:
    for coordinator in others_who_coordinate(session, publication.round, occasion.actor):
        by = occasion.actor.name if occasion.actor else "The service"
        yield (
            coordinator.email,
            mails.taken_back_to_colleague(coordinator, publication.round, by, why.reason, occasion.home),
        )


def others_who_coordinate(session: Session, round_: MatchRound, actor: Person | None) -> list[Person]:
    """The coordinators of a round but for the one who acts."""
    return [one for one in coordinators_of_round(session, round_.id) if actor is None or one.id != actor.id]
