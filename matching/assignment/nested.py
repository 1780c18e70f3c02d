"""What is left to decide of a subproblem where its limits nest, once all that is decided already is taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matching.assignment.laminar import LaminarTree, laminar_tree_of
from matching.assignment.solve import Assigned, assign
from matching.deadline import Deadline
from matching.lp.presolve import Presolved, presolve
from matching.lp.slack_limits import without_slack_limits
from matching.model.face import Face, Goal

PAIRS_BY_LEARNER = 4  # with more pairs left, too little is decided for crossing limits to nest


@dataclass(frozen=True, slots=True)
class Nested:
    """An assignment problem, and how its choice is completed to one of the whole subproblem."""

    left: Presolved
    tree: LaminarTree

    def assigned(self, deadline: Deadline) -> Assigned | None:
        """The best choice of the whole, with duals that prove it; None when nothing satisfies the limits."""
        found = assign(self.left.face, self.left.goal, self.tree, deadline)
        if found is None:
            return None
        return replace(found, chosen=self.left.whole_choice(found.chosen))


def nested(face: Face, goal: Goal) -> Nested | None:
    """The assignment problem that a subproblem comes down to, or None where limits that can bind cross. O(m log m).

    Learners with a single pair left, which they must take, are taken out, and so are limits that nothing can break.
    """
    tree = laminar_tree_of(face)
    if tree is not None:
        return Nested(Presolved.of_everything(face, goal), tree)
    if len(face.pair) > PAIRS_BY_LEARNER * len(face.must):
        return None
    left = presolve(face, goal)
    left = replace(left, face=without_slack_limits(left.face, keeps_mentors=goal.squares))
    tree = laminar_tree_of(left.face)
    return None if tree is None else Nested(left, tree)
