"""Closes the gap that duals leave: by cuts, then by nodes that branch on how many learners an opening takes.

Once every opening (mentor on study) is told its number of learners, what remains is an ordinary assignment, so these
numbers are all there is to decide: far fewer than pairs, and each decides much. Only budgets of hours and "none or
at least so many" may need a limit or a single pair to be decided too. Every node ends with duals that show that it
holds nothing better, so that the whole tree can be verified without solving anything again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from matching.branch_and_bound.diving import dive
from matching.branch_and_bound.nodes import Node, SearchTree, children_of
from matching.branch_and_bound.open_nodes import OpenNodes
from matching.branch_and_bound.pruning import Pruning
from matching.branch_and_bound.pseudo_costs import PseudoCosts
from matching.branch_and_bound.regrowth import regrow
from matching.branch_and_bound.root import Root, WarmStart, root_of
from matching.branch_and_bound.zero_half_cuts import Cut
from matching.deadline import Deadline
from matching.lp.integer_duals import integer_bound
from matching.lp.lp_outcome import INTEGRALITY, LpOutcome
from matching.model.face import Bools, Floats
from matching.model.subproblem import Subproblem

MOST_NODES = 6000
LEAST_NODES = 20
PAIRS_BY_NODE = 8_000_000
FIRST_DIVE = 20  # nodes after which rounding shall bring a better choice, and after twice as many again


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search brought: the best choice (m,) better than the incumbent, if any, and a bound on all of them.

    `tree` closes every node at `bound`; None when the search gave up before, or there is no choice. `cuts` help the
    next search.
    """

    chosen: Bools | None
    bound: float
    tree: SearchTree | None
    cuts: list[Cut]
    gave_up: bool = False


