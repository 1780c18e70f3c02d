"""The rows of the table: what is generated, who takes part, and how long a rival may take."""

from __future__ import annotations

from dataclasses import dataclass, replace

from benchmarks.rounds import Round
from matching import STAGES

SCORE = ("score",)


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work, done by `ours` and by each of `rivals` on the same instances.

    `ours` and `rivals` are names in `benchmarks.ours.SOLVERS` or `benchmarks.peers.PEERS`. `seconds` is what a rival
    may take; the first `rival_seeds` of the `seeds` are also given to the rivals.
    """

    title: str
    plan: Round
    rivals: tuple[str, ...] = ()
    seconds: float = 300.0
    seeds: tuple[int, ...] = (1,)
    rival_seeds: int = 10
    ours: str = "this engine"


def by_region(learners: int, pairs: int, stages: tuple[str, ...] = SCORE) -> Round:
    """Regions that have nothing to do with each other; mentors with 1.0 to 1.3 places for a learner, by region."""
    return Round(learners, pairs, places=1.15, uneven=0.15, stages=stages)


WORKS = {
    "1k": Work("three-way, 1,000 learners by region", by_region(1000, 25), ("milp", "CP-SAT"), 120, (1, 2, 3)),
    "5k": Work(
        "three-way, 5,000 learners by region, 150,000 pairs", by_region(5000, 30), ("milp", "CP-SAT"), 120, (1, 2, 3)
    ),
    "5k-short": Work(
        "the same, studies as short as their mentors",
        Round(5000, 30, places=1.15, study_places=1.15, uneven=0.15, stages=SCORE),
        ("milp", "CP-SAT"),
        200,
        (1, 2, 3),
        rival_seeds=1,
    ),
    "5kx": Work(
        "three-way, 5,000 learners, 15 % of the pairs across regions",
        Round(5000, 25, across=0.15, places=1.1, stages=SCORE),
        ("milp",),
        300,
        (1, 2, 3, 4, 5),
        rival_seeds=1,
    ),
    "5kx-scarce": Work(
        "the same, places of studies 2.2 for a learner instead of 2.5",
        Round(5000, 25, across=0.15, places=1.1, study_places=2.2, stages=SCORE),
        ("milp",),
        300,
        (5, 1, 2, 3, 4),
        rival_seeds=1,
    ),
    "20k": Work(
        "three-way, 20,000 learners by region, 760,000 pairs",
        by_region(20_000, 38),
        ("without components",),
        200,
        (1, 2, 3),
    ),
    "100k": Work(
        "two-sided, 100,000 learners with 20 pairs each",
        Round(100_000, 20, regions=1, studies_of_a_mentor=1, study_places=100.0, stages=SCORE),
        ("SciPy sparse matching", "OR-Tools min-cost flow", "OR-Tools linear assignment", "lapx"),
        60,
    ),
    "200": Work(
        "student allocation, 200 learners, a mentor's studies her own",
        Round(200, 25, places=1.15, uneven=0.15, own_studies=True, stages=SCORE),
        ("matching", "algmatch"),
        60,
        (1, 2, 3),
    ),
    "300": Work(
        "typical round, 300 learners, all stages: one what-if",
        by_region(300, 25, STAGES),
        ("solving again",),
        60,
        (1, 2, 3),
        ours="what-if",
    ),
    "300-one": Work(
        "the same in one component",
        replace(by_region(300, 25, STAGES), regions=1),
        ("solving again",),
        60,
        (1, 2, 3),
        ours="what-if",
    ),
}
