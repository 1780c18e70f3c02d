"""Closes the gap that duals leave: by cuts, then by nodes that branch on how many learners an opening takes.

Once every opening (mentor on study) is told its number of learners, what remains is an ordinary assignment, so these
numbers are all there is to decide: far fewer than pairs, and each decides much. Only budgets of hours and "none or
at least so many" may need a limit or a single pair to be decided too. Every node ends with duals that show that it
holds nothing better, so that the whole tree can be verified without solving anything again.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from matching.branch_and_bound.cut_rounds import CutRounds
from matching.branch_and_bound.diving import dive
from matching.branch_and_bound.node_lp import NodeLp
from matching.branch_and_bound.nodes import Node, SearchTree, children_of, duals_in, node_face, rows_in, with_openings
from matching.branch_and_bound.pseudo_costs import PseudoCosts
from matching.branch_and_bound.zero_half_cuts import Cut, with_cuts
from matching.deadline import Deadline
from matching.lp.highs_model import INTEGRALITY, Basis, Floats, HighsModel, LpOutcome
from matching.lp.integer_duals import integer_bound, rounded_multipliers
from matching.lp.lagrangian import LagrangianBound, Multipliers, fixed_by_reduced_cost, lagrangian_bound
from matching.lp.presolve import presolve
from matching.model.face import Bools, Face, Goal, Ints

MOST_NODES = 6000
LEAST_NODES = 20
PAIRS_BY_NODE = 8_000_000
FIRST_DIVE = 20  # nodes after which rounding shall bring a better choice, and after twice as many again
NOTHING = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search brought: the best choice better than what was known, if any, and a bound on all of them.

    `tree` closes every node at `bound`; None when the search gave up before, or there is no choice. `cuts` help the
    next search.
    """

    chosen: Bools | None
    bound: float
    tree: SearchTree | None
    cuts: list[Cut]
    gave_up: bool = False


@dataclass(frozen=True, slots=True)
class WarmStart:
    """What a search may begin with: a basis of the relaxation, cuts that helped, and a tree that closed every node of
    a narrower face at the value known, so that only nodes which the wider face opens again are searched."""

    basis: Basis | None = None
    cuts: list[Cut] = field(default_factory=list)
    closed: SearchTree | None = None

    def within(self, kept: Bools) -> WarmStart:
        """For a face with these pairs only (m,)."""
        return replace(self, basis=self.basis and self.basis.within(kept))


def branch_and_bound(
    face: Face,
    goal: Goal,
    known: int | None,
    deadline: Deadline,
    *,
    any_will_do: bool = False,
    warm_start: WarmStart | None = None,
    most_nodes: int = MOST_NODES,
) -> SearchResult:
    """Find the best choice of `face` with a value above `known`, or show that there is none.

    Gives up at the time limit, when there are too many nodes, or with the first choice found if `any_will_do`.
    """
    search = _BranchAndBound(face, goal, known, deadline, any_will_do, most_nodes)
    return search.run(search.begun(warm_start or WarmStart()))


