"""What keeps learners and openings of a round apart, and what a run tells the learners whom it could not place."""

from collections import Counter
from collections.abc import Sequence

import matching
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.phrasebook.unplaced import beside_own_request, with_openings, without_opening
from app.phrasebook.what_would_help import next_step
from app.rounds.inputs import Inputs, wants
from app.rules.advice.changes import Hindrance, Wish
from app.rules.advice.nearest_change import Nearest, nearest_of, own_changes


def hindrances(inputs: Inputs, request: PlacementRequest, opening: Opening) -> tuple[Hindrance, ...]:
    """Everything that keeps an opening from a learner, her own wish included; empty when she could be given it."""
    unwanted: tuple[Hindrance, ...] = () if wants(request, opening) else (Wish.NOT_LISTED,)
    return (*inputs.obstacles_between(request, opening), *unwanted)


def nearest_change(inputs: Inputs, request: PlacementRequest, openings: Sequence[Opening]) -> Nearest | None:
    """The fewest changes that would open the most openings; None when nothing stands in the way of any."""
    candidates = inputs.candidates_for(request, openings)
    return nearest_of(inputs.wishes_of(request), candidates, homes_of(request), inputs.earliest)


def own_change(inputs: Inputs, request: PlacementRequest) -> Nearest | None:
    """The one change of the learner's own that would open most openings of the round."""
    candidates = inputs.candidates_for(request, inputs.openings)
    return next(iter(own_changes(inputs.wishes_of(request), candidates, homes_of(request), inputs.earliest)), None)


def homes_of(request: PlacementRequest) -> list[str]:
    """The networks that she can reach, from which the way to others is counted."""
    return [network.name for network in request.networks]


def reason_and_next_step(request: PlacementRequest, inputs: Inputs, unplaced: matching.Unplaced) -> tuple[str, str]:
    """What can be said to a learner whom a run did not place, and what she can do."""
    step = next_step(own_change(inputs, request), nearest_change(inputs, request, inputs.openings))
    possible = sum(1 for _ in inputs.possible_for(request))
    if possible > len(unplaced.openings):
        return beside_own_request(possible), step
    if unplaced.kind is matching.UnplacedKind.NO_PAIR:
        networks = [network.name for network in request.networks]
        return without_opening(networks, first_hindrances(inputs, request)), step
    return with_openings(len(unplaced.openings), unplaced.kind), step


def first_hindrances(inputs: Inputs, request: PlacementRequest) -> Counter[Hindrance]:
    """How many openings within her networks each hindrance keeps from her, the first of each opening counted."""
    within = [opening for network in request.networks for opening in inputs.openings_by_network.get(network.id, ())]
    return Counter(hindrances(inputs, request, opening)[0] for opening in within)
