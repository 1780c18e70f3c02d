"""What a solve writes down so that `check` can verify it: duals, and for a search tree those of its leaves too."""

from __future__ import annotations

from typing import Any

import numpy as np

from matching.branch_and_bound.nodes import Node, SearchTree
from matching.branch_and_bound.optimum import Optimum
from matching.branch_and_bound.zero_half_cuts import Cut
from matching.lp.lagrangian import Multipliers
from matching.model.component import Component
from matching.model.limit_rows import RowName


def certificate_entry(component: Component, stage: int, name: str, optimum: Optimum) -> dict[str, Any]:
    """The entry of one goal: {"stage", "goal", "scale", "prices", "held"} and, with a tree, "cuts", "sharper" and
    "cases". O(r), and for a tree O(m log m) and O(r) for each node.

    The file's words are prices for duals, sharper for those of the root with its cuts, and cases for the nodes of the
    search tree. A price is a row's name followed by a whole number. A cut says which "rows" and "learners" have half
    of their limits added up; its own name is "cut" and its number. "sharper" are prices that include the cuts. A case
    is either closed by prices of its own, or split: by "row" and "most" into at most so many and more, or by "pair"
    into left out and chosen; "halves" are the numbers of the two cases. The first case is the whole.
    """
    duals = _prices(component.row_names, optimum.lagrangian.multipliers)
    entry = {"stage": stage, "goal": name, **duals}
    if optimum.tree is not None:
        names = _names(component, optimum.tree)
        entry["cuts"] = [_cut(component, cut) for cut in optimum.tree.cuts]
        if optimum.tree.root_duals is not None:
            entry["sharper"] = _prices(names, optimum.tree.root_duals)
        entry["cases"] = [_case(component, optimum.tree, node, names) for node in optimum.tree.nodes]
    return entry


def _prices(names: list[RowName], multipliers: Multipliers) -> dict[str, Any]:
    total: dict[RowName, int] = {}
    for row in np.flatnonzero(multipliers.rows[:-1]).tolist():
        total[names[row]] = total.get(names[row], 0) + int(multipliers.rows[row])
    return {
        "scale": multipliers.scale,
        "prices": [[*name, price] for name, price in total.items() if price],
        "held": list(multipliers.held),
    }


def _names(component: Component, tree: SearchTree) -> list[RowName]:
    """The names of all rows of the tree's face: limits, cuts, openings."""
    numbers, first = np.unique(component.face.opening, return_index=True)
    pairs = first[np.searchsorted(numbers, tree.openings)].tolist()
    openings = [component.pair_keys[pair][1:] for pair in pairs]
    cuts = [("cut", str(at)) for at in range(len(tree.cuts))]
    return [*component.row_names, *cuts, *(("opening", *opening) for opening in openings)]


def _cut(component: Component, cut: Cut) -> dict[str, Any]:
    rows = [list(component.row_names[row]) for row in cut.rows]
    return {"rows": rows, "learners": [component.learners[learner] for learner in cut.learners]}


def _case(component: Component, tree: SearchTree, node: Node, names: list[RowName]) -> dict[str, Any]:
    if node.branch is None:
        assert node.duals is not None
        return _prices(names, node.duals)
    assert node.children is not None
    if node.branch.is_pair:
        pair = component.pair_keys[int(tree.face.pair[node.branch.at])]
        return {"pair": list(pair), "halves": list(node.children)}
    return {"row": list(names[node.branch.at]), "most": node.branch.most, "halves": list(node.children)}
