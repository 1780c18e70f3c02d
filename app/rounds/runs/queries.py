"""What a run shows: its numbers, the use of places, its proposals and the learners it could not place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, LargeBinary, Select, case, func, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, contains_eager, joinedload, selectinload

from app.language.numbers import ordinal
from app.models.organisations import Network, Specialty
from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound, RoundSeed
from app.models.runs import Proposal, Run, UnplacedRequest
from app.models.studies import Opening, Study, study_specialties
from app.rounds.policies import LAST_STAGE, keeps_to_an_earlier_run
from app.rounds.queries import is_within_reach_of
from app.rules.search import named
from app.web.paging import Page, page_of

Mentor = aliased(Person)
RANK_FILTERS = {"first": "First choice", "listed": "On the list", "unlisted": "Not on the list", "pinned": "Pinned"}
SORTS = {"learner": "Learner", "score": "Best fit first", "weakest": "Weakest fit first", "rank": "Rank"}


def run_of(session: Session, person: Person, run_id: int) -> Run | None:
    """The run, if this coordinator reaches its round."""
    statement = (
        select(Run)
        .join(Run.round)
        .where(Run.id == run_id, is_within_reach_of(person))
        .options(
            contains_eager(Run.round).options(
                selectinload(MatchRound.networks), selectinload(MatchRound.seeds).joinedload(RoundSeed.drawn_by)
            ),
            joinedload(Run.created_by),
        )
    )
    return session.scalar(statement)


def published_stages(session: Session, round_: MatchRound) -> tuple[str, ...]:
    """The aims of the run that was published last, without any that keep to a run before."""
    stages = session.scalar(
        select(Run.stages)
        .where(Run.round_id == round_.id, Run.published_at.is_not(None))
        .order_by(Run.id.desc())
        .limit(1)
    )
    kept = [stage for stage in stages or ("placed", "score") if not keeps_to_an_earlier_run([stage])]
    return tuple(kept) if LAST_STAGE in kept else (*kept, LAST_STAGE)


def file_of(session: Session, run: Run, column: InstrumentedAttribute[str]) -> bytes:
    """The problem or the solution of a run as it is kept, compressed."""
    return session.execute(select(type_coerce(column, LargeBinary)).where(Run.id == run.id)).scalar_one()


def profile_of(session: Session, run: Run) -> list[tuple[str, int]]:
    """How many learners got which rank, those off their list and those not placed at the end."""
    rows = session.execute(select(Proposal.rank, func.count()).where(Proposal.run_id == run.id).group_by(Proposal.rank))
    by_rank = dict(rows.all())
    ranks = range(1, max((rank for rank in by_rank if rank), default=0) + 1)
    return [
        *((f"{ordinal(rank)} choice", by_rank.get(rank, 0)) for rank in ranks),
        ("Not on the list", by_rank.get(None, 0)),
        ("Not placed", run.outcome["learners"] - run.outcome["placed"]),
    ]


@dataclass(frozen=True)
class Use:
    """Places taken by the run out of those that there were."""

    used: int = 0
    places: int = 0

    def __add__(self, other: "Use") -> "Use":
        return Use(self.used + other.used, self.places + other.places)

    @property
    def heat(self) -> int:
        """0 (nothing used) to 4 (full), for the colour of the cell."""
        return -(-4 * self.used // self.places) if self.places else 0


@dataclass(frozen=True)
class PlacesGrid:
    """Use of places by specialty (rows) and network (columns); a study with two specialties counts in both rows."""

    networks: Sequence[str]
    rows: Mapping[str, Mapping[str, Use]]
    totals: Mapping[str, Use]

    def row_total(self, specialty: str) -> Use:
        return sum(self.rows[specialty].values(), Use())

    @property
    def total(self) -> Use:
        return sum(self.totals.values(), Use())


NO_SPECIALTY = "No specialty named"


def grid_of(session: Session, run: Run) -> PlacesGrid:
    """The use of the places that the run had; three queries."""
    places = {int(opening_id): number for opening_id, number in run.outcome["places"].items()}
    rows = session.execute(
        select(Proposal.opening_id, func.count()).where(Proposal.run_id == run.id).group_by(Proposal.opening_id)
    )
    used = dict(rows.all())
    here = Opening.id.in_(list(places))
    openings = session.execute(select(Opening.id, Opening.study_id, Network.name).join(Opening.network).where(here))
    specialties: dict[int, list[str]] = {}
    for study_id, specialty in session.execute(
        select(study_specialties.c.study_id, Specialty.name)
        .join(Specialty, study_specialties.c.specialty_id == Specialty.id)
        .where(study_specialties.c.study_id.in_(select(Opening.study_id).where(here)))
        .order_by(Specialty.name)
    ):
        specialties.setdefault(study_id, []).append(specialty)
    grid: dict[str, dict[str, Use]] = {}
    totals: dict[str, Use] = {}
    for opening_id, study_id, network in openings:
        if not places[opening_id]:
            continue
        use = Use(used.get(opening_id, 0), places[opening_id])
        totals[network] = totals.get(network, Use()) + use
        for specialty in specialties.get(study_id, [NO_SPECIALTY]):
            row = grid.setdefault(specialty, {})
            row[network] = row.get(network, Use()) + use
    return PlacesGrid(sorted(totals), dict(sorted(grid.items())), totals)


@dataclass(frozen=True)
class Filters:
    """What a list of proposals is narrowed to, and its order; all of it stands in the address."""

    search: str = ""
    network_id: int | None = None
    rank: str = ""
    sort: str = "learner"

    def values(self) -> dict[str, str | int]:
        """The filters as the address has them, without those that are not used."""
        found = {"q": self.search, "network": self.network_id or "", "rank": self.rank, "sort": self.sort}
        return {name: value for name, value in found.items() if value and (name, value) != ("sort", "learner")}


def proposals_statement(run: Run, filters: Filters) -> Select[Proposal]:
    """The proposals of a run, narrowed and sorted, with everything that a row shows."""
    opening = contains_eager(Proposal.opening)
    statement = (
        select(Proposal)
        .join(Proposal.request)
        .join(PlacementRequest.learner)
        .join(Proposal.opening)
        .join(Opening.mentor.of_type(Mentor))
        .join(Opening.study)
        .where(Proposal.run_id == run.id)
        .options(
            contains_eager(Proposal.request)
            .contains_eager(PlacementRequest.learner)
            .joinedload(Person.learner_profile),
            opening.contains_eager(Opening.mentor.of_type(Mentor)),
            opening.contains_eager(Opening.study),
            opening.joinedload(Opening.organisation),
            opening.joinedload(Opening.network),
        )
    )
    names = Person.folded_name + " " + Mentor.folded_name + " " + Study.folded_name
    statement = statement.where(named(names, filters.search))
    if filters.network_id:
        statement = statement.where(Opening.network_id == filters.network_id)
    return statement.where(has_rank(filters.rank)).order_by(*order_of(filters.sort))


def has_rank(wanted: str) -> ColumnElement[bool]:
    return {
        "first": Proposal.rank == 1,
        "listed": Proposal.rank.is_not(None),
        "unlisted": Proposal.rank.is_(None),
        "pinned": Proposal.is_pinned.is_(True),
    }.get(wanted, Proposal.id.is_not(None))


def order_of(sort: str) -> tuple[ColumnElement[object], ...]:
    by_name = (Person.name, Proposal.id)
    first: ColumnElement[object] | None = {
        "score": Proposal.score.desc(),
        "weakest": Proposal.score.asc(),
        "rank": case((Proposal.rank.is_(None), 1000), else_=Proposal.rank),
    }.get(sort)
    return by_name if first is None else (first, *by_name)  # type: ignore[return-value]


def proposals_listed(session: Session, run: Run, filters: Filters, page: int) -> Page:
    return page_of(session, proposals_statement(run, filters), page)


def all_proposals(session: Session, run: Run, filters: Filters) -> Iterator[Proposal]:
    """Everything that the filters let through, for a download."""
    yield from session.scalars(proposals_statement(run, filters))


def unplaced_listed(session: Session, run: Run, search: str, page: int) -> Page:
    """The learners whom a run could not place, by name."""
    statement = (
        select(UnplacedRequest)
        .join(UnplacedRequest.request)
        .join(PlacementRequest.learner)
        .where(UnplacedRequest.run_id == run.id)
        .options(
            contains_eager(UnplacedRequest.request).options(
                contains_eager(PlacementRequest.learner).joinedload(Person.learner_profile),
                selectinload(PlacementRequest.networks),
            )
        )
        .order_by(Person.name, UnplacedRequest.id)
    )
    statement = statement.where(named(Person.folded_name, search))
    return page_of(session, statement, page)


def reach_of(run: Run) -> list[tuple[int, str]]:
    """The networks of the run's round, to filter by."""
    networks: list[Network] = run.round.networks
    return [(network.id, network.name) for network in networks]
