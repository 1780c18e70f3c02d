"""The two-sided path: the best choice on a face whose limits nest, with the prices that prove it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.assignment.auction import auction
from matching.assignment.dense import best_by_slots, fits
from matching.assignment.dual_potentials import multipliers_at, potentials_of
from matching.assignment.flow_network import network_of
from matching.assignment.laminar import Tree
from matching.assignment.primal_dual import NoFlow, optimal_flow
from matching.deadline import Watch
from matching.lp.lagrangian import Multipliers
from matching.model.face import Bools, Face, Goal


@dataclass(frozen=True, slots=True)
class Assigned:
    """A choice of pairs (m,) and prices. Unless the watch ended the search (`finished`), these prove it optimal; if
    it did, the choice may break limits, but the prices still give a bound."""

    chosen: Bools
    prices: Multipliers
    finished: bool = True


def assign(face: Face, goal: Goal, tree: Tree, watch: Watch) -> Assigned | None:
    """Return the best choice, or None when nothing satisfies the face.

    Small faces take slots and one dense assignment, O(n**3); large ones an auction for good prices, and shortest
    paths until these are exact.
    """
    if fits(face, goal, tree):
        chosen = best_by_slots(face, goal, tree)
        if chosen is None:
            return None
        return Assigned(chosen, multipliers_at(potentials_of(face, goal, tree, chosen), face, goal, tree, chosen))
    network = network_of(face, goal, tree)
    try:
        flow = optimal_flow(network, *auction(network, watch), watch)
    except NoFlow:
        return None
    taken = network.pair[flow.option[flow.option >= 0]]
    chosen = np.zeros(len(face.pair), dtype=bool)
    chosen[taken[taken >= 0]] = True
    if flow.finished and not face.admits(chosen):
        return None  # rows without pairs are not in the tree; one of them has a minimum
    prices = multipliers_at(flow.price - flow.price[network.ground], face, goal, tree, chosen)
    return Assigned(chosen, prices, flow.finished)
