"""What keeps learners and openings of a round apart, and what a run tells the learners whom it could not place."""

from collections import Counter
from collections.abc import Iterator, Sequence

import matching
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.phrasebook.unplaced import beside_own_request, only_what_was_declined, with_openings, without_opening
from app.phrasebook.what_would_help import next_step
from app.rounds.inputs import Inputs
from app.rules.advice.changes import Hindrance, Wish
from app.rules.advice.nearest_change import Nearest
from app.rules.advice.of_many import Hindered, first_hindrances_in, hindered_in


def hindrances(inputs: Inputs, request: PlacementRequest, opening: Opening) -> tuple[Hindrance, ...]:
    """Everything that keeps an opening from a learner, her own wish included; empty when she could be given it."""
    unwanted: tuple[Hindrance, ...] = () if inputs.is_wanted(request, opening) else (Wish.NOT_LISTED,)
    return (*inputs.obstacles_between(request, opening), *unwanted)


def nearest_change(inputs: Inputs, request: PlacementRequest, openings: Sequence[Opening]) -> Nearest | None:
    """The fewest changes that would open the most openings; None when nothing stands in the way of any."""
    return next(nearest_changes(inputs, [request], openings))


def nearest_changes(
    inputs: Inputs, requests: Sequence[PlacementRequest], openings: Sequence[Opening]
) -> Iterator[Nearest | None]:
    """The same for each of many requests, in their order; the openings may be others than those of the round."""
    found = hindered_in(inputs.table_of(openings), requests, inputs.wishes_of)
    for request, hindered in zip(requests, found, strict=True):
        yield hindered.nearest(homes_of(request), inputs.earliest)


def first_hindrances(inputs: Inputs, openings: Sequence[Opening]) -> Iterator[Counter[Hindrance]]:
    """What first keeps the learners who can go to its network from each of some openings that nobody can take."""
    return first_hindrances_in(inputs.obstacle_table, inputs.requests, inputs.wishes_of, openings)


def own_change(inputs: Inputs, request: PlacementRequest) -> Nearest | None:
    """The one change of the learner's own that would open most openings of the round."""
    [hindered] = hindered_in(inputs.obstacle_table, [request], inputs.wishes_of)
    return hindered.own_change(homes_of(request), inputs.earliest)


def homes_of(request: PlacementRequest) -> list[str]:
    """The networks that she can reach, from which the way to others is counted."""
    return [network.name for network in request.networks]


def reasons_and_next_steps(
    inputs: Inputs, unplaced: Sequence[tuple[PlacementRequest, matching.Unplaced]]
) -> Iterator[tuple[str, str]]:
    """What can be said to each learner whom a run did not place, and what she can do, in their order."""
    requests = [request for request, _ in unplaced]
    found = hindered_in(inputs.obstacle_table, requests, inputs.wishes_of)
    for (request, of_run), hindered in zip(unplaced, found, strict=True):
        yield reason_of(inputs, request, hindered, of_run), next_step_of(inputs, request, hindered)


def next_step_of(inputs: Inputs, request: PlacementRequest, hindered: Hindered) -> str:
    own = hindered.own_change(homes_of(request), inputs.earliest)
    if own is not None and own.openings:
        return next_step(own, None)  # what others could change is said only where she can change nothing
    return next_step(own, hindered.nearest(homes_of(request), inputs.earliest))


def reason_of(inputs: Inputs, request: PlacementRequest, hindered: Hindered, unplaced: matching.Unplaced) -> str:
    """Why a run gave her no place."""
    declined = declined_that_fit(inputs, request, hindered)
    possible = hindered.possible - declined if request.networks else 0
    if possible > len(unplaced.openings):
        return beside_own_request(possible)
    if unplaced.kind is matching.UnplacedKind.NO_PAIR:
        if declined:
            return only_what_was_declined(declined)
        networks = [network.name for network in request.networks]
        return without_opening(networks, hindered.first_of(columns_within_reach(inputs, request)))
    return with_openings(len(unplaced.openings), unplaced.kind)


def declined_that_fit(inputs: Inputs, request: PlacementRequest, hindered: Hindered) -> int:
    """How many of the openings that nothing else keeps from her she has declined already."""
    columns, declined = inputs.obstacle_table.columns, inputs.declined.get(request.id, frozenset())
    return sum(not hindered.bits[columns[opening_id]] for opening_id in declined & columns.keys())


def columns_within_reach(inputs: Inputs, request: PlacementRequest) -> list[int]:
    """Where the openings of her networks stand in the table of obstacles, network by network."""
    within = (inputs.openings_by_network.get(network.id, ()) for network in request.networks)
    return [inputs.obstacle_table.columns[opening.id] for openings in within for opening in openings]
