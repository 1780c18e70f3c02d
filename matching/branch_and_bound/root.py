"""Gets a search ready: the relaxation with cuts, without pairs of too large a reduced cost, with rows to branch on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from matching.branch_and_bound.cut_rounds import CutRounds
from matching.branch_and_bound.node_lp import NodeLp
from matching.branch_and_bound.nodes import SearchTree, with_openings
from matching.branch_and_bound.regrowth import can_regrow
from matching.branch_and_bound.zero_half_cuts import Cut, with_cuts
from matching.deadline import Deadline
from matching.lp.highs_model import HighsModel
from matching.lp.integer_duals import rounded_multipliers
from matching.lp.lagrangian import LagrangianBound, fixed_by_reduced_cost, lagrangian_bound
from matching.lp.lp_outcome import Basis, LpOutcome
from matching.lp.presolve import presolve
from matching.model.face import Ints
from matching.model.subproblem import Restriction, Subproblem

NO_OPENINGS = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class WarmStart:
    """What a search may begin with: a basis of the relaxation, cuts that helped, and a tree that closed every node of
    a narrower face at the incumbent's value, so that only nodes which the wider face opens again are searched."""

    basis: Basis | None = None
    cuts: list[Cut] = field(default_factory=list)
    closed: SearchTree | None = None

    def within(self, narrow: Restriction) -> WarmStart:
        """For some of the pairs only."""
        return replace(self, basis=self.basis and self.basis.within(narrow))

    @property
    def tree(self) -> SearchTree | None:
        """The closed tree, where it can be taken over."""
        return self.closed if self.closed is not None and can_regrow(self.closed) else None


@dataclass(frozen=True, slots=True)
class Root:
    """What all nodes of a search share.

    narrow      the pairs of the whole that may be in something better than the incumbent, with a row for every cut
    lagrangian  what the duals of the relaxation with cuts show, for the pairs of the whole; None where none was solved
    tree        still without nodes; its rows are those of `narrow`, then one for each opening
    model       its linear programme, solved from node to node
    """

    narrow: Restriction
    lagrangian: LagrangianBound | None
    tree: SearchTree
    model: NodeLp


def root_of(
    subproblem: Subproblem,
    incumbent_value: int | None,
    warm_start: WarmStart,
    deadline: Deadline,
    *,
    cut_down_to: int | None,
) -> Root:
    """Solve the relaxation: with the cuts of a tree that is taken over, else with those that bring the bound nearer to
    `cut_down_to`, none where that is None. At most a dozen simplex runs."""
    cut_rounds = CutRounds(subproblem, warm_start.basis, deadline)
    closed = warm_start.tree
    if closed is not None:
        outcome = cut_rounds.tightened_by(closed.cuts)
        return _root(cut_rounds, closed.cuts, outcome, incumbent_value, closed.openings)
    if cut_down_to is None:
        return _root(cut_rounds, [], None, incumbent_value, NO_OPENINGS)
    cuts, outcome = cut_rounds.tightened(warm_start.cuts, cut_down_to)
    return _root(cut_rounds, cuts, outcome, incumbent_value, NO_OPENINGS)


def _root(
    cut_rounds: CutRounds, cuts: list[Cut], outcome: LpOutcome | None, incumbent_value: int | None, openings: Ints
) -> Root:
    """The root with these cuts, what the relaxation with them said, and at least these openings."""
    cut = with_cuts(cut_rounds.subproblem, cuts)
    lagrangian = None
    if outcome is not None and outcome.status == "optimal":
        lagrangian = lagrangian_bound(cut, rounded_multipliers(cut, outcome))
    narrowed = _narrowed(cut, lagrangian, incumbent_value)
    narrow = narrowed or cut.unrestricted()
    openings = np.union1d(openings, narrow.face.opening)
    root_duals = None if lagrangian is None else lagrangian.multipliers
    tree = SearchTree(with_openings(narrow, openings), openings, cuts, root_duals)
    presolved, model = presolve(tree.subproblem), cut_rounds.model
    if narrowed is None:
        model.keep_lazy(presolved.subproblem.face, list(range(len(cuts))))
    else:
        everything = np.arange(presolved.subproblem.pair_count)
        model = HighsModel(presolved.subproblem, everything, lazy_from=tree.first_opening)
    return Root(narrow, lagrangian, tree, NodeLp(model, presolved, cut_rounds.deadline))


def _narrowed(cut: Subproblem, lagrangian: LagrangianBound | None, incumbent_value: int | None) -> Restriction | None:
    """What may be better than the incumbent; None where nothing shows which pairs that leaves out."""
    if lagrangian is None or incumbent_value is None:
        return None
    return fixed_by_reduced_cost(cut, lagrangian, lagrangian.gap(incumbent_value + 1))
