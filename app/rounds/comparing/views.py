"""Pages that tell the runs of a round apart: all of them in a list, and some side by side."""

from collections.abc import Sequence

from flask import Blueprint, Response, request

from app.language.numbers import count
from app.models.rounds import MatchRound
from app.models.runs import Run
from app.phrasebook.comparisons import gains_and_losses, who_differs
from app.platform.clock import today
from app.platform.db import db
from app.rounds.comparing import tables
from app.rounds.comparing.chosen import (
    Comparison,
    comparison_of,
    figures_with_details,
    hindrance_of,
    solved_among,
)
from app.rounds.comparing.differing import BETTER, CHANGES, GAINED, LOST, WORSE, Sums, rows_listed, sums_of
from app.rounds.comparing.told_apart import rows_of
from app.rounds.queries import round_of, runs_on
from app.web.access import Permission, found, requires, signed_in
from app.web.edge.numbers import ids_asked, page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer
from app.web.paging import page_of_rows
from matching.interest import fit_word

blueprint = Blueprint("comparing", __name__)


@blueprint.get("/rounds/<int:round_id>/runs")
@requires(Permission.RUN_ROUNDS)
def index(round_id: int) -> Response:
    return list_of_runs(round_reached(round_id))


@blueprint.get("/rounds/<int:round_id>/compare")
@requires(Permission.RUN_ROUNDS)
def show(round_id: int) -> Response:
    round_, ids = round_reached(round_id), ids_asked("run")
    runs = solved_among(db.session(), round_, ids)
    figures = figures_with_details(db.session(), runs)
    hindrance = hindrance_of(runs if len(runs) == len(ids) else found(None), figures)
    if hindrance or not ids:
        return list_of_runs(round_, hindrance, ids)
    return side_by_side(round_, comparison_of(runs, figures))


def list_of_runs(round_: MatchRound, hindrance: str = "", chosen: Sequence[int] = ()) -> Response:
    rows = rows_of(db.session(), round_, runs_on(db.session(), round_), today())
    return answer(
        "rounds/comparing/runs.html",
        round=round_,
        page=page_of_rows(rows, page_asked()),
        hindrance=hindrance,
        chosen=chosen,
        status=422 if hindrance else 200,
    )


def side_by_side(round_: MatchRound, comparison: Comparison) -> Response:
    runs, search, change = comparison.runs, words_asked(), request.args.get("change", "")
    page = rows_listed(db.session(), runs, search, change, page_asked())
    sums = sums_of(db.session(), runs)
    return answer(
        "rounds/comparing/compare.html",
        "rounds/comparing/_differing.html",
        announce=count(page.total, "learner"),
        round=round_,
        comparison=comparison,
        numbers=tables.numbers_in_lines(comparison),
        profiles=tables.profiles_of(comparison),
        loads=list(tables.loads_in_lines(comparison)),
        shares=tables.shares_of(comparison),
        finding=who_differs(sums.differing, comparison.first.numbers.learners),
        changed=changes_in_words(runs, sums),
        sums=sums,
        page=page,
        fit_word=fit_word,
        changes=CHANGES,
        q=search,
        change=change,
        today=today(),
    )


def changes_in_words(runs: Sequence[Run], sums: Sums) -> list[str]:
    """A sentence on each run after the first."""
    return [
        gains_and_losses(f"Run {run.id}", *(sums.by_run[run.id][change] for change in (BETTER, WORSE, GAINED, LOST)))
        for run in runs[1:]
    ]


def round_reached(round_id: int) -> MatchRound:
    round_: MatchRound = found(round_of(db.session(), signed_in(), round_id))
    return round_
