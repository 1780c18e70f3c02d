"""The answers to questions of a run, as facts with the ids of our rows."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import matching
from app.models.runs import QuestionKind
from app.rounds.names_in_problem import LEARNERS, MENTORS, STUDIES
from app.rounds.questions.solved_run import SolvedRun
from app.rounds.questions.supposed import change_of, supposed_in
from app.rounds.runs.clash import facts_of
from matching import Difference, MorePlaces, OutOfTime, Pair

Facts = dict[str, Any]
Answer = TypeVar("Answer")
BETTER_MOST = 10
PLACES_TRIED = 40


def answer_to(run: SolvedRun, kind: QuestionKind, asked: Sequence[str], request_id: int | None) -> Facts:
    """The answer to one question, as much of it as is known in time.

    Raises `BadProblem` where what is supposed does not fit the run, `OutOfTime` where nothing is known in time.
    """
    if kind is QuestionKind.EXPLANATION and request_id is not None:
        return explanation_of(run, request_id)
    if kind is QuestionKind.PINS:
        return {"pins": list(costs_of_pins(run))}
    if kind is QuestionKind.SHORTAGES:
        return shortages_in(run)
    changes = [change_of(one, run.openings) for one in supposed_in(asked)]
    return facts_of_difference(run, run.difference(*changes))


def explanation_of(run: SolvedRun, request_id: int, *, only_listed: bool = False) -> Facts:
    """What it would cost to keep the learner from what she got, and to force each pair that she would like better.

    `only_listed` leaves out what is not on her list: of that she is told nothing.
    """
    learner = LEARNERS.encode(request_id)
    own = run.pairs_of([learner])[learner]
    got = next((pair for pair in own if (pair.mentor, pair.study) == run.got.get(learner)), None)
    better = matching.better_liked(own, got)
    asked = [pair for pair in better if pair.rank or not only_listed][:BETTER_MOST]
    without = run.difference(matching.WithConflict(*got.key)) if got and not only_listed else None
    alternatives = list(in_time(forced(run, pair) for pair in asked))
    return {
        "without": facts_of_difference(run, without) if without else None,
        "alternatives": alternatives,
        "more": len(better) - len(alternatives),
    }


def in_time(answers: Iterator[Answer]) -> Iterator[Answer]:
    """Those that are known before the time is over; raises `OutOfTime` where not even the first one is."""
    is_first = True
    while True:
        try:
            answer = next(answers)
        except StopIteration:
            return
        except OutOfTime:
            if is_first:
                raise
            return
        is_first = False
        yield answer


def forced(run: SolvedRun, pair: Pair) -> Facts:
    return {
        "opening": run.opening_ids[pair.mentor, pair.study],
        "rank": pair.rank,
        "score": pair.score,
        **facts_of_difference(run, run.difference(matching.WithPin(*pair.key))),
    }


def costs_of_pins(run: SolvedRun) -> Iterator[Facts]:
    """For each pin what the run would be without it, the other pins kept.

    A pair that is not on a list that takes no others is there only because it is pinned: without the pin it is gone.
    """
    own = run.pairs_of([pin.learner for pin in run.problem.pins])
    for pin in run.problem.pins:
        is_listed = any(pair.key == pin.key and pair.rank for pair in own[pin.learner])
        is_gone = pin.learner in run.takes_no_others and not is_listed
        lifted = matching.WithConflict(*pin.key) if is_gone else matching.WithoutPin(pin.learner)
        difference = run.difference(lifted)
        yield {
            "request": LEARNERS.decode(pin.learner),
            "opening": run.opening_ids[pin.mentor, pin.study],
            "reason": pin.reason,
            **facts_of_difference(run, difference),
        }


def shortages_in(run: SolvedRun) -> Facts:
    """Where one more place would place or improve most, each solved with; best first."""
    places = [one for one in matching.scarce_places(run.problem, run.solution) if run.has(one.of)]
    effects = (matching.effect_of(one, run.difference(one), run.pairs) for one in places[:PLACES_TRIED])
    tried = list(in_time(effects))
    useful = {one.place.of: one for one in matching.best_first(tried)}
    return {
        "places": [
            {**facts_of_place(run, one.place), "placed": one.placed_more, "bettered": one.improved - gaining(one)}
            for one in useful.values()
            if not any(reached(one) == reached(useful[host]) for host in hosts_of(one) if host in useful)
        ],
        "tried": len(tried),
        "untried": len(places) - len(tried),
    }


def hosts_of(one: matching.Shortage) -> tuple[str, ...]:
    """The mentor and the study of an opening: where one of them alone does as much, the opening is not told."""
    return one.place.of if isinstance(one.place.of, tuple) else ()


def reached(one: matching.Shortage) -> tuple[int, int]:
    return one.placed_more, one.improved


def gaining(one: matching.Shortage) -> int:
    """How many learners without a place would have one."""
    return sum(move.before is None for move in one.difference.moves)


def facts_of_place(run: SolvedRun, place: MorePlaces) -> Facts:
    """Whose place it is: the kind, and the id of a mentor, a study or an opening."""
    if isinstance(place.of, tuple):
        return {"of": place.kind, "id": run.opening_ids[place.of]}
    return {"of": place.kind, "id": (MENTORS if place.kind == "mentor" else STUDIES).decode(place.of)}


def facts_of_difference(run: SolvedRun, found: Difference) -> Facts:
    """What changes in each stage, and who moves: request, opening before and after, and the ranks of both."""
    own = run.pairs_of([move.learner for move in found.moves])
    ranks = {pair.key: pair.rank for pairs in own.values() for pair in pairs}
    return {
        "stages": [[one.name, one.before, one.after] for one in found.stages],
        "moves": [
            [
                LEARNERS.decode(move.learner),
                *(run.opening_ids[one] if one else None for one in (move.before, move.after)),
                *(ranks.get((move.learner, *one)) if one else None for one in (move.before, move.after)),
            ]
            for move in found.moves
        ],
        "clash": facts_of(found.infeasible) if found.infeasible else None,
    }