class _BranchAndBound:
    def __init__(
        self, face: Face, goal: Goal, known: int | None, deadline: Deadline, any_will_do: bool, most_nodes: int
    ) -> None:
        self.whole, self.whole_goal = face, goal
        self.deadline, self.any_will_do = deadline, any_will_do
        self.incumbent: Bools | None = None
        self.incumbent_value = known
        self.stuck = False
        spread = int(np.abs(goal.worth).max(initial=0)) * len(face.must)
        squares = len(face.must) ** 2 if goal.squares else 0
        self.highest, self.lowest = spread + 1, -spread - squares - 1
        self.most_nodes = min(most_nodes, max(LEAST_NODES, PAIRS_BY_NODE // max(1, len(face.pair))))

    def begun(self, warm_start: WarmStart) -> list[int]:
        """The open nodes to begin with: the root of a new tree, or what a wider face opens again of a closed one."""
        cut_rounds = CutRounds(self.whole, self.whole_goal, warm_start.basis, self.deadline)
        if warm_start.closed is not None and warm_start.closed.can_grow:
            return self._taken_over(warm_start.closed, cut_rounds)
        if self.any_will_do:
            self._keep_what_matters([], None, cut_rounds.model)
        else:
            known = self.lowest if self.incumbent_value is None else self.incumbent_value
            self._keep_what_matters(*cut_rounds.tightened(warm_start.cuts, known), cut_rounds.model)
        root = Node({}, {}, self.highest)
        return [self._open(root, self.model.solve(root))]

    def _taken_over(self, closed: SearchTree, cut_rounds: CutRounds) -> list[int]:
        """Nodes that are no longer closed by their duals are solved again; the others stay as they are."""
        relaxed = cut_rounds.tightened_by(closed.cuts)
        self._keep_what_matters(closed.cuts, relaxed, cut_rounds.model, closed.openings)
        row, same, opened = rows_in(self.tree, closed), [0], []
        self.tree.nodes.append(Node({}, {}, self.highest))
        for at, known in enumerate(same):
            node, old = self.tree.nodes[at], closed.nodes[known]
            if old.branch is not None and old.children is not None:
                node.branch, node.children = replace(old.branch, at=int(row[old.branch.at])), (len(same), len(same) + 1)
                self.tree.nodes += children_of(self.face, node, node.branch, self.highest)
                same += old.children
            elif not self._still_prunes(node, duals_in(self.tree, row, old.duals)):
                opened.append(at)
        nodes = [self.tree.nodes[at] for at in opened]
        for node, outcome in zip(nodes, self.model.solve_all(nodes), strict=True):
            self._take_in(node, outcome)
        return opened

    def _still_prunes(self, node: Node, duals: Multipliers) -> bool:
        bound = lagrangian_bound(*self._face_of(node), duals).integer_bound
        if self.incumbent_value is None or bound > self.incumbent_value:
            return False
        node.duals, node.bound = duals, bound
        return True

    def run(self, opened: list[int]) -> SearchResult:
        """Divide open nodes until all are closed, or the search gives up."""
        open_nodes = [(-self.tree.nodes[at].bound, -at, at) for at in opened]
        heapq.heapify(open_nodes)
        plunging: int | None = None
        next_dive = FIRST_DIVE
        while open_nodes or plunging is not None:
            if plunging is None:
                _, _, plunging = heapq.heappop(open_nodes)
            at, plunging = plunging, None
            if self._is_pruned(self.tree.nodes[at]):
                continue
            if self._gives_up():
                bound = max([self.tree.nodes[at].bound, *(-bound for bound, _, _ in open_nodes)])
                return SearchResult(self.incumbent, bound, None, self.tree.cuts, gave_up=True)
            if len(self.tree.nodes) > next_dive:
                next_dive *= 2
                self._dive(self.tree.nodes[at])
            children = sorted(self._branch(at), key=lambda child: self.tree.nodes[child].bound)
            if children and self._plunges(children[-1], open_nodes):
                plunging = children.pop()
            for child in children:
                heapq.heappush(open_nodes, (-self.tree.nodes[child].bound, -child, child))
        return self._result()

    def _keep_what_matters(
        self, cuts: list[Cut], relaxed: LpOutcome | None, model: HighsModel, openings: Ints = NOTHING
    ) -> None:
        """Get ready for nodes on a face with the rows of `whole`, then of cuts, then of openings, at least of these.

        Where the relaxation with cuts was solved, its duals say what loses too much to be better than a known choice.
        """
        narrow = with_cuts(self.whole, cuts)
        root_duals, self.root = None, None
        if relaxed is not None and relaxed.status == "optimal":
            root_duals = rounded_multipliers(narrow, self.whole_goal, relaxed)
            self.root = lagrangian_bound(narrow, self.whole_goal, root_duals)
        is_narrower = False
        if self.root is not None and self.incumbent_value is not None:
            narrow, is_narrower = fixed_by_reduced_cost(narrow, self.root, self._gap(self.root)), True
        self.kept = np.isin(self.whole.pair, narrow.pair, assume_unique=True)
        self.goal = Goal(self.whole_goal.name, self.whole_goal.worth[self.kept], self.whole_goal.squares)
        openings = np.union1d(openings, narrow.opening)
        self.tree = SearchTree(with_openings(narrow, openings), openings, cuts, root_duals)
        self.face = self.tree.face
        left = presolve(self.face, self.goal)
        if is_narrower:
            everything, first_opening = np.arange(len(left.face.pair)), self.tree.first_opening
            model = HighsModel(left.face, left.goal, everything, late_from=first_opening)
        else:
            model.keep_late(left.face, list(range(len(cuts))))
        self.model = NodeLp(model, left, self.deadline)
        self.pseudo_costs = PseudoCosts(self.face, self.tree.first_opening)

    def _gap(self, lagrangian: LagrangianBound) -> int:
        """What a choice that is better than the best may lose."""
        assert self.incumbent_value is not None
        return lagrangian.bound - lagrangian.multipliers.scale * (self.incumbent_value + 1)

    def _dive(self, node: Node) -> None:
        """Look for a choice by rounding what the model of an open node says."""
        for step in dive(self.model, self.face, self.pseudo_costs.openings, node):
            self._look_at(step.share)
            if self.incumbent_value is not None and integer_bound(step.bound) <= self.incumbent_value:
                return

    def _plunges(self, at: int, open_nodes: list[tuple[int, int, int]]) -> bool:
        """Whether to go on with this node at once: while nothing is known, or it is about as good as the best."""
        if self.incumbent_value is None or not open_nodes:
            return True
        best_open = -open_nodes[0][0]
        return 4 * (best_open - self.tree.nodes[at].bound) <= best_open - self.incumbent_value

    def _gives_up(self) -> bool:
        found = self.any_will_do and self.incumbent is not None
        too_many = len(self.tree.nodes) > self.most_nodes
        return found or too_many or self.stuck or self.deadline.is_over()

    def _result(self) -> SearchResult:
        leaves = [node for node in self.tree.nodes if node.branch is None]
        if self.stuck or (self.incumbent_value is None and any(node.bound >= self.lowest for node in leaves)):
            return SearchResult(self.incumbent, self.highest, None, self.tree.cuts)
        bound = -math.inf if self.incumbent_value is None else self.incumbent_value
        return SearchResult(self.incumbent, bound, self.tree, self.tree.cuts)

    def _is_pruned(self, node: Node) -> bool:
        """Whether the node holds nothing better, and if so, by duals that show it."""
        if self.incumbent_value is None or node.bound > self.incumbent_value:
            return False
        if node.duals is None and node.outcome is not None:
            face, goal = self._face_of(node)
            node.duals = rounded_multipliers(face, goal, node.outcome, self.incumbent_value)
            node.bound = lagrangian_bound(face, goal, node.duals).integer_bound
            if node.bound > self.incumbent_value:
                node.duals = None
                return False
            node.outcome = None
        return True

    def _face_of(self, node: Node) -> tuple[Face, Goal]:
        return node_face(self.face, self.goal, node.limits, node.pairs, self.model.fixed_out)

    def _branch(self, at: int) -> Iterator[int]:
        """Branch an open node in two. One that cannot be, because its model failed, ends the search."""
        node = self.tree.nodes[at]
        branch = self.pseudo_costs.branch(node)
        if branch is None:
            self.stuck = True
            return
        assert node.outcome is not None
        node.branch, bound_before, beyond = branch, node.outcome.bound, self.pseudo_costs.beyond(node, branch)
        node.outcome = None
        below, above = children_of(self.face, node, branch, self.highest)
        outcomes = self.model.solve_all([below, above])
        node.children = (self._open(below, outcomes[0]), self._open(above, outcomes[1]))
        if not branch.is_pair:
            self.pseudo_costs.learn(
                branch.at, beyond, [bound_before - self._bound_of(child) for child in node.children]
            )
        yield from node.children

    def _bound_of(self, at: int) -> float:
        outcome = self.tree.nodes[at].outcome
        return -math.inf if outcome is None else outcome.bound

    def _open(self, node: Node, outcome: LpOutcome) -> int:
        """Take a node into the tree, with what its model said."""
        self._take_in(node, outcome)
        self.tree.nodes.append(node)
        return len(self.tree.nodes) - 1

    def _take_in(self, node: Node, outcome: LpOutcome) -> None:
        """Remember what a node's model said and any whole solution it brought."""
        if outcome.status == "infeasible":
            self._close_empty(node, outcome)
        elif outcome.status == "optimal" and outcome.share is not None:
            node.outcome, node.bound = outcome, int(integer_bound(outcome.bound))
            self._look_at(outcome.share)

    def _close_empty(self, node: Node, outcome: LpOutcome) -> None:
        """A node without solutions: a ray of duals, taken often enough, brings the bound below everything. Where a
        limit cannot be met at all, none is needed."""
        face, goal = self._face_of(node)
        nothing = Goal("nothing", np.zeros_like(goal.worth))
        free = (np.zeros(face.none + 1), np.zeros(len(face.held)))
        for duals_of_rows, weights in [free, *outcome.rays]:
            ray = LpOutcome("ray", None, duals_of_rows, weights, -math.inf)
            duals = rounded_multipliers(face, nothing, ray)
            shown = lagrangian_bound(face, nothing, duals).bound
            if shown < 0:
                times = (self.highest - self.lowest) // -shown + 1
                node.duals = Multipliers(1, times * duals.rows, tuple(times * weight for weight in duals.held))
                node.bound = lagrangian_bound(face, goal, node.duals).integer_bound
                return

    def _look_at(self, share: Floats | None) -> None:
        """Take over a whole solution if it is better than what is known."""
        if share is None or (np.abs(share - np.rint(share)) > INTEGRALITY).any():
            return
        chosen = share > 0.5
        if self.face.admits(chosen):
            value = self.face.value(self.goal, chosen)
            if self.incumbent_value is None or value > self.incumbent_value:
                self.incumbent, self.incumbent_value = self.kept.copy(), value
                self.incumbent[self.kept] = chosen
                self._fix_by_reduced_cost()

    def _fix_by_reduced_cost(self) -> None:
        """Leave out pairs that lose too much, at the duals of the root, to be in anything better than the best."""
        if self.root is None:
            return
        self.model.fix_out(self.root.reduced_cost[self.kept] > self._gap(self.root))
