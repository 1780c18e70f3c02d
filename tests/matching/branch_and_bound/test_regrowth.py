"""A tree that closed a narrower face is taken over by a wider one, where only what opens again is searched."""

from dataclasses import replace

import numpy as np
import pytest

from matching.branch_and_bound.nodes import Branch, Node, SearchTree, at_node
from matching.branch_and_bound.regrowth import can_regrow
from matching.branch_and_bound.root import WarmStart
from matching.branch_and_bound.search import branch_and_bound
from matching.deadline import Deadline
from matching.lp.column_generation import solve_lp_relaxation
from matching.lp.lagrangian import Multipliers, fixed_by_reduced_cost, lagrangian_bound
from matching.model.components import components_of
from matching.model.face import Goal
from matching.model.subproblem import Subproblem
from tests.matching.branch_and_bound.test_search_paths import hard_everywhere
from tests.matching.test_against_milp import random_round


def hard(seed: int) -> Subproblem:
    """The largest component of a round whose relaxation is far from whole."""
    component = max(components_of(random_round(seed, 60, 3)), key=lambda one: len(one.learners))
    return Subproblem(component.face, Goal("score", component.score))


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_a_wider_face_takes_the_tree_over_and_ends_where_a_new_search_does(seed: int) -> None:
    whole, grown = hard(seed), 0
    duals = solve_lp_relaxation(whole, None, Deadline()).multipliers
    lagrangian = lagrangian_bound(whole, duals)
    with hard_everywhere():
        afresh = branch_and_bound(whole, None, Deadline())
        for loss in (100, 400):
            narrow = fixed_by_reduced_cost(whole, lagrangian, loss * duals.scale)
            closed = branch_and_bound(narrow, None, Deadline())
            if closed.chosen is not None and closed.tree is not None and can_regrow(closed.tree):
                warm_start, value = WarmStart(cuts=closed.cuts, closed=closed.tree), narrow.value(closed.chosen)
                result = branch_and_bound(whole, value, Deadline(), warm_start=warm_start)
                assert result.bound == afresh.bound
                assert result.tree is not None
                assert_begins_as(result.tree, closed.tree)
                assert_closed_at(result.bound, result.tree)
                grown += 1
    assert grown


def assert_begins_as(tree: SearchTree, closed: SearchTree) -> None:
    """All branchings of the closed tree are there, with the same loads in the same openings."""
    places = [(0, 0)]
    for new, old in places:
        branch, children = closed.nodes[old].branch, closed.nodes[old].children
        if branch is None or children is None:
            continue
        here, grown = tree.nodes[new].branch, tree.nodes[new].children
        assert here is not None
        assert grown is not None
        assert (here.most, named(tree, here)) == (branch.most, named(closed, branch))
        places += zip(grown, children, strict=True)


def named(tree: SearchTree, branch: Branch) -> int:
    opening: int = tree.openings[branch.at - tree.first_opening]
    return opening


def assert_closed_at(bound: float, tree: SearchTree) -> None:
    """The duals of every leaf show its bound, besides what the duals of the root leave out."""
    assert tree.root_duals is not None
    root = lagrangian_bound(tree.subproblem, with_openings_free(tree))
    fixed_out = root.reduced_cost > root.gap(int(bound) + 1)
    for leaf in (node for node in tree.nodes if node.branch is None):
        assert leaf.duals is not None
        assert lagrangian_bound(at_node(tree.subproblem, leaf, fixed_out), leaf.duals).integer_bound <= bound


def with_openings_free(tree: SearchTree) -> Multipliers:
    assert tree.root_duals is not None
    rows = np.zeros(tree.face.none + 1, dtype=np.int64)
    rows[: len(tree.root_duals.rows) - 1] = tree.root_duals.rows[:-1]
    return replace(tree.root_duals, rows=rows)


def test_a_tree_that_closed_at_once_or_decided_pairs_is_not_taken_over() -> None:
    whole = hard(0)
    leaf, by_pair = Node({}, {}, 0), Node({}, {}, 0, Branch(True, 0, 0), (1, 2))
    by_opening = replace(by_pair, branch=Branch(False, 0, 1))
    for nodes, expected in (([leaf], False), ([by_pair, leaf, leaf], False), ([by_opening, leaf, leaf], True)):
        assert can_regrow(SearchTree(whole, np.zeros(0, dtype=np.int64), [], None, nodes)) is expected
