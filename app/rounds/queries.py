"""What a coordinator may see of her rounds: the loaders that check, the head of a round, its lists."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload, selectinload

from app.models.organisations import Network
from app.models.people import Person
from app.models.placements import Offer, OfferState
from app.models.programmes import Module, Programme
from app.models.requests import PlacementRequest, RankedOpening, RequestState
from app.models.rounds import MatchRound, RoundSeed
from app.models.runs import ListOfPairs, Pin, PinEvidence, Run
from app.models.studies import Opening
from app.rounds.inputs import requests_in
from app.rounds.openings import openings_of
from app.rules.fit import all_of_a_request
from app.rules.search import named
from app.web.paging import Page, page_of

ROUND_STATES = {"open": "Open or to come", "closed": "Closed, not published", "published": "Published"}


def is_within_reach_of(person: Person) -> ColumnElement[bool]:
    """True of rounds in at least one network that this person coordinates."""
    return MatchRound.networks.any(Network.id.in_(person.network_ids()))


def round_of(session: Session, person: Person, round_id: int, for_update: bool = False) -> MatchRound | None:
    """The round, if this coordinator reaches it; `for_update` makes a second publisher wait, and reads it afresh."""
    statement = (
        select(MatchRound)
        .where(MatchRound.id == round_id, is_within_reach_of(person))
        .options(selectinload(MatchRound.networks), selectinload(MatchRound.seeds).joinedload(RoundSeed.drawn_by))
    )
    if for_update:
        statement = statement.with_for_update(of=MatchRound).execution_options(populate_existing=True)
    return session.scalar(statement)


def rounds_of(session: Session, person: Person, now: datetime, state: str, page: int) -> Page:
    """Her rounds, the newest window first; `state` is a key of ROUND_STATES or empty for all."""
    statement = (
        select(MatchRound)
        .where(is_within_reach_of(person), is_in_state(state, now))
        .options(selectinload(MatchRound.networks))
        .order_by(MatchRound.closes_at.desc(), MatchRound.id.desc())
    )
    return page_of(session, statement, page)


def is_in_state(state: str, now: datetime) -> ColumnElement[bool]:
    unpublished = MatchRound.published_at.is_(None)
    return {
        "open": and_(unpublished, MatchRound.closes_at > now),
        "closed": and_(unpublished, MatchRound.closes_at <= now),
        "published": MatchRound.published_at.is_not(None),
    }.get(state, MatchRound.id.is_not(None))


def numbers_of_requests(session: Session, rounds: list[MatchRound]) -> dict[int, int]:
    """How many submitted requests each round has, by its id."""
    rows = session.execute(
        select(PlacementRequest.round_id, func.count())
        .where(
            PlacementRequest.round_id.in_([round_.id for round_ in rounds]),
            PlacementRequest.state == RequestState.SUBMITTED,
        )
        .group_by(PlacementRequest.round_id)
    )
    return {round_id: number for round_id, number in rows if round_id is not None}


@dataclass(frozen=True)
class Head:
    """How many look for a place and where, counted now; `days_left` is 0 on the last day and below it after it."""

    requests: int
    openings: int
    days_left: int


def head_of(session: Session, round_: MatchRound, today: date) -> Head:
    counts = (
        session.scalar(select(func.count()).select_from(one.subquery()))
        for one in (requests_in(round_, today), openings_of(round_))
    )
    requests, openings = (number or 0 for number in counts)
    return Head(requests, openings, (round_.closes_on - today).days)


def belongs_to(round_: MatchRound) -> ColumnElement[bool]:
    """True of the submitted requests of a round, those with an offer among them."""
    return and_(PlacementRequest.state == RequestState.SUBMITTED, PlacementRequest.round_id == round_.id)


def requests_listed(session: Session, round_: MatchRound, search: str, network_id: int | None, page: int) -> Page:
    """A page of the requests of a round, by learner's name."""
    statement = (
        select(PlacementRequest)
        .join(PlacementRequest.learner)
        .where(belongs_to(round_))
        .options(*all_of_a_request())
        .order_by(Person.name, PlacementRequest.id)
    )
    return page_of(session, narrowed(statement, search, network_id), page)


def narrowed(statement: Select[PlacementRequest], search: str, network_id: int | None) -> Select[PlacementRequest]:
    """Only requests whose learner's name has each word of the search, and within reach of the network."""
    statement = statement.where(named(Person.folded_name, search))
    if network_id:
        statement = statement.where(PlacementRequest.networks.any(Network.id == network_id))
    return statement


def request_in_round(session: Session, round_: MatchRound, request_id: int) -> PlacementRequest | None:
    """A request of the round, with everything that its page shows."""
    return session.scalar(
        select(PlacementRequest)
        .where(PlacementRequest.id == request_id, belongs_to(round_))
        .options(*all_of_a_request(), selectinload(PlacementRequest.ranked).joinedload(RankedOpening.opening))
    )


def unsent_requests(session: Session, round_: MatchRound) -> int:
    """How many learners have begun a request that could be in this round, and have not sent it."""
    statement = (
        select(func.count(func.distinct(PlacementRequest.id)))
        .join(Module, PlacementRequest.module_id == Module.id)
        .join(Programme)
        .where(
            PlacementRequest.state == RequestState.DRAFT,
            Programme.level == round_.level,
            PlacementRequest.networks.any(Network.id.in_([network.id for network in round_.networks])),
        )
    )
    return session.scalar(statement) or 0


