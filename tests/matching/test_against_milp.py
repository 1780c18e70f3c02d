"""Middle-sized rounds against plain `scipy.optimize.milp`, stage by stage."""

from random import Random

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from matching import Learner, Mentor, Pair, Problem, Study, check, solve


def random_round(seed: int, learners: int, studies_of_a_mentor: int) -> Problem:
    """Mentors on a few studies each, limits on both sides, more learners than places."""
    chance = Random(seed)  # noqa: S311 (an instance, not a secret)
    mentors = tuple(Mentor(f"M{at}", chance.randint(1, 3)) for at in range(learners // 2))
    studies = tuple(Study(f"S{at}", chance.randint(1, 4)) for at in range(learners // 3))
    hosts = [(m.id, s.id) for m in mentors for s in chance.sample(studies, chance.randint(1, studies_of_a_mentor))]
    pairs = []
    for at in range(learners):
        fitting = chance.sample(hosts, min(len(hosts), 10))
        pairs += [Pair(f"L{at}", *host, chance.randint(0, 1000), rank) for rank, host in enumerate(fitting, 1)]
    stages = ("placed", "rank_sum", "score") if seed % 2 else ("placed", "score", "rank_sum")
    return Problem(tuple(Learner(f"L{at}") for at in range(learners)), mentors, studies, tuple(pairs), stages)


def values_by_milp(problem: Problem) -> list[int]:
    """Each stage by one mixed-integer programme, with the stages before it as constraints."""
    count = len(problem.pairs)
    limits = {("mentor", host.id): host.capacity for host in problem.mentors}
    limits |= {("study", host.id): host.capacity for host in problem.studies}
    limits |= {("learner", learner.id): 1 for learner in problem.learners}
    at = {name: row for row, name in enumerate(limits)}
    rows = [at[kind, getattr(pair, kind)] for pair in problem.pairs for kind in ("learner", "mentor", "study")]
    shape = (len(limits), count)
    matrix = csr_array((np.ones(3 * count), (rows, np.repeat(np.arange(count), 3))), shape=shape)
    upper, lower = list(map(float, limits.values())), [0.0] * len(limits)
    worth = {
        "placed": np.ones(count),
        "score": np.array([float(pair.score) for pair in problem.pairs]),
        "rank_sum": np.array([-float(pair.rank or 0) for pair in problem.pairs]),
    }
    values = []
    for stage in problem.stages:
        found = milp(
            -worth[stage],
            integrality=np.ones(count),
            bounds=(0, 1),
            constraints=LinearConstraint(matrix, lower, upper),
            options={"mip_rel_gap": 0},
        )
        best = round(-found.fun)
        values.append(abs(best))
        matrix = vstack([matrix, csr_array(worth[stage][None, :])]).tocsr()
        lower, upper = [*lower, float(best)], [*upper, np.inf]
    return values


@pytest.mark.parametrize("studies_of_a_mentor", [1, 3])
@pytest.mark.parametrize("seed", range(4))
def test_a_middle_sized_round(seed: int, studies_of_a_mentor: int) -> None:
    problem = random_round(seed, 60, studies_of_a_mentor)
    solution = solve(problem)
    assert [stage.value for stage in solution.stages] == values_by_milp(problem)
    assert check(problem, solution).proved
    if studies_of_a_mentor == 1:
        assert {component.path for component in solution.components} == {"assignment"}
