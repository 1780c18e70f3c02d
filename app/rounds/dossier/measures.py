"""The numbers of a dossier that anybody can compute again from its problem and its solution."""

from typing import Any

import matching
from matching.interest import fit_word

FIT_WORDS = ("strong", "good", "some", "little")


def measures_of(problem: matching.Problem, solution: matching.Solution) -> dict[str, Any]:
    """How good the result is from sides that no stage may have asked for; every name stays out."""
    return measures_from(problem, solution, matching.quality(problem, solution))


def measures_from(problem: matching.Problem, solution: matching.Solution, found: matching.Quality) -> dict[str, Any]:
    """The same from a quality that is there already."""
    words = [fit_word(one.score) for one in solution.placed]
    return {
        "learners": len(problem.learners),
        "placed": len(solution.placed),
        "not_placed": found.unplaced,
        "by_rank": [{"rank": rank, "learners": number} for rank, number in found.profile.items()],
        "by_fit": {word: words.count(word) for word in FIT_WORDS},
        "pairs_that_both_would_prefer": len(found.blocking_pairs),
        "learners_who_would_prefer_the_place_of_another": len(found.envious),
        "mentors_by_load": [{"learners": load, "mentors": number} for load, number in found.loads.items()],
        "places_left_of_mentors": found.mentor_places_left,
        "places_left_of_studies": found.study_places_left,
    }


def aims_of(report: matching.CheckReport) -> list[dict[str, Any]]:
    """What each stage of the policy reached, as the check has computed it itself."""
    return [{"stage": stage.name, "value": plain(stage.value), "proved": stage.proved} for stage in report.stages]


def plain(value: Any) -> Any:
    """As JSON has it."""
    return list(value) if isinstance(value, tuple) else value
