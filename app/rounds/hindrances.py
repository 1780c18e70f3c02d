"""What stands in the way in a round: learners without any possible opening, openings that nobody can take."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.studies import Opening, OpeningState
from app.phrasebook.obstacles import of_learners
from app.phrasebook.what_would_help import change_in_words
from app.rounds.inputs import Inputs
from app.rounds.unplaced_advice import hindrances, nearest_change
from app.rules.advice.nearest_change import Nearest
from app.rules.fit import all_of_an_opening, fits_in, index_of
from matching.interest import InterestIndex

SHOWN_OPENINGS = 3


@dataclass(frozen=True)
class Near:
    """The openings that a change could open, and the index of their texts, which is made once for all learners."""

    openings: Sequence[Opening]

    @cached_property
    def index(self) -> InterestIndex:
        return index_of(self.openings)


@dataclass(frozen=True)
class BlockedLearner:
    """A learner without an opening, and the nearest change that would help, which is looked for when it is read."""

    request: PlacementRequest
    inputs: Inputs
    near: Near

    @cached_property
    def nearest(self) -> Nearest | None:
        return nearest_change(self.inputs, self.request, self.near.openings)

    @property
    def sentence(self) -> str:
        return change_in_words(self.request, self.nearest)

    @property
    def openings(self) -> Sequence[Opening]:
        """A few of the openings that the change would open: those that fit the learner's interests best."""
        if self.nearest is None or not self.nearest.can_be_changed:
            return ()
        best = fits_in(self.near.index, self.request, self.nearest.openings, self.inputs.today)
        return [fit.opening for fit in best[:SHOWN_OPENINGS]]


@dataclass(frozen=True)
class IdleOpening:
    """A published opening that no learner of the round can take, and why."""

    opening: Opening
    sentence: str


def blocked_among(
    session: Session, round_: MatchRound, inputs: Inputs, blocked: Sequence[PlacementRequest]
) -> list[BlockedLearner]:
    """What would help requests without a possible opening; paused openings and those of other levels count as near."""
    near = Near(openings_not_withdrawn(session, round_) if blocked else [])
    return [BlockedLearner(request, inputs, near) for request in blocked]


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


def idle_among(inputs: Inputs, openings: Iterable[Opening]) -> list[IdleOpening]:
    """Openings that nobody can take, each with the reason."""
    return [IdleOpening(opening, why_idle(opening, inputs)) for opening in openings]


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


def why_idle(opening: Opening, inputs: Inputs) -> str:
    """One sentence: the opening itself, its network, or what keeps each learner within reach from it."""
    if not inputs.places[opening.id]:
        return "All its places are taken, or its mentor or study has reached the limit."
    if not opening.study.status.can_take_learners:
        return f"Its study is {opening.study.status.value}."
    within = [request for request in inputs.requests if opening.network in request.networks]
    if not within:
        return f"No learner of this round can go to {opening.network.name}."
    first = Counter(of_learners(hindrances(inputs, request, opening)[0]) for request in within)
    parts = [f"{number} {words}" for words, number in first.most_common()]
    return f"Learners who can go to {opening.network.name}: {len(within)}. Of these, {', '.join(parts)}."
