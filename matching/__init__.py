"""Pairs learners with openings: exact, proved and explained; usable without the rest of the project."""

from matching.changes import MorePlaces, WithConflict, WithoutMentor, WithPin
from matching.check import CheckReport, StageCheck, check
from matching.digest import digest
from matching.errors import BadProblem, ClashItem, Infeasible, NothingFound
from matching.explain import Alternative, Explanation, explain
from matching.problem import STAGES, Learner, Mentor, Opening, Pair, Pin, Previous, Problem, Study
from matching.problem_file import problem_to_json, read_problem
from matching.quality import GroupRate, Quality, quality
from matching.resolving import Difference, Move, Solved, StageDifference, what_if
from matching.shortage import Shortage, shortage
from matching.solution import ComponentReport, Placed, Solution, StageResult, Unplaced
from matching.solution_file import read_solution, solution_to_json
from matching.solving import solve
from matching.watch import Progress

__all__ = [
    "STAGES",
    "Alternative",
    "BadProblem",
    "CheckReport",
    "ClashItem",
    "ComponentReport",
    "Difference",
    "Explanation",
    "GroupRate",
    "Infeasible",
    "Learner",
    "Mentor",
    "MorePlaces",
    "Move",
    "NothingFound",
    "Opening",
    "Pair",
    "Pin",
    "Placed",
    "Previous",
    "Problem",
    "Progress",
    "Quality",
    "Shortage",
    "Solution",
    "Solved",
    "StageCheck",
    "StageDifference",
    "StageResult",
    "Study",
    "Unplaced",
    "WithConflict",
    "WithPin",
    "WithoutMentor",
    "check",
    "digest",
    "explain",
    "problem_to_json",
    "quality",
    "read_problem",
    "read_solution",
    "shortage",
    "solution_to_json",
    "solve",
    "what_if",
]
