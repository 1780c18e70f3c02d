"""Random small problems with every feature mixed, and what brute force finds for them."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from hypothesis import strategies as st

from matching import Learner, Mentor, Opening, Pair, Pin, Previous, Problem, Solution, Study
from matching.model.objectives.lottery import lot

FIRST_STAGES = ("placed", "score", "rank_sum", "lottery")
Chosen = list[Pair]


@st.composite
def problems(draw: st.DrawFn, stages: Sequence[str] = FIRST_STAGES, plain: bool = False) -> Problem:
    """At most 5 learners, 3 mentors and 3 studies; `plain` leaves out minimums, hours and pins."""
    learners = tuple(Learner(f"L{at}") for at in range(draw(st.integers(1, 5))))
    simple = plain or draw(st.booleans())
    mentors = tuple(_mentor(draw, f"M{at}", simple) for at in range(draw(st.integers(1, 3))))
    studies = tuple(_study(draw, f"S{at}", simple) for at in range(draw(st.integers(1, 3))))
    triples = list(itertools.product(learners, mentors, studies))
    kept = draw(st.lists(st.sampled_from(triples), unique=True, max_size=14))
    pairs = tuple(_pair(draw, learner.id, mentor.id, study.id, simple) for learner, mentor, study in kept)
    pinned = draw(st.sampled_from(pairs)) if pairs and not plain and draw(st.integers(0, 3)) == 0 else None
    hosts = list(itertools.product(mentors, studies))
    limited = draw(st.lists(st.sampled_from(hosts), unique=True, max_size=2))
    before = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3)) if pairs else []
    return Problem(
        learners=learners,
        mentors=mentors,
        studies=studies,
        pairs=pairs,
        stages=tuple(draw(st.lists(st.sampled_from(stages), min_size=1, max_size=4, unique=True))),
        seed=draw(st.sampled_from(["spring", "autumn"])),
        pins=(Pin(*pinned.key, "agreed"),) if pinned else (),
        previous=tuple(Previous(*pair.key) for pair in before),
        openings=tuple(Opening(mentor.id, study.id, draw(st.integers(0, 2))) for mentor, study in limited),
    )


def _minimums(draw: st.DrawFn, capacity: int, simple: bool) -> tuple[int, int]:
    if simple:
        return 0, 0
    return draw(st.sampled_from([0, 0, 0, min(1, capacity)])), draw(st.sampled_from([0, 0, min(2, capacity)]))


def _mentor(draw: st.DrawFn, id_: str, simple: bool) -> Mentor:
    capacity = draw(st.integers(0, 3))
    hours = None if simple else draw(st.sampled_from([None, None, 10, 20]))
    return Mentor(id_, capacity, *_minimums(draw, capacity, simple), hours)


def _study(draw: st.DrawFn, id_: str, simple: bool) -> Study:
    capacity = draw(st.integers(0, 3))
    return Study(id_, capacity, *_minimums(draw, capacity, simple))


def _pair(draw: st.DrawFn, learner: str, mentor: str, study: str, simple: bool) -> Pair:
    score = draw(st.sampled_from([0, 1, 2, 5, 500, 1000]))
    rank = draw(st.sampled_from([None, 1, 2, 3]))
    return Pair(learner, mentor, study, score, rank, 0 if simple else draw(st.sampled_from([0, 5, 8, 10])))


def chosen_pairs(problem: Problem, solution: Solution) -> Chosen:
    keys = {(one.learner, one.mentor, one.study) for one in solution.placed}
    return [pair for pair in problem.pairs if pair.key in keys]


def is_permitted(problem: Problem, chosen: Iterable[Pair]) -> bool:
    chosen = list(chosen)
    mentors, studies = Counter(p.mentor for p in chosen), Counter(p.study for p in chosen)
    openings, hours = Counter((p.mentor, p.study) for p in chosen), Counter[str]()
    for pair in chosen:
        hours[pair.mentor] += pair.hours
    loads = [(host, mentors[host.id]) for host in problem.mentors] + [
        (host, studies[host.id]) for host in problem.studies
    ]
    return (
        all(host.minimum <= load <= host.capacity for host, load in loads)
        and all(load == 0 or load >= host.minimum_if_used for host, load in loads)
        and all(mentor.hours is None or hours[mentor.id] <= mentor.hours for mentor in problem.mentors)
        and all(openings[opening.mentor, opening.study] <= opening.capacity for opening in problem.openings)
        and {pin.key for pin in problem.pins} <= {pair.key for pair in chosen}
    )


def worth(problem: Problem, chosen: Chosen) -> list[tuple[int, ...]]:
    """What the stages make of a choice, larger being better, to compare as a whole."""
    unranked = 1 + max((pair.rank for pair in problem.pairs if pair.rank), default=0)
    ranks = sorted({pair.rank or unranked for pair in problem.pairs})
    before = {previous.key for previous in problem.previous}
    profile = [sum((pair.rank or unranked) == rank for pair in chosen) for rank in ranks]
    loads = Counter(pair.mentor for pair in chosen)
    told = {
        "placed": lambda: (len(chosen),),
        "score": lambda: (sum(pair.score for pair in chosen),),
        "rank_sum": lambda: (-sum(pair.rank or unranked for pair in chosen),),
        "first_choices": lambda: tuple(profile),
        "fewest_last": lambda: tuple(
            -count for rank, count in zip(ranks[::-1], profile[::-1], strict=True) if rank > 1
        ),
        "floor": lambda: (min((pair.score for pair in chosen), default=1000),),
        "even_load": lambda: (-sum(load * load for load in loads.values()),),
        "stay": lambda: (sum(pair.key in before for pair in chosen),),
        "lottery": lambda: tuple(sum(lot(problem.seed, pair.key, digit) for pair in chosen) for digit in range(6)),
    }
    return [told[stage]() for stage in problem.stages]


def permitted_choices(problem: Problem) -> Iterator[Chosen]:
    options = [[None, *(p for p in problem.pairs if p.learner == learner.id)] for learner in problem.learners]
    for combination in itertools.product(*options):
        chosen = [pair for pair in combination if pair is not None]
        if is_permitted(problem, chosen):
            yield chosen


def best_by_brute_force(problem: Problem) -> tuple[list[tuple[int, ...]], Chosen] | None:
    """The best choice over all there are, None when none is permitted."""
    reached = ((worth(problem, chosen), chosen) for chosen in permitted_choices(problem))
    return max(reached, key=itemgetter(0), default=None)
