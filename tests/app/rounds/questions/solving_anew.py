"""A round run as the job of runs does it, and what an answer about it says beside what solving anew gives."""

from hypothesis import assume

import matching
from app.language.refusal import Refused
from app.rounds.names_in_problem import LEARNERS
from app.rounds.policies import stages_of
from app.rounds.questions.solved_run import SolvedRun
from app.rounds.runs.apart import persons_of, solve_apart
from app.rounds.snapshot import learner_key, mentor_key, problem_of, study_key
from app.rules.fit import index_of


def solved_run(inputs, policy, pins=()):
    """A round as `run_of` gives it; those in which nobody can be placed are left out."""
    assume(inputs.openings and inputs.requests)
    assume(len(whole_problem(inputs, policy, pins).pairs))
    try:
        return run_of(inputs, policy, pins)
    except (matching.Infeasible, Refused):
        assume(False)


def run_of(inputs, policy, pins=()):
    """A round, run under a policy as the job of runs does it. Raises as that does."""
    problem, persons = whole_problem(inputs, policy, pins), persons_of(inputs.requests)
    settled = solve_apart(problem, persons, matching.solve)
    openings = {one.id: (mentor_key(one), study_key(one)) for one in inputs.openings}
    takes_no_others = frozenset(learner_key(one) for one in inputs.requests if not one.takes_any_other)
    return SolvedRun(settled.problem, settled.solution, openings, persons, takes_no_others)


def whole_problem(inputs, policy, pins):
    """What a run reads, before pairs are left out so that nobody has an opening twice."""
    return problem_of(inputs, index_of(inputs.openings), pins, stages_of(policy), "seed")


def solved_anew(run, *changes):
    """What a run of the changed problem gives: the value of each aim and who is where; None where nothing can be."""
    problem = run.problem
    for change in changes:
        problem = change.apply(problem)
    try:
        solution = solve_apart(problem, run.persons, matching.solve).solution
    except matching.Infeasible:
        return None
    placed = {LEARNERS.decode(one.learner): run.opening_ids[one.mentor, one.study] for one in solution.placed}
    return [stage.value for stage in solution.stages[:-1]], placed


def as_told(run, facts):
    """The same as an answer tells it: the aims after, and the run's places with the moves done."""
    if facts["clash"]:
        return None
    placed = {LEARNERS.decode(learner): run.opening_ids[opening] for learner, opening in run.got.items()}
    for request_id, before, after, *_ in facts["moves"]:
        assert placed.pop(request_id, None) == before
        if after is not None:
            placed[request_id] = after
    return [after for _, _, after in facts["stages"]], placed
