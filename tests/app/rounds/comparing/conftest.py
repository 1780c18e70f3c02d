"""Solved runs with what they gave, written by hand."""

from collections.abc import Callable, Mapping

import pytest

from app.models.figures import RunFigures
from app.models.requests import PlacementRequest
from app.models.runs import Proposal, Run, UnplacedRequest
from app.models.studies import Opening
from app.rounds.runs.counting.numbers import Entrants, numbers_of
from app.rounds.runs.counting.shares import Member
from matching import Placed
from tests.app.rounds.conftest import Scene

Given = Mapping[PlacementRequest, tuple[Opening, int, int | None] | None]


@pytest.fixture
def solved(scene: Scene) -> Callable[..., Run]:
    """solved({request: (opening, score, rank), other: None}) is a run that gives this, with these `figures` besides."""

    def make(given: Given, inputs: str = "", figures: Mapping[str, object] | None = None, **run: object) -> Run:
        made = scene.build.run(scene.round, inputs_fingerprint=inputs, outcome={"placed": 0, "learners": 0}, **run)
        for request, result in given.items():
            if result is None:
                scene.build.add(UnplacedRequest(run=made, request=request, reason="All is full."))
            else:
                opening, score, rank = result
                scene.build.add(Proposal(run=made, request=request, opening=opening, score=score, rank=rank))
        scene.build.add(RunFigures(run_id=made.id, **{**figures_of(given), **(figures or {})}))
        return made

    return make


def figures_of(given: Given) -> dict[str, object]:
    placed = [
        Placed(f"R{request.id}", f"M{result[0].mentor_id}", f"S{result[0].study_id}", result[1], result[2])
        for request, result in given.items()
        if result is not None
    ]
    names = [f"R{request.id}" for request in given]
    mentors = sorted({one.mentor for one in placed})
    members: Mapping[str, list[Member]] = {kind: [] for kind in ("profession", "region", "university")}
    numbers = numbers_of(placed, Entrants(names, names, mentors, members))
    return {
        "learners": numbers.learners,
        "placed": numbers.placed,
        "could_have_first": numbers.could,
        "first_choices": numbers.first_choices,
        "off_list": numbers.off_list,
        "score_sum": numbers.score_sum,
        "pinned": 0,
        "is_proved": True,
        "pairings": str(sorted((one.learner, one.mentor, one.study) for one in placed)),
        "details": {"run": numbers.as_json(), "random_order": numbers.as_json()},
    }
