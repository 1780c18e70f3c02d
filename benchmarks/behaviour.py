"""Measures what a learner gains or loses under each policy by telling a round something else than she means.

    python -m benchmarks.behaviour [--rounds 200] [--out docs/matching.md]

Random rounds of 12 learners and 8 openings with about 11 places. What a learner thinks of an opening is how popular it
is plus her own taste; its score is as near to that as words get. She means to rank her four best, and to take any other
rather than none. In each round some learners try each behaviour, one at a time, while everybody else says what they
mean. Both results are compared by what she really wants.
"""

from __future__ import annotations

import argparse
import math
import statistics
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.rounds.policies import POLICIES, stages_of
from matching import Learner, Mentor, Pair, Problem, Study, solve

LEARNERS, OPENINGS, LISTED = 12, 8, 4
PLACES = 11
TRYING = 4  # learners of a round
ELSEWHERE, NOWHERE = LISTED + 1, LISTED + 2  # what a place off the list and none are worth, as ranks
MARKS = ("<!-- written by python -m benchmarks.behaviour -->", "<!-- end of what benchmarks.behaviour writes -->")

Pairs = Mapping[str, Pair]  # by opening, of one learner
Behaviour = Callable[[Pairs, list[str]], Pairs]  # her pairs and her list, best first


def leaves_the_last_off(pairs: Pairs, wanted: list[str]) -> Pairs:
    return {**pairs, wanted[-1]: replace(pairs[wanted[-1]], rank=None)}


def ranks_the_first_alone(pairs: Pairs, wanted: list[str]) -> Pairs:
    return {opening: pair if opening == wanted[0] else replace(pair, rank=None) for opening, pair in pairs.items()}


def takes_no_other(pairs: Pairs, wanted: list[str]) -> Pairs:
    return {opening: pairs[opening] for opening in wanted}


def takes_the_first_alone(pairs: Pairs, wanted: list[str]) -> Pairs:
    return {wanted[0]: pairs[wanted[0]]}


def swaps_the_first_two(pairs: Pairs, wanted: list[str]) -> Pairs:
    first, second = wanted[:2]
    return {**pairs, first: replace(pairs[first], rank=2), second: replace(pairs[second], rank=1)}


def writes_for_the_first(pairs: Pairs, wanted: list[str]) -> Pairs:
    return {**pairs, wanted[0]: replace(pairs[wanted[0]], score=1000)}


BEHAVIOURS: dict[str, Behaviour] = {
    "leaves her last choice off the list": leaves_the_last_off,
    "ranks her first choice alone": ranks_the_first_alone,
    "takes no other than her list": takes_no_other,
    "takes her first choice or nothing": takes_the_first_alone,
    "swaps her first two choices": swaps_the_first_two,
    "writes what fits her first choice": writes_for_the_first,
}


@dataclass(frozen=True)
class Measured:
    """Of 100 tries, how many end better and worse for her; the mean gain in ranks, and twice its standard error."""

    better: float
    worse: float
    gain: float
    noise: float


def round_of(seed: int) -> tuple[Problem, dict[str, list[str]]]:
    """A round in which everybody says what she means, and each learner's list."""
    chance = np.random.default_rng(seed)
    learners, openings = (
        [f"{kind}{at}" for at in range(number)] for kind, number in (("L", LEARNERS), ("O", OPENINGS))
    )
    worth = chance.normal(size=OPENINGS) + chance.normal(size=(LEARNERS, OPENINGS))
    scores = np.clip(500 + 120 * (worth + chance.normal(size=worth.shape)), 0, 1000).astype(int)
    places = 1 + chance.multinomial(PLACES - OPENINGS, [1 / OPENINGS] * OPENINGS)
    lists, pairs = {}, []
    for learner, worths, row in zip(learners, worth, scores, strict=True):
        wanted = [openings[at] for at in np.argsort(-worths)[:LISTED]]
        ranks = {opening: rank for rank, opening in enumerate(wanted, 1)}
        lists[learner] = wanted
        pairs += [Pair(learner, o, o, int(score), ranks.get(o)) for o, score in zip(openings, row, strict=True)]
    problem = Problem(
        learners=tuple(map(Learner, learners)),
        mentors=tuple(Mentor(opening, int(number)) for opening, number in zip(openings, places, strict=True)),
        studies=tuple(Study(opening, int(number)) for opening, number in zip(openings, places, strict=True)),
        pairs=tuple(pairs),
        stages=("placed",),
        seed=str(seed),
    )
    return problem, lists


