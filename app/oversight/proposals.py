"""Where placements that cannot stay go on: the engine proposes, only these move, and everybody else stays put."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from itertools import groupby

import matching
from app.models.placements import Placement
from app.rules.course.next_openings import NextOpenings
from app.rules.fit import interest_of
from app.rules.plain.openings import PlainOpening
from matching.interest import InterestIndex, fit_word

STAGES = ("placed", "score", "lottery")
SAME_STUDY = 1000
UNKNOWN_FIT = 0  # of whoever never said what interests her
Scored = tuple[int, PlainOpening]


@dataclass(frozen=True)
class Place:
    """One place for one placement to go on with."""

    opening_id: int
    first_day: date
    word: str


def proposed(
    placements: Sequence[Placement], openings: Sequence[PlainOpening], asked: NextOpenings, index: InterestIndex
) -> dict[int, Place]:
    """A place for as many of the placements as can be, by their ids: then those that fit best.

    The same study counts as the best fit. All limits hold with what everybody else takes up.
    """
    scored = dict(zip((one.id for one in placements), scores_of(placements, openings, asked, index), strict=True))
    enough = 2 * len(placements) - 1
    best = {
        one.id: list(best_possible(one, zip(openings, scored[one.id], strict=True), asked, enough))
        for one in placements
    }
    known = {opening.id: opening for found in best.values() for _, opening in found}
    if not known:
        return {}
    solution = matching.solve(problem_of(placements, list(known.values()), pairs_of(placements, best), asked))
    by_key = {(str(one.given.mentor_id), str(one.limits.study_id)): one for one in known.values()}
    by_id = {str(one.id): one for one in placements}
    found = {}
    for placed in solution.placed:
        placement, opening = by_id[placed.learner], by_key[placed.mentor, placed.study]
        first = asked.first_day(placement, opening) or opening.given.first_day
        found[placement.id] = Place(opening.id, first, word_of(placement, opening, placed.score))
    return found


def word_of(placement: Placement, opening: PlainOpening, score: int) -> str:
    return "same study" if is_same_study(placement, opening) else fit_word(score)


def is_same_study(placement: Placement, opening: PlainOpening) -> bool:
    return placement.opening.study_id == opening.limits.study_id


def scores_of(
    placements: Sequence[Placement], openings: Sequence[PlainOpening], asked: NextOpenings, index: InterestIndex
) -> list[list[int]]:
    """How well each opening (columns) fits what each learner (rows) asked for, its length aside."""
    asking = [asked.requests.get(one.id) for one in placements]
    wishes = [interest_of(request) for request in asking if request]
    rows = iter(index.scores(wishes, [str(one.id) for one in openings]).tolist())
    return [next(rows) if request else [UNKNOWN_FIT] * len(openings) for request in asking]


def best_possible(
    placement: Placement, scored: Iterable[tuple[PlainOpening, int]], asked: NextOpenings, enough: int
) -> Iterator[Scored]:
    """The openings on which a placement could go on, best first, until nobody else could take all of them.

    Each of the others takes up one mentor and one study. Of so many openings that share neither, twice as many as
    there are others and one more, one stays free; so none of the worse ones is in a best answer that lacks it.
    """
    mentors: set[int] = set()
    studies: set[int] = set()
    apart = 0
    for score, opening in best_first(placement, scored, asked):
        if asked.obstacles(placement, opening):
            continue
        yield score, opening
        mentor_id, study_id = opening.given.mentor_id, opening.limits.study_id
        if mentor_id not in mentors and study_id not in studies:
            mentors.add(mentor_id)
            studies.add(study_id)
            apart += 1
        if apart == enough:
            return


def best_first(
    placement: Placement, scored: Iterable[tuple[PlainOpening, int]], asked: NextOpenings
) -> Iterator[Scored]:
    """Openings by their scores with the length counted in, which only ever lowers one: it is asked of few."""
    request = asked.requests.get(placement.id)
    waiting: list[tuple[int, int, PlainOpening]] = []
    reached = [(score, one) for one, score in scored if asked.is_in_reach(placement, one.given)]
    for score, opening in sorted(reached, key=lambda it: (not is_same_study(placement, it[1]), -it[0], it[1].id)):
        if is_same_study(placement, opening):
            yield SAME_STUDY, opening
            continue
        while waiting and -waiting[0][0] >= score:
            lowered, _, best = heappop(waiting)
            yield -lowered, best
        counted = opening.with_length(score, request, asked.today) if request else score
        heappush(waiting, (-min(counted, SAME_STUDY - 1), opening.id, opening))
    while waiting:
        lowered, _, best = heappop(waiting)
        yield -lowered, best


def pairs_of(placements: Sequence[Placement], best: dict[int, list[Scored]]) -> tuple[matching.Pair, ...]:
    """Each placement with the best openings on which it could go on."""
    return tuple(
        matching.Pair(
            str(placement.id),
            str(opening.given.mentor_id),
            str(opening.limits.study_id),
            score,
            hours=placement.module.supervision_hours_a_month,
        )
        for placement in placements
        for score, opening in best[placement.id]
    )


def problem_of(
    placements: Sequence[Placement],
    openings: Sequence[PlainOpening],
    pairs: Sequence[matching.Pair],
    asked: NextOpenings,
) -> matching.Problem:
    """A small problem: these learners alone, and what is left beside all others."""
    held = asked.held
    return matching.Problem(
        learners=tuple(matching.Learner(str(one.id)) for one in placements),
        mentors=tuple(mentors_in(openings, asked)),
        studies=tuple(
            matching.Study(str(study_id), left_on_study(list(ones), asked))
            for study_id, ones in groupby(sorted(openings, key=by_study), key=by_study)
        ),
        openings=tuple(
            matching.Opening(str(one.given.mentor_id), str(one.limits.study_id), held.places_within(one.limits))
            for one in openings
        ),
        pairs=tuple(pairs),
        stages=STAGES,
        seed=f"rescue {asked.today}",
    )


def by_study(opening: PlainOpening) -> int:
    return opening.limits.study_id


def mentors_in(openings: Sequence[PlainOpening], asked: NextOpenings) -> list[matching.Mentor]:
    """Each mentor once, with the learners and the hours a month that are left."""
    held = asked.held
    found = {}
    for one in openings:
        limits, key = one.limits, one.limits.mentor_id
        learners, hours = limits.learners_max, limits.hours_a_month
        found[key] = matching.Mentor(
            str(key),
            len(asked.first_days) if learners is None else max(0, learners - held.by_mentor.get(key, 0)),
            hours=None if hours is None else max(0, hours - held.hours_by_mentor.get(key, 0)),
        )
    return list(found.values())


def left_on_study(openings: Sequence[PlainOpening], asked: NextOpenings) -> int:
    limit, study_id = openings[0].limits.learner_limit, openings[0].limits.study_id
    if limit is None:
        return sum(asked.held.places_within(one.limits) for one in openings)
    return max(0, limit - asked.held.by_study.get(study_id, 0))
