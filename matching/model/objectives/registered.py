"""The stages that there are, in the order in which they are told, and those of one problem."""

from __future__ import annotations

from matching.model.objectives.even_load import EvenLoad
from matching.model.objectives.fewest_last import FewestLast
from matching.model.objectives.first_choices import FirstChoices
from matching.model.objectives.floor import Floor
from matching.model.objectives.lottery import Lottery
from matching.model.objectives.objective import Objective
from matching.model.objectives.placed import Placed
from matching.model.objectives.rank_sum import RankSum
from matching.model.objectives.score import Score
from matching.model.objectives.stay import Stay
from matching.model.pair_table import Columns
from matching.problem import Problem

OBJECTIVES: dict[str, type[Objective]] = {
    one.name: one for one in (Placed, Score, RankSum, FirstChoices, FewestLast, Floor, EvenLoad, Stay, Lottery)
}
STAGES = tuple(OBJECTIVES)

Plan = tuple[Objective, ...]


def plan_of(problem: Problem, columns: Columns) -> Plan:
    """The objectives of a well-formed problem in the order in which they count. Raises `KeyError` on a
    stage that is not registered. O(m log m)."""
    ranks = columns.ranks
    return tuple(OBJECTIVES[stage](ranks, problem.seed) for stage in problem.stages)
