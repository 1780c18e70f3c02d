"""What stands in the way in a round: learners without any possible opening, openings that nobody can take."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.studies import Opening, OpeningState
from app.rounds.inputs import Inputs, wants
from app.rounds.reasons import Nearest, change_in_words, nearest_change
from app.rules.eligibility import Obstacle
from app.rules.fit import all_of_an_opening, fits_of

SHOWN_OPENINGS = 3


@dataclass(frozen=True)
class BlockedLearner:
    """A learner without an opening, and the nearest change that would help."""

    request: PlacementRequest
    nearest: Nearest | None
    near: Sequence[Opening]

    @property
    def sentence(self) -> str:
        return change_in_words(self.request, self.nearest)

    @property
    def openings(self) -> Sequence[Opening]:
        """A few of the openings that the change would open: those that fit the learner's interests best."""
        if self.nearest is None or not self.nearest.can_be_changed:
            return ()
        best = fits_of(self.request, self.nearest.openings, among=self.near)[:SHOWN_OPENINGS]
        return [fit.opening for fit in best]


@dataclass(frozen=True)
class IdleOpening:
    """A published opening that no learner of the round can take, and why."""

    opening: Opening
    sentence: str


def blocked_among(
    session: Session, round_: MatchRound, inputs: Inputs, requests: Iterable[PlacementRequest]
) -> list[BlockedLearner]:
    """Those of the requests without a possible opening; paused openings and those of other levels count as near."""
    blocked = [request for request in requests if inputs.is_without_opening(request)]
    near = openings_not_withdrawn(session, round_) if blocked else []
    return [BlockedLearner(request, nearest_change(inputs, request, near), near) for request in blocked]


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


def idle_openings(inputs: Inputs) -> list[IdleOpening]:
    """Each opening that nobody can take."""
    possible = {opening.id for request in inputs.requests for opening in inputs.possible_for(request)}
    return [
        IdleOpening(opening, why_idle(opening, inputs)) for opening in inputs.openings if opening.id not in possible
    ]


OF_LEARNERS = {
    Obstacle.PROFESSION: "of a profession that it does not accept",
    Obstacle.EXCLUDED: "who may not be mentored by this mentor",
    Obstacle.CLOSES_BEFORE: "who can start only after it closes",
    Obstacle.STARTS_AFTER: "who want to start before it begins",
    Obstacle.MENTOR_AWAY: "who can start only while the mentor is away",
}


def why_idle(opening: Opening, inputs: Inputs) -> str:
    """One sentence: the opening itself, its network, or what keeps each learner within reach from it."""
    if not inputs.places[opening.id]:
        return "All its places are taken, or its mentor or study has reached the limit."
    if not opening.study.status.can_take_learners:
        return f"Its study is {opening.study.status.value}."
    within = [request for request in inputs.requests if opening.network in request.networks]
    if not within:
        return f"No learner of this round can go to {opening.network.name}."
    first = Counter(first_hindrance(inputs, request, opening) for request in within)
    parts = [f"{number} {words}" for words, number in first.most_common()]
    return f"Learners who can go to {opening.network.name}: {len(within)}. Of these, {', '.join(parts)}."


def first_hindrance(inputs: Inputs, request: PlacementRequest, opening: Opening) -> str:
    found = inputs.obstacles_between(request, opening)
    if found:
        return OF_LEARNERS.get(found[0], "whom it does not fit")
    return "whose list it is not on and who take no others" if not wants(request, opening) else "whom it fits"