def told(problem: Problem, learner: str, wanted: list[str], behaviour: Behaviour) -> Problem:
    """The round in which this learner behaves so."""
    own = behaviour({pair.study: pair for pair in problem.pairs if pair.learner == learner}, wanted)
    others = [pair for pair in problem.pairs if pair.learner != learner]
    return replace(problem, pairs=(*others, *own.values()))


def results(problem: Problem, stages: tuple[str, ...]) -> dict[str, str]:
    """Who got what."""
    return {placed.learner: placed.study for placed in solve(replace(problem, stages=stages), jobs=1).placed}


def worth_of(got: str | None, wanted: list[str]) -> int:
    """What she got as a rank on the list that she means."""
    return NOWHERE if got is None else wanted.index(got) + 1 if got in wanted else ELSEWHERE


def gains_in(seed: int, stages: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Each behaviour of each learner who tries, with by how many ranks she ends better."""
    problem, lists = round_of(seed)
    honest = results(problem, stages)
    for learner, wanted in list(lists.items())[:TRYING]:
        for name, behaviour in BEHAVIOURS.items():
            tried = results(told(problem, learner, wanted, behaviour), stages)
            yield name, worth_of(honest.get(learner), wanted) - worth_of(tried.get(learner), wanted)


def measured(rounds: int) -> dict[str, dict[str, Measured]]:
    """By behaviour and then by the key of the policy."""
    found: dict[str, dict[str, Measured]] = {name: {} for name in BEHAVIOURS}
    for policy in POLICIES:
        by_round: dict[str, list[list[int]]] = {name: [[] for _ in range(rounds)] for name in BEHAVIOURS}
        for seed in range(rounds):
            for name, gain in gains_in(seed, stages_of(policy.key)):
                by_round[name][seed].append(gain)
        for name, gains_of in by_round.items():
            found[name][policy.key] = summed_up(gains_of)
    return found


def summed_up(by_round: list[list[int]]) -> Measured:
    """Tries in one round hang together, so the noise is that between rounds."""
    tries = [gain for gains in by_round for gain in gains]
    means = [statistics.fmean(gains) for gains in by_round]
    return Measured(
        better=100 * sum(gain > 0 for gain in tries) / len(tries),
        worse=100 * sum(gain < 0 for gain in tries) / len(tries),
        gain=statistics.fmean(tries),
        noise=2 * statistics.stdev(means) / math.sqrt(len(means)),
    )


def table_of(found: Mapping[str, Mapping[str, Measured]], rounds: int) -> str:
    """The table as it stands in the docs."""
    stages = [", ".join(f"`{stage}`" for stage in policy.stages) for policy in POLICIES]
    lines = [f"| a learner who | {' | '.join(stages)} |", "|---" * (1 + len(stages)) + "|"]
    for name, by_policy in found.items():
        cells = (by_policy[policy.key] for policy in POLICIES)
        told_so = (f"{one.better:.0f} / {one.worse:.0f}, {one.gain:+.2f} ± {one.noise:.2f}" for one in cells)
        lines.append(f"| {name} | {' | '.join(told_so)} |")
    lines += [
        "",
        f"{rounds} rounds, {rounds * TRYING:,} tries in each cell; ± is twice the standard error between rounds.",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--out", type=Path, help="The page between whose marks the table is written.")
    given = parser.parse_args()
    table = table_of(measured(given.rounds), given.rounds)
    if given.out is None:
        print(table)
        return
    before, _, rest = given.out.read_text(encoding="utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    given.out.write_text(f"{before}{MARKS[0]}\n\n{table}\n\n{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
