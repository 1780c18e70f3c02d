"""Pairs learners with openings: exact, proved and explained; usable without the rest of the project."""

from matching.checker.report import CheckReport, StageCheck, check
from matching.deadline import Progress
from matching.errors import BadProblem, ClashItem, Infeasible, LimitKind, NothingFound, OutOfTime, Release
from matching.files.digest import digest
from matching.files.problem_json import problem_in_pieces, problem_to_json, read_problem
from matching.files.solution_json import read_solution, solution_to_json
from matching.lexicographic.solve import solve
from matching.model.objectives.registered import OBJECTIVES, STAGES
from matching.pair_columns import PairColumns
from matching.problem import Learner, Mentor, Opening, Pair, Pin, Previous, Problem, Study
from matching.reoptimise.changes import Change, MorePlaces, WithConflict, WithoutMentor, WithoutPin, WithPin
from matching.reoptimise.explain import Alternative, Explanation, better_liked, explain
from matching.reoptimise.quality import GroupRate, Quality, quality
from matching.reoptimise.random_order import random_order
from matching.reoptimise.shortage import Shortage, best_first, effect_of, scarce_places, shortage
from matching.reoptimise.what_if import Difference, Move, Solved, StageDifference, what_if
from matching.solution import (
    ASSIGNMENT,
    BY_CASES,
    BY_DUALS,
    BY_SEARCH,
    FLOW,
    KNOWN,
    METHODS,
    PROGRAMME,
    PROGRAMME_AND_ASSIGNMENT,
    PROOFS,
    SEARCH,
    ComponentReport,
    Placed,
    Solution,
    StageResult,
    Unplaced,
    UnplacedKind,
)

__all__ = [
    "ASSIGNMENT",
    "BY_CASES",
    "BY_DUALS",
    "BY_SEARCH",
    "FLOW",
    "KNOWN",
    "METHODS",
    "OBJECTIVES",
    "PROGRAMME",
    "PROGRAMME_AND_ASSIGNMENT",
    "PROOFS",
    "SEARCH",
    "STAGES",
    "Alternative",
    "BadProblem",
    "Change",
    "CheckReport",
    "ClashItem",
    "ComponentReport",
    "Difference",
    "Explanation",
    "GroupRate",
    "Infeasible",
    "Learner",
    "LimitKind",
    "Mentor",
    "MorePlaces",
    "Move",
    "NothingFound",
    "Opening",
    "OutOfTime",
    "Pair",
    "PairColumns",
    "Pin",
    "Placed",
    "Previous",
    "Problem",
    "Progress",
    "Quality",
    "Release",
    "Shortage",
    "Solution",
    "Solved",
    "StageCheck",
    "StageDifference",
    "StageResult",
    "Study",
    "Unplaced",
    "UnplacedKind",
    "WithConflict",
    "WithPin",
    "WithoutMentor",
    "WithoutPin",
    "best_first",
    "better_liked",
    "check",
    "digest",
    "effect_of",
    "explain",
    "problem_in_pieces",
    "problem_to_json",
    "quality",
    "random_order",
    "read_problem",
    "read_solution",
    "scarce_places",
    "shortage",
    "solution_to_json",
    "solve",
    "what_if",
]