def branch_and_bound(
    subproblem: Subproblem,
    incumbent_value: int | None,
    deadline: Deadline,
    *,
    any_will_do: bool = False,
    warm_start: WarmStart | None = None,
    most_nodes: int = MOST_NODES,
) -> SearchResult:
    """Find the best choice with a value above the incumbent's, or show that there is none.

    Gives up at the time limit, when there are too many nodes, or with the first choice found if `any_will_do`. A
    simplex run for each node, begun where the last one ended, of which there may be `most_nodes`.
    """
    warm_start, (lowest, highest) = warm_start or WarmStart(), subproblem.value_range
    cut_down_to = None if any_will_do else lowest if incumbent_value is None else incumbent_value
    root = root_of(subproblem, incumbent_value, warm_start, deadline, cut_down_to=cut_down_to)
    pruning = Pruning(root.tree.subproblem, root.model, lowest, highest)
    most_nodes = min(most_nodes, max(LEAST_NODES, PAIRS_BY_NODE // max(1, subproblem.pair_count)))
    search = _BranchAndBound(root, pruning, incumbent_value, deadline, any_will_do, most_nodes)
    closed = warm_start.tree
    return search.run([search.opened_root()] if closed is None else search.opened_again(closed))


class _BranchAndBound:
    """One search: its root, the incumbent, and the nodes, of which an open one is taken at a time."""

    def __init__(
        self,
        root: Root,
        pruning: Pruning,
        incumbent_value: int | None,
        deadline: Deadline,
        any_will_do: bool,
        most_nodes: int,
    ) -> None:
        self.root, self.pruning, self.deadline = root, pruning, deadline
        self.tree, self.model = root.tree, root.model
        self.subproblem, self.nodes = root.tree.subproblem, root.tree.nodes
        self.pseudo_costs = PseudoCosts(root.tree.face, root.tree.first_opening)
        self.incumbent: Bools | None = None
        self.incumbent_value = incumbent_value
        self.any_will_do, self.most_nodes = any_will_do, most_nodes
        self.next_dive = FIRST_DIVE
        self.is_stuck = False

    def opened_root(self) -> int:
        """The root of a new tree."""
        root = Node({}, {}, self.pruning.highest)
        return self._open(root, self.model.solve(root))

    def opened_again(self, closed: SearchTree) -> list[int]:
        """The nodes of a closed tree that its duals no longer close; these are solved again, others stay closed."""
        opened: list[int] = []
        for at, duals in regrow(self.tree, closed, self.pruning.highest):
            if not self.pruning.still_prunes(self.nodes[at], duals, self.incumbent_value):
                opened.append(at)
        nodes = [self.nodes[at] for at in opened]
        for node, outcome in zip(nodes, self.model.solve_all(nodes), strict=True):
            self._take_in(node, outcome)
        return opened

    def run(self, opened: list[int]) -> SearchResult:
        """Branch open nodes until all are closed, or the search gives up."""
        open_nodes = OpenNodes(self.nodes, opened)
        while open_nodes:
            at = open_nodes.take()
            if self.pruning.prunes(self.nodes[at], self.incumbent_value):
                continue
            if self._gives_up():
                return SearchResult(self.incumbent, open_nodes.highest_bound(at), None, self.tree.cuts, gave_up=True)
            if len(self.nodes) > self.next_dive:
                self.next_dive *= 2
                self._dive(self.nodes[at])
            open_nodes.add(self._branch(self.nodes[at]), self.incumbent_value)
        return self._result()

    def _gives_up(self) -> bool:
        found = self.any_will_do and self.incumbent is not None
        too_many = len(self.nodes) > self.most_nodes
        return found or too_many or self.is_stuck or self.deadline.is_over()

    def _result(self) -> SearchResult:
        value, cuts = self.incumbent_value, self.tree.cuts
        leaves = [node for node in self.nodes if node.branch is None]
        if self.is_stuck or (value is None and any(node.bound >= self.pruning.lowest for node in leaves)):
            return SearchResult(self.incumbent, self.pruning.highest, None, cuts)
        return SearchResult(self.incumbent, -math.inf if value is None else value, self.tree, cuts)

    def _dive(self, node: Node) -> None:
        """Look for a choice by rounding what the model of an open node says."""
        for step in dive(self.model, self.tree.face, self.pseudo_costs.openings, node):
            self._look_at(step.share)
            if self.incumbent_value is not None and integer_bound(step.bound) <= self.incumbent_value:
                return

    def _branch(self, node: Node) -> tuple[int, ...]:
        """Branch an open node in two. One that cannot be, because its model failed, ends the search."""
        branch = self.pseudo_costs.branch(node)
        if branch is None:
            self.is_stuck = True
            return ()
        assert node.outcome is not None
        bound_before, beyond = node.outcome.bound, self.pseudo_costs.beyond(node, branch)
        node.branch, node.outcome = branch, None
        below, above = children_of(self.tree.face, node, branch, self.pruning.highest)
        outcomes = self.model.solve_all([below, above])
        node.children = (self._open(below, outcomes[0]), self._open(above, outcomes[1]))
        if not branch.is_pair:
            degradations = [bound_before - child.relaxed_bound for child in (below, above)]
            self.pseudo_costs.learn(branch.at, beyond, degradations)
        return node.children

    def _open(self, node: Node, outcome: LpOutcome) -> int:
        """Take a node into the tree, with what its model said."""
        self._take_in(node, outcome)
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _take_in(self, node: Node, outcome: LpOutcome) -> None:
        """Remember what a node's model said and any whole solution it brought."""
        if outcome.status == "infeasible":
            self.pruning.close_infeasible(node, outcome)
        elif outcome.status == "optimal" and outcome.share is not None:
            node.outcome, node.bound = outcome, int(integer_bound(outcome.bound))
            self._look_at(outcome.share)

    def _look_at(self, share: Floats | None) -> None:
        """Make a whole solution the incumbent if it is better."""
        chosen = self.subproblem.rounded(share, INTEGRALITY)
        if chosen is None:
            return
        value = self.subproblem.value(chosen)
        if self.incumbent_value is None or value > self.incumbent_value:
            self.incumbent, self.incumbent_value = self.root.narrow.lifted(chosen), value
            self._fix_by_reduced_cost(value)

    def _fix_by_reduced_cost(self, value: int) -> None:
        """Leave out pairs that the root's duals, by reduced cost, rule out of anything better than the incumbent."""
        root = self.root.lagrangian
        if root is not None:
            self.model.fix_out(self.root.narrow.kept_of(root.reduced_cost) > root.gap(value + 1))
