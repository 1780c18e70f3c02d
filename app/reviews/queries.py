"""What a learner and the coordinators of a round may see of reviews."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.language.dates_and_times import day_of
from app.language.working_days import working_day_after
from app.models.organisations import Network
from app.models.people import Person
from app.models.publications import Publication
from app.models.requests import PlacementRequest, RankedOpening
from app.models.reviews import Review, ReviewState
from app.models.rounds import MatchRound
from app.models.runs import Proposal, UnplacedRequest
from app.models.studies import Opening
from app.phrasebook.obstacles import to_coordinator
from app.reviews.days import ReviewDays
from app.reviews.who import has_nobody
from app.rules.eligibility import obstacles
from app.rules.fit import all_of_a_request, all_of_an_opening
from app.web.paging import Page, page_of


@dataclass(frozen=True)
class Decided:
    """What a publication decided about one request: a proposal, or that there was no place."""

    publication: Publication
    request: PlacementRequest
    proposal: Proposal | None
    unplaced: UnplacedRequest | None

    def ask_until(self, days: ReviewDays) -> date:
        """The last day on which its learner can ask for a review."""
        return working_day_after(day_of(self.publication.published_at), days.to_ask)


def own_request(session: Session, learner: Person, request_id: int) -> PlacementRequest | None:
    """The request, if it is hers and was sent."""
    return session.scalar(
        select(PlacementRequest)
        .where(
            PlacementRequest.id == request_id,
            PlacementRequest.learner_id == learner.id,
        )
        .options(joinedload(PlacementRequest.round), joinedload(PlacementRequest.learner))
    )


def decided_about(session: Session, request: PlacementRequest) -> Decided | None:
    """What the last publication that stands and had a request in its run decided about it; None if there is none.

    Each turn of a round is published; a request is in some of its turns.
    """
    of_round = joinedload(Publication.round).selectinload(MatchRound.networks)
    publication = session.scalar(
        select(Publication)
        .where(Publication.round_id == request.round_id, Publication.taken_back_at.is_(None), was_in_run_of(request))
        .order_by(Publication.id.desc())
        .limit(1)
        .options(of_round, joinedload(Publication.run))
    )
    return decision_in(session, publication, request) if publication else None


def was_in_run_of(request: PlacementRequest) -> ColumnElement[bool]:
    """True of publications whose run placed the request, or had no place for it."""
    ran = (select(of.run_id).where(of.request_id == request.id) for of in (Proposal, UnplacedRequest))
    return or_(*(Publication.run_id.in_(runs) for runs in ran))


def decision_in(session: Session, publication: Publication, request: PlacementRequest) -> Decided | None:
    """The same of one publication; None where the request was not in its run."""
    opening = joinedload(Proposal.opening)
    proposal = session.scalar(
        select(Proposal)
        .where(Proposal.run_id == publication.run_id, Proposal.request_id == request.id)
        .options(opening.joinedload(Opening.mentor), opening.joinedload(Opening.study))
    )
    unplaced = session.scalar(
        select(UnplacedRequest).where(
            UnplacedRequest.run_id == publication.run_id, UnplacedRequest.request_id == request.id
        )
    )
    return Decided(publication, request, proposal, unplaced) if proposal or unplaced else None


def with_everything() -> Select[Review]:
    """Reviews with all that their pages show."""
    request = contains_eager(Review.request)
    ranked = request.selectinload(PlacementRequest.ranked).joinedload(RankedOpening.opening)
    return (
        select(Review)
        .join(Review.request)
        .join(Review.round)
        .join(Review.publication)
        .options(
            request.options(*all_of_a_request()),
            ranked.options(*all_of_an_opening()),
            contains_eager(Review.round).selectinload(MatchRound.networks),
            contains_eager(Review.publication).options(
                joinedload(Publication.run), joinedload(Publication.published_by)
            ),
            joinedload(Review.answered_by),
        )
    )


def review_of_request(session: Session, publication: Publication, request: PlacementRequest) -> Review | None:
    statement = with_everything().where(Review.publication_id == publication.id, Review.request_id == request.id)
    return session.scalar(statement)


def review_of_learner(session: Session, learner: Person, review_id: int, for_update: bool = False) -> Review | None:
    """The review, if she asked for it."""
    return one(session, with_everything().where(PlacementRequest.learner_id == learner.id), review_id, for_update)


def review_of_coordinator(
    session: Session, person: Person, round_id: int, review_id: int, for_update: bool = False
) -> Review | None:
    """The review, if she coordinates a network of its round and did not ask for it herself."""
    hers = MatchRound.networks.any(Network.id.in_(person.network_ids()))
    statement = with_everything().where(Review.round_id == round_id, hers, PlacementRequest.learner_id != person.id)
    return one(session, statement, review_id, for_update)


def left_to(person: Person) -> ColumnElement[bool]:
    """True of reviews that wait and no coordinator may answer, and of those that this administrator answered.

    Neither are reviews of her own request, or of what she has published herself.
    """
    publisher = Publication.published_by_id
    waits = and_(Review.state == ReviewState.ASKED, has_nobody(), publisher.is_(None) | (publisher != person.id))
    return and_(or_(waits, Review.answered_by_id == person.id), PlacementRequest.learner_id != person.id)


def review_left_over(session: Session, person: Person, review_id: int, for_update: bool = False) -> Review | None:
    """The review, if it is left to this administrator."""
    return one(session, with_everything().where(left_to(person)), review_id, for_update)


def reviews_left_over(session: Session, person: Person, page: int) -> Page:
    """Those that are left to an administrator, what waits longest first."""
    request = contains_eager(Review.request).joinedload(PlacementRequest.learner)
    statement = (
        select(Review)
        .join(Review.request)
        .join(Review.publication)
        .where(left_to(person))
        .options(request, joinedload(Review.round))
        .order_by(Review.answered_at.is_not(None), Review.due_on, Review.id)
    )
    return page_of(session, statement, page)


def one(session: Session, statement: Select[Review], review_id: int, for_update: bool) -> Review | None:
    """`for_update` makes whoever else would move it wait, and reads it afresh."""
    statement = statement.where(Review.id == review_id)
    if for_update:
        statement = statement.with_for_update(of=Review).execution_options(populate_existing=True)
    return session.scalar(statement)


def round_of_coordinator(session: Session, person: Person, round_id: int) -> MatchRound | None:
    hers = MatchRound.networks.any(Network.id.in_(person.network_ids()))
    return session.scalar(select(MatchRound).where(MatchRound.id == round_id, hers))


def reviews_listed(session: Session, person: Person, round_: MatchRound, state: str, page: int) -> Page:
    """Those of a round, what waits longest first; `state` is the word of a state, empty for all."""
    request = contains_eager(Review.request).joinedload(PlacementRequest.learner)
    statement = (
        select(Review)
        .join(Review.request)
        .where(Review.round_id == round_.id, PlacementRequest.learner_id != person.id)
        .options(request, joinedload(Review.answered_by))
        .order_by(Review.answered_at.is_not(None), Review.due_on, Review.id)
    )
    wanted = next((one for one in ReviewState if one.value == state), None)
    return page_of(session, statement.where(Review.state == wanted) if wanted else statement, page)


def numbers_by_state(session: Session, person: Person, round_: MatchRound) -> dict[str, int]:
    """How many reviews of a round stand how, by the word of the state."""
    rows = session.execute(
        select(Review.state, func.count())
        .join(Review.request)
        .where(Review.round_id == round_.id, PlacementRequest.learner_id != person.id)
        .group_by(Review.state)
    )
    return {state.value: number for state, number in rows}


@dataclass(frozen=True)
class Better:
    """An opening that she had ranked higher: was it possible for her, how many places it had, and who got them."""

    ranked: RankedOpening
    is_possible: bool | None
    places: int | None
    holders: Sequence[Proposal]
    in_the_way: Sequence[str] = ()


def better_ranked(
    session: Session, decided: Decided, possible: frozenset[tuple[int, int]] | None, today: date
) -> list[Better]:
    """Everything above what she got, first choice first; all of her list where she got nothing from it."""
    rank = decided.proposal.rank if decided.proposal else None
    rows = [row for row in decided.request.ranked if rank is None or row.position < rank]
    opening_ids = [row.opening_id for row in rows]
    holders = holders_of(session, decided.publication, opening_ids)
    places = decided.publication.run.outcome.get("places", {})
    return [
        Better(
            row,
            None if possible is None else (row.opening.mentor_id, row.opening.study_id) in possible,
            places.get(str(row.opening_id)),
            holders.get(row.opening_id, ()),
            [to_coordinator(one) for one in obstacles(decided.request, row.opening, today)],
        )
        for row in rows
    ]


def holders_of(session: Session, publication: Publication, opening_ids: Sequence[int]) -> dict[int, list[Proposal]]:
    """Who got these openings in the run that was published, by opening."""
    found: dict[int, list[Proposal]] = {}
    statement = select(Proposal).where(Proposal.run_id == publication.run_id, Proposal.opening_id.in_(opening_ids))
    learner = joinedload(Proposal.request).joinedload(PlacementRequest.learner)
    for proposal in session.scalars(statement.options(learner).order_by(Proposal.id)):
        found.setdefault(proposal.opening_id, []).append(proposal)
    return found
