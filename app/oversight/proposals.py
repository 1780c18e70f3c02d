"""Where placements that cannot stay go on: the engine proposes, only these move, and everybody else stays put."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import matching
from app.models.placements import Placement
from app.models.studies import Opening
from app.rules.course.next_openings import NextOpenings
from matching.interest import fit_word

STAGES = ("placed", "score", "lottery")
UNKNOWN_FIT = 0  # of whoever never said what interests her


@dataclass(frozen=True)
class Proposed:
    """One place for one placement to go on with."""

    placement: Placement
    opening: Opening
    first_day: date
    word: str


def proposed(placements: Sequence[Placement], openings: Sequence[Opening], asked: NextOpenings) -> dict[int, Proposed]:
    """A place for as many of the placements as can be, by their ids: then those that fit best.

    The same study counts as the best fit. All limits hold with what everybody else takes up.
    """
    pairs = pairs_of(placements, openings, asked)
    if not pairs:
        return {}
    solution = matching.solve(problem_of(placements, openings, pairs, asked))
    by_key = {(str(one.mentor_id), str(one.study_id)): one for one in openings}
    known = {str(one.id): one for one in placements}
    found = {}
    for placed in solution.placed:
        placement, opening = known[placed.learner], by_key[placed.mentor, placed.study]
        first = asked.first_day(placement, opening) or opening.starts_on
        found[placement.id] = Proposed(placement, opening, first, word_of(placement, opening, placed.score))
    return found


def word_of(placement: Placement, opening: Opening, score: int) -> str:
    return "same study" if placement.opening.study_id == opening.study_id else fit_word(score)


def pairs_of(
    placements: Sequence[Placement], openings: Sequence[Opening], asked: NextOpenings
) -> tuple[matching.Pair, ...]:
    """Each placement with each opening on which it could go on."""
    return tuple(pair for placement in placements for pair in pairs_with(placement, openings, asked))


def pairs_with(placement: Placement, openings: Sequence[Opening], asked: NextOpenings) -> list[matching.Pair]:
    possible = [one for one in openings if not asked.obstacles(placement, one)]
    fits = asked.fits(placement, possible, openings)
    hours = placement.module.supervision_hours_a_month
    return [
        matching.Pair(
            str(placement.id),
            str(one.mentor_id),
            str(one.study_id),
            score_of(placement, one, fits[one.id].score if one.id in fits else UNKNOWN_FIT),
            hours=hours,
        )
        for one in possible
    ]


def score_of(placement: Placement, opening: Opening, fit: int) -> int:
    return 1000 if placement.opening.study_id == opening.study_id else min(fit, 999)


def problem_of(
    placements: Sequence[Placement], openings: Sequence[Opening], pairs: Sequence[matching.Pair], asked: NextOpenings
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
            matching.Opening(str(one.mentor_id), str(one.study_id), held.places_left(one)) for one in openings
        ),
        pairs=tuple(pairs),
        stages=STAGES,
        seed=f"rescue {asked.today}",
    )


def by_study(opening: Opening) -> int:
    return opening.study_id


def mentors_in(openings: Sequence[Opening], asked: NextOpenings) -> list[matching.Mentor]:
    """Each mentor once, with the learners and the hours a month that are left."""
    held = asked.held
    found = {}
    for one in openings:
        profile, key = one.mentor.mentor_profile, one.mentor_id
        found[key] = matching.Mentor(
            str(key),
            max(0, profile.learners_max - held.by_mentor.get(key, 0)) if profile else len(asked.first_days),
            hours=max(0, profile.hours_a_month - held.hours_by_mentor.get(key, 0)) if profile else None,
        )
    return list(found.values())


def left_on_study(openings: Sequence[Opening], asked: NextOpenings) -> int:
    limit = openings[0].study.learner_limit
    if limit is None:
        return sum(asked.held.places_left(one) for one in openings)
    return max(0, limit - asked.held.by_study.get(openings[0].study_id, 0))
