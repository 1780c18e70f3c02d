"""Who gets something else: the learners to whom compared runs do not give the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.runs import Proposal, Run, UnplacedRequest
from app.models.studies import Opening
from app.phrasebook.comparisons import gained_or_lost, higher_or_lower_on_the_list
from app.rules.search import named
from app.web.paging import Page, page_of

OFF_LIST, NO_PLACE = 10**5, 10**6  # as ranks, behind every place on a list
NO_FIT = -1
ROWS = 10  # on a page: on a phone each is a card that fills half of the screen

BETTER, WORSE, HIGHER, LOWER, GAINED, LOST = "better", "worse", "higher", "lower", "gained", "lost"
CHANGES = {
    BETTER: "Better by their own list",
    WORSE: "Worse by their own list",
    HIGHER: "Better fit",
    LOWER: "Weaker fit",
    GAINED: "A place gained",
    LOST: "A place lost",
}


@dataclass(frozen=True)
class Result:
    """What one run gives a learner: `proposal` is None without a place, `took_part` false where she was not in it."""

    proposal: Proposal | None
    took_part: bool

    @property
    def liking(self) -> int:
        """The rank on her list, the smaller the better."""
        return NO_PLACE if self.proposal is None else self.proposal.rank or OFF_LIST

    def beside(self, first: "Result") -> str:
        """What it is for her beside what the first run gives, in words; empty where it is the same to her."""
        if not (self.took_part and first.took_part):
            return ""
        if self.proposal is None or first.proposal is None:
            return gained_or_lost(self.liking - first.liking)
        return higher_or_lower_on_the_list(first.liking - self.liking, self.proposal.score - first.proposal.score)


@dataclass(frozen=True)
class Row:
    """A learner's request and what each run gives her, in the order of the runs."""

    request: PlacementRequest
    results: Sequence[Result]


class Joined:
    """What one run says of each request: its proposal or that it has none."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.got, self.left = aliased(Proposal), aliased(UnplacedRequest)

    @property
    def rank(self) -> ColumnElement[Any]:
        return self.told(func.coalesce(self.got.rank, OFF_LIST), NO_PLACE)

    @property
    def fit(self) -> ColumnElement[Any]:
        return self.told(self.got.score, NO_FIT)

    def told(self, placed: ColumnElement[Any] | Any, unplaced: int) -> ColumnElement[Any]:
        """A number of the place, another for none, and nothing to compare for who was not in the run."""
        return case((self.got.id.is_not(None), placed), (self.left.id.is_not(None), unplaced), else_=None)

    def joined_to(self, statement: Select[Any]) -> Select[Any]:
        for table in (self.got, self.left):
            of_run = and_(table.request_id == PlacementRequest.id, table.run_id == self.run.id)
            statement = statement.outerjoin(table, of_run)
        return statement


def changes_between(first: Joined, other: Joined) -> Mapping[str, ColumnElement[bool]]:
    """What the other does for a learner beside the first."""
    return {
        BETTER: other.rank < first.rank,
        WORSE: other.rank > first.rank,
        HIGHER: other.fit > first.fit,
        LOWER: other.fit < first.fit,
        GAINED: and_(first.rank == NO_PLACE, other.rank < NO_PLACE),
        LOST: and_(first.rank < NO_PLACE, other.rank == NO_PLACE),
    }


def differing(runs: Sequence[Run], *columns: Any) -> tuple[Select[Any], Joined, list[Joined]]:
    """Requests to which the runs do not all give the same opening."""
    first, *others = (Joined(run) for run in runs)
    statement = select(*columns).select_from(PlacementRequest).join(PlacementRequest.learner)
    for one in (first, *others):
        statement = one.joined_to(statement)
    placed = select(Proposal.request_id).where(Proposal.run_id.in_([run.id for run in runs]))
    differs = or_(*(first.got.opening_id.is_distinct_from(other.got.opening_id) for other in others))
    return statement.where(PlacementRequest.id.in_(placed), differs), first, others


@dataclass(frozen=True)
class Sums:
    """How many differ in all, and for each run after the first how many it does what for."""

    differing: int
    by_run: Mapping[int, Mapping[str, int]]


def sums_of(session: Session, runs: Sequence[Run]) -> Sums:
    """One query."""
    statement, first, others = differing(runs, func.count())
    for other in others:
        counted = changes_between(first, other).values()
        statement = statement.add_columns(*(func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in counted))
    total, *numbers = session.execute(statement).one()
    names = list(CHANGES)
    return Sums(
        total,
        {other.run.id: dict(zip(names, numbers[at * len(names) :], strict=False)) for at, other in enumerate(others)},
    )


def rows_listed(session: Session, runs: Sequence[Run], search: str, change: str, page: int) -> Page:
    """A page of those who differ by name, or only those for whom one of the others does what `change` names."""
    statement, first, others = differing(runs, PlacementRequest)
    if change in CHANGES:
        statement = statement.where(or_(*(changes_between(first, other)[change] for other in others)))
    statement = statement.where(named(Person.folded_name, search)).order_by(Person.name, PlacementRequest.id)
    found = page_of(session, statement.options(of_learner()), page, ROWS)
    return Page(rows_for(session, runs, found.rows), found.number, found.pages, found.total)


def of_learner() -> Any:
    return contains_eager(PlacementRequest.learner).joinedload(Person.learner_profile)


def rows_for(session: Session, runs: Sequence[Run], requests: Sequence[PlacementRequest]) -> list[Row]:
    """What each run gives these; two queries."""
    ids, run_ids = [one.id for one in requests], [run.id for run in runs]
    opening = joinedload(Proposal.opening)
    proposals = session.scalars(
        select(Proposal)
        .where(Proposal.run_id.in_(run_ids), Proposal.request_id.in_(ids))
        .options(opening.joinedload(Opening.mentor), opening.joinedload(Opening.study))
    )
    got = {(one.run_id, one.request_id): one for one in proposals}
    left = session.execute(
        select(UnplacedRequest.run_id, UnplacedRequest.request_id).where(
            UnplacedRequest.run_id.in_(run_ids), UnplacedRequest.request_id.in_(ids)
        )
    )
    took_part = got.keys() | {(run_id, request_id) for run_id, request_id in left}
    return [
        Row(one, [Result(got.get((run_id, one.id)), (run_id, one.id) in took_part) for run_id in run_ids])
        for one in requests
    ]
