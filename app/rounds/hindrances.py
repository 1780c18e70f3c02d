"""What stands in the way in a round: learners without any possible opening, openings that nobody can take."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.studies import Opening, OpeningState
from app.phrasebook.obstacles import of_learners
from app.phrasebook.what_would_help import change_in_words
from app.rounds.inputs import Inputs
from app.rounds.unplaced_advice import first_hindrances, nearest_changes
from app.rules.advice.changes import Hindrance
from app.rules.advice.nearest_change import Nearest
from app.rules.fit import all_of_an_opening, index_of, interest_of
from app.rules.length import LengthTable

SHOWN_OPENINGS = 3
REQUESTS_AT_ONCE = 250  # 250 requests x 5,000 openings x 4 bytes = 5 MB


@dataclass(frozen=True)
class BlockedLearner:
    """A learner without an opening, what would help her, and a few of the openings that it would open."""

    request: PlacementRequest
    sentence: str
    openings: Sequence[Opening]


@dataclass(frozen=True)
class IdleOpening:
    """A published opening that no learner of the round can take, and why."""

    opening: Opening
    sentence: str


def blocked_among(
    session: Session, round_: MatchRound, inputs: Inputs, blocked: Sequence[PlacementRequest]
) -> list[BlockedLearner]:
    """What would help requests without a possible opening; paused openings and those of other levels count as near."""
    near = openings_not_withdrawn(session, round_) if blocked else []
    changes = list(nearest_changes(inputs, blocked, near))
    opened = [one.openings if one and one.can_be_changed else () for one in changes]
    return [
        BlockedLearner(request, what_would_help(inputs, request, change), best)
        for request, change, best in zip(blocked, changes, best_among(inputs, blocked, near, opened), strict=True)
    ]


def what_would_help(inputs: Inputs, request: PlacementRequest, nearest: Nearest | None) -> str:
    """One sentence for the coordinator; who has declined all that fits is kept from it by nothing else."""
    if nearest is None and inputs.declined.get(request.id):
        return "What fits was offered and declined. Another opening would help."
    return change_in_words(request, nearest)


def best_among(
    inputs: Inputs,
    requests: Sequence[PlacementRequest],
    openings: Sequence[Opening],
    opened: Sequence[Sequence[Opening]],
) -> Iterator[list[Opening]]:
    """A few of those opened to each request: those that fit it best, its length counted in."""
    index, columns = index_of(openings), {opening.id: column for column, opening in enumerate(openings)}
    lengths = LengthTable(openings, inputs.today)
    for start in range(0, len(requests), REQUESTS_AT_ONCE):
        block = requests[start : start + REQUESTS_AT_ONCE]
        scores = lengths.pulled(index.scores(list(map(interest_of, block))), block)
        for own, row in zip(opened[start : start + REQUESTS_AT_ONCE], scores, strict=True):
            yield nsmallest(SHOWN_OPENINGS, own, key=lambda one: (-row[columns[one.id]], one.id))


def openings_not_withdrawn(session: Session, round_: MatchRound) -> list[Opening]:
    """All openings in the networks of the round, published or paused, of any level."""
    return list(
        session.scalars(
            select(Opening)
            .where(
                Opening.network_id.in_([network.id for network in round_.networks]),
                Opening.state != OpeningState.WITHDRAWN,
            )
            .order_by(Opening.id)
            .options(*all_of_an_opening())
        )
    )


def idle_among(inputs: Inputs, openings: Sequence[Opening]) -> list[IdleOpening]:
    """Openings that nobody can take, each with the reason."""
    kept_away = first_hindrances(inputs, openings)
    return [
        IdleOpening(opening, why_idle(opening, inputs.places[opening.id], first))
        for opening, first in zip(openings, kept_away, strict=True)
    ]


@dataclass(frozen=True)
class Line:
    """A row of the page, as it was counted: who or what, the sentence and a few openings."""

    sentence: str
    request: PlacementRequest | None = None
    opening: Opening | None = None
    openings: Sequence[Opening] = ()


def blocked_lines(session: Session, counted: Sequence[Mapping[str, Any]]) -> list[Line]:
    """The learners without an opening as they were counted, with the rows that the page shows of them."""
    statement = select(PlacementRequest).where(PlacementRequest.id.in_([one["request"] for one in counted]))
    shown = (joinedload(PlacementRequest.learner), selectinload(PlacementRequest.networks))
    requests = {one.id: one for one in session.scalars(statement.options(*shown))}
    openings = openings_named(session, [opening_id for one in counted for opening_id in one["openings"]])
    return [
        Line(one["sentence"], requests[one["request"]], openings=[openings[number] for number in one["openings"]])
        for one in counted
    ]


def idle_lines(session: Session, counted: Sequence[Mapping[str, Any]]) -> list[Line]:
    """The same of openings that nobody can take."""
    openings = openings_named(session, [one["opening"] for one in counted])
    return [Line(one["sentence"], opening=openings[one["opening"]]) for one in counted]


def openings_named(session: Session, opening_ids: Sequence[int]) -> dict[int, Opening]:
    """Openings by their ids, with mentor, study and network."""
    names = (joinedload(Opening.mentor), joinedload(Opening.study), joinedload(Opening.network))
    return {one.id: one for one in session.scalars(select(Opening).where(Opening.id.in_(opening_ids)).options(*names))}


def why_idle(opening: Opening, places: int, first: Counter[Hindrance]) -> str:
    """One sentence: the opening itself, its network, or what first keeps the learners within reach from it."""
    if not places:
        return "All its places are taken, or its mentor or study has reached the limit."
    if not opening.study.status.can_take_learners:
        return f"Its study is {opening.study.status.value}."
    if not first:
        return f"No learner of this round can go to {opening.network.name}."
    parts = [f"{number} {of_learners(hindrance)}" for hindrance, number in first.most_common()]
    within = f"Learners who can go to {opening.network.name}: {first.total()}."
    return f"{within} Of these, {', '.join(parts)}."
