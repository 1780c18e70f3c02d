"""The two-sided path: the best choice on a face whose limits nest, with the duals that prove it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.assignment.auction import auction
from matching.assignment.dense import fits, solve_dense
from matching.assignment.dual_potentials import multipliers_at, potentials_of
from matching.assignment.flow_network import network_of
from matching.assignment.laminar import LaminarTree
from matching.assignment.primal_dual import NoFlow, optimal_flow
from matching.deadline import Deadline
from matching.lp.lagrangian import Multipliers
from matching.model.face import Bools
from matching.model.subproblem import Subproblem
from matching.solution import ASSIGNMENT, FLOW


@dataclass(frozen=True, slots=True)
class Assigned:
    """A choice of pairs (m,) and duals. Unless the deadline ended the search (`finished`), these prove it optimal; if
    it did, the choice may break limits, but the duals still give a bound."""

    chosen: Bools
    duals: Multipliers
    finished: bool = True
    method: str = ASSIGNMENT


def assign(subproblem: Subproblem, tree: LaminarTree, deadline: Deadline) -> Assigned | None:
    """Return the best choice, or None when nothing satisfies the limits.

    Small faces take slots and one dense assignment, O(n**3); large ones an auction for good duals, and shortest
    paths until these are exact: usually few, at worst one for each learner, O(m + n log n) each.
    """
    if fits(subproblem, tree):
        chosen = solve_dense(subproblem, tree)
        if chosen is None:
            return None
        return Assigned(chosen, multipliers_at(potentials_of(subproblem, tree, chosen), subproblem, tree, chosen))
    network = network_of(subproblem, tree)
    try:
        flow = optimal_flow(network, *auction(network, deadline), deadline)
    except NoFlow:
        return None
    taken = network.pair[flow.option[flow.option >= 0]]
    chosen = np.zeros(subproblem.pair_count, dtype=bool)
    chosen[taken[taken >= 0]] = True
    if flow.finished and not subproblem.admits(chosen):
        return None  # rows without pairs are not in the tree; one of them has a minimum
    duals = multipliers_at(flow.price - flow.price[network.ground], subproblem, tree, chosen)
    return Assigned(chosen, duals, flow.finished, FLOW)