def offers_by_state(session: Session, round_: MatchRound, now: datetime) -> dict[str, int]:
    """How many offers of a round stand how at this moment, by the word of the state; those too late have lapsed."""
    rows = session.execute(
        select(Offer.state, Offer.answer_until, func.count())
        .where(Offer.round_id == round_.id, Offer.taken_back_with_id.is_(None))
        .group_by(Offer.state, Offer.answer_until)
    )
    numbers: dict[str, int] = {}
    for state, answer_until, number in rows:
        is_late = state is OfferState.WAITING and answer_until <= now
        word = (OfferState.LAPSED if is_late else state).value
        numbers[word] = numbers.get(word, 0) + number
    return numbers


def number_of_pins(session: Session, round_: MatchRound) -> int:
    """How many pins of a round hold."""
    statement = select(func.count()).where(Pin.round_id == round_.id, Pin.lifted_at.is_(None))
    return session.scalar(statement) or 0


def pin_of(session: Session, round_: MatchRound, request: PlacementRequest) -> Pin | None:
    """The pin of a request that holds, if there is one."""
    statement = select(Pin).where(Pin.round_id == round_.id, Pin.request_id == request.id, Pin.lifted_at.is_(None))
    return session.scalars(statement).first()


def pins_on(session: Session, round_: MatchRound) -> list[Pin]:
    """The pins of a round that hold, with all that a list shows of them."""
    return list(session.scalars(pins_of_round(round_).where(Pin.lifted_at.is_(None))))


def pins_listed(session: Session, round_: MatchRound, page: int) -> Page:
    """A page of the pins of a round, those that hold first."""
    return page_of(session, pins_of_round(round_), page)


def pin_in(session: Session, round_: MatchRound, pin_id: int) -> Pin | None:
    return session.scalar(pins_of_round(round_).where(Pin.id == pin_id))


def list_of_pairs(session: Session, person: Person, round_: MatchRound, list_id: int) -> ListOfPairs | None:
    """A list of agreed pairs that she has chosen for the round herself."""
    hers = (ListOfPairs.round_id == round_.id, ListOfPairs.chosen_by_id == person.id)
    return session.scalar(select(ListOfPairs).where(ListOfPairs.id == list_id, *hers))


def pins_of_round(round_: MatchRound) -> Select[Pin]:
    return (
        select(Pin)
        .where(Pin.round_id == round_.id)
        .options(
            joinedload(Pin.author),
            joinedload(Pin.evidence).joinedload(PinEvidence.seen_by),
            joinedload(Pin.request).joinedload(PlacementRequest.learner),
            joinedload(Pin.opening).options(joinedload(Opening.mentor), joinedload(Opening.study)),
        )
        .order_by(Pin.lifted_at.is_not(None), Pin.id)
    )


def runs_on(session: Session, round_: MatchRound) -> list[Run]:
    """The runs of a round, the newest first, without what came of them, which may be long."""
    statement = select(Run).where(Run.round_id == round_.id).order_by(Run.id.desc())
    return list(session.scalars(statement.options(joinedload(Run.created_by), defer(Run.outcome))))


def uses_the_seed_of_its_round() -> ColumnElement[bool]:
    """True of runs that drew from the seed that counts now."""
    newest = (
        select(RoundSeed.secret)
        .where(RoundSeed.round_id == Run.round_id)
        .order_by(RoundSeed.id.desc())
        .limit(1)
        .correlate(Run)
    )
    return Run.seed == newest.scalar_subquery()


def offers_listed(session: Session, round_: MatchRound, now: datetime, state: str, page: int) -> Page:
    """The offers of a round by learner's name, or only those in a state; with all that a row shows."""
    statement = (
        select(Offer)
        .join(Offer.request)
        .join(PlacementRequest.learner)
        .where(Offer.round_id == round_.id, Offer.taken_back_with_id.is_(None), offer_is(state, now))
        .options(
            contains_eager(Offer.request).contains_eager(PlacementRequest.learner),
            joinedload(Offer.opening).options(
                joinedload(Opening.mentor), joinedload(Opening.study), joinedload(Opening.network)
            ),
        )
        .order_by(Person.name, Offer.id)
    )
    return page_of(session, statement, page)


def offer_is(word: str, now: datetime) -> ColumnElement[bool]:
    """True of offers that stand so at this moment; of all of them for a word that is no state."""
    is_open = and_(Offer.is_open_at(now))
    has_lapsed = and_(Offer.state == OfferState.WAITING, ~is_open)
    conditions: dict[str, ColumnElement[bool]] = {
        OfferState.WAITING.value: is_open,
        OfferState.LAPSED.value: or_(Offer.state == OfferState.LAPSED, has_lapsed),
        OfferState.ACCEPTED.value: Offer.state == OfferState.ACCEPTED,
        OfferState.DECLINED.value: Offer.state == OfferState.DECLINED,
        OfferState.TAKEN_BACK.value: Offer.state == OfferState.TAKEN_BACK,
    }
    return conditions.get(word, Offer.id.is_not(None))
