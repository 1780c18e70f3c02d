"""What is left to decide of a subproblem where its limits nest, once all that is decided already is taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matching.assignment.dense import fits
from matching.assignment.laminar import LaminarTree, laminar_tree_of
from matching.assignment.solve import Assigned, assign
from matching.deadline import Deadline
from matching.lp.presolve import Presolved, presolve
from matching.lp.slack_limits import without_slack_limits
from matching.model.subproblem import Subproblem

PAIRS_BY_LEARNER = 4  # with more pairs left, too little is decided for crossing limits to nest


@dataclass(frozen=True, slots=True)
class Nested:
    """An assignment problem, and how its choice is completed to one of the whole subproblem."""

    left: Presolved
    tree: LaminarTree

    def assigned(self, deadline: Deadline) -> Assigned | None:
        """The best choice (m,) of the whole, with duals that prove it; None when nothing satisfies the limits.

        As `matching.assignment.solve.assign`, in what it costs too.
        """
        face = self.left.subproblem.face
        if (face.high < np.maximum(face.low, 0)).any():
            return None  # the pairs that have to be formed already break a limit
        found = assign(self.left.subproblem, self.tree, deadline)
        return None if found is None else replace(found, chosen=self.left.whole_choice(found.chosen))


def nested(subproblem: Subproblem) -> Nested | None:
    """The assignment problem that a subproblem comes down to, or None where limits that can bind cross. O(m log m).

    Learners with a single pair left, which they must take, are taken out, and so are limits that nothing can break.
    Duals of what is left are duals of the whole: a limit that is left out has none. Where more is fixed than a minimum
    asks for, its row may carry less than nothing, which a dense assignment understands and a flow does not.
    """
    tree = laminar_tree_of(subproblem.face)
    if tree is not None:
        return Nested(Presolved.of_everything(subproblem), tree)
    if subproblem.pair_count > PAIRS_BY_LEARNER * subproblem.learner_count:
        return None
    left = presolve(subproblem)
    rest = without_slack_limits(left.subproblem)
    tree = laminar_tree_of(rest.face)
    if tree is None or not fits(rest, tree):
        return None
    return Nested(replace(left, subproblem=rest), tree)
