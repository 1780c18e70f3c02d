"""Generates match rounds of any size, the same for the same seed.

Learners, mentors and studies live in regions of equal size. A mentor works on 1 to 3 studies of the region and takes
mostly 1 to 3 learners; a study has as many mentors as fall to it. `places` is the mentors' total capacity for each
learner and `study_places` the studies'; `uneven` makes both differ from region to region. A learner's pairs are drawn
evenly over the openings of the own region, a share `across` of them over all regions. Scores are even over 0 to 1000;
the learner's ranks follow the scores, for the ten best.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching import Learner, Mentor, Pair, Problem, Study


@dataclass(frozen=True, slots=True)
class Round:
    """What to generate.

    A region has between `places - uneven` and `places + uneven` places for each learner. `studies_of_a_mentor` 1 makes
    the round two-sided, and so do `own_studies`: two for each mentor, which nobody else is on.
    """

    learners: int
    pairs_of_a_learner: int
    seed: int = 1
    regions: int = 12
    across: float = 0.0
    places: float = 1.1
    study_places: float = 2.5
    uneven: float = 0.0
    studies_of_a_mentor: int = 3
    own_studies: bool = False
    stages: tuple[str, ...] = ("placed", "score")


def generate(plan: Round) -> Problem:
    """Return the problem of a plan."""
    chance = np.random.default_rng(plan.seed)
    mentors = max(plan.regions, round(plan.learners * plan.places / 2))
    studies = 2 * mentors if plan.own_studies else max(plan.regions, round(mentors * 0.6))
    mentor_region = np.arange(mentors) % plan.regions
    study_region = np.arange(studies) % mentors % plan.regions
    slack = np.ones(plan.regions)
    if plan.uneven:
        slack = chance.uniform(plan.places - plan.uneven, plan.places + plan.uneven, plan.regions) / plan.places
    mentor_places = _spread(chance, mentor_region, slack * plan.places, plan.learners)
    study_places = _spread(chance, study_region, slack * plan.study_places, plan.learners)
    openings = _openings(chance, plan, mentor_region, study_region)
    pairs = _pairs(chance, plan, openings, mentor_region)
    return Problem(
        learners=tuple(Learner(f"L{at:06}") for at in range(plan.learners)),
        mentors=tuple(Mentor(f"M{at:06}", int(places)) for at, places in enumerate(mentor_places)),
        studies=tuple(Study(f"S{at:06}", int(places)) for at, places in enumerate(study_places)),
        pairs=pairs,
        stages=plan.stages,
        seed=str(plan.seed),
    )


def _spread(chance: np.random.Generator, region: np.ndarray, places: np.ndarray, learners: int) -> np.ndarray:
    """Capacities from about half to one and a half of their region's average, at least 1 (hosts,)."""
    weight = chance.uniform(0.5, 1.5, len(region)) * places[region]
    total = learners * places.mean()
    return np.maximum(1, np.floor(weight / weight.sum() * total + chance.uniform(0, 1, len(region)))).astype(int)


def _openings(
    chance: np.random.Generator, plan: Round, mentor_region: np.ndarray, study_region: np.ndarray
) -> np.ndarray:
    """(openings, 2) mentor and study."""
    if plan.own_studies:
        return np.stack([np.arange(len(study_region)) % len(mentor_region), np.arange(len(study_region))], axis=1)
    found = []
    for mentor, region in enumerate(mentor_region):
        near = np.flatnonzero(study_region == region)
        count = min(len(near), int(chance.integers(1, plan.studies_of_a_mentor + 1)))
        found += [(mentor, study) for study in chance.choice(near, count, replace=False)]
    return np.array(found)


def _pairs(
    chance: np.random.Generator, plan: Round, openings: np.ndarray, mentor_region: np.ndarray
) -> tuple[Pair, ...]:
    region_of = mentor_region[openings[:, 0]]
    near = [np.flatnonzero(region_of == region) for region in range(plan.regions)]
    pairs: list[Pair] = []
    for learner in range(plan.learners):
        abroad = chance.binomial(plan.pairs_of_a_learner, plan.across) if plan.across else 0
        home = near[learner % plan.regions]
        count = min(len(home), plan.pairs_of_a_learner - abroad)
        drawn = np.unique(
            np.concatenate([chance.choice(home, count, replace=False), chance.choice(len(openings), abroad)])
        )
        scores = chance.integers(0, 1001, len(drawn))
        ranks = {int(at): rank for rank, at in enumerate(np.argsort(-scores, kind="stable")[:10], 1)}
        for at, (opening, score) in enumerate(zip(drawn, scores, strict=True)):
            mentor, study = openings[opening]
            pairs.append(Pair(f"L{learner:06}", f"M{mentor:06}", f"S{study:06}", int(score), ranks.get(at)))
    return tuple(pairs)
