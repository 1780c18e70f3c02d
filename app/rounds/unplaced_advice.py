"""What keeps learners and openings of a round apart, and what a run tells the learners whom it could not place."""

from collections import Counter
from collections.abc import Iterable

import matching
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.phrasebook.unplaced import beside_own_request, with_openings, without_opening
from app.phrasebook.what_would_help import next_step
from app.rounds.inputs import Inputs, wants
from app.rules.nearest_change import Hindrance, Nearest, Wish, nearest_of


def hindrances(inputs: Inputs, request: PlacementRequest, opening: Opening) -> tuple[Hindrance, ...]:
    """Everything that keeps an opening from a learner, her own wish included; empty when she could be given it."""
    unwanted: tuple[Hindrance, ...] = () if wants(request, opening) else (Wish.NOT_LISTED,)
    return (*inputs.obstacles_between(request, opening), *unwanted)


def nearest_change(inputs: Inputs, request: PlacementRequest, openings: Iterable[Opening]) -> Nearest | None:
    """The fewest changes that would open the most openings; None when there is no opening at all."""
    return nearest_of((opening, hindrances(inputs, request, opening)) for opening in openings)


def without_fitting(inputs: Inputs, request: PlacementRequest) -> Nearest | None:
    """The nearest change that would have given her openings beyond those that already fit."""
    others = [opening for opening in inputs.openings if hindrances(inputs, request, opening)]
    return nearest_change(inputs, request, others)


def reason_and_next_step(request: PlacementRequest, inputs: Inputs, unplaced: matching.Unplaced) -> tuple[str, str]:
    """What can be said to a learner whom a run did not place, and what she can do."""
    step = next_step(without_fitting(inputs, request))
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
