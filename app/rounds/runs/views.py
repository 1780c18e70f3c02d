"""Pages of runs: starting one, watching it, and what came of it."""

from collections.abc import Iterator
from itertools import chain

from flask import Blueprint, Response, request, url_for
from sqlalchemy.orm import InstrumentedAttribute

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.compressed import unpacked
from app.models.rounds import MatchRound
from app.models.runs import Run, RunState
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.jobs import enqueue, standing_of
from app.rounds.policies import OWN, key_of, meaning_of
from app.rounds.queries import pins_on, round_of
from app.rounds.runs import queries, service
from app.rounds.runs.clash import clash_told
from app.rounds.runs.download import csv_of_proposals
from app.rounds.runs.forms import NewRunForm
from app.rounds.runs.holding import those_that_hold
from app.rounds.runs.jobs import solve_run
from app.rounds.runs.methods import method_rows
from app.rounds.runs.outcome import headline, profile_finding, stage_rows
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.delivery.files import file_to_keep
from app.web.edge.numbers import id_asked, page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer, go_to, wants_part
from matching.interest import fit_word

blueprint = Blueprint("runs", __name__)


@blueprint.get("/rounds/<int:round_id>/runs/new")
@requires(Permission.RUN_ROUNDS)
def new(round_id: int) -> Response:
    round_, form = round_reached(round_id), NewRunForm()
    if round_.open_turn:
        form.policy.data = key_of(queries.published_stages(db.session(), round_)) or form.policy.data
    return new_run_page(round_, form)


@blueprint.post("/rounds/<int:round_id>/runs/new")
@requires(Permission.RUN_ROUNDS)
def start(round_id: int) -> Response:
    round_, form = round_reached(round_id), NewRunForm()
    if form.validate():
        seconds = form.minutes.data * 60 if form.minutes.data else None
        try:
            run = service.start_run(db.session(), signed_in(), now(), round_, form.stages(), seconds)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            enqueue(solve_run, run.id)
            return go_to(url_for("rounds.runs.show", run_id=run.id))
    return new_run_page(round_, form)


def new_run_page(round_: MatchRound, form: NewRunForm) -> Response:
    pins = [pin for pin in pins_on(db.session(), round_) if pin.lifted_at is None]
    return answer("rounds/runs/new_run.html", round=round_, form=form, own=OWN, pins=pins, status=form.status)


@blueprint.get("/runs/<int:run_id>")
@requires(Permission.RUN_ROUNDS)
def show(run_id: int) -> Response:
    run = run_reached(run_id)
    if run.state is not RunState.SOLVED:
        return answer(
            "rounds/runs/run_unsolved.html",
            run=run,
            standing=standing_of(solve_run, run.id),
            meaning=meaning_of(run.stages),
            now=now(),
            clash=clash_told(db.session(), run.clash) if run.clash else None,
        )
    profile = queries.profile_of(db.session(), run)
    return answer(
        "rounds/runs/run.html",
        run=run,
        meaning=meaning_of(run.stages),
        headline=headline(run),
        stages=stage_rows(run),
        methods=method_rows(run),
        profile=profile,
        finding=profile_finding(profile),
        grid=queries.grid_of(db.session(), run),
        holds=run.id in those_that_hold(db.session(), run.round, [run], today()),
        replaced_by=run.round.seed if not run.has_the_seed_of_its_round else None,
        now=now(),
    )


@blueprint.get("/runs/<int:run_id>/progress")
@requires(Permission.RUN_ROUNDS)
def progress(run_id: int) -> Response:
    run = run_reached(run_id)
    if run.state.is_under_way and wants_part():
        part = "rounds/runs/_progress.html"
        return answer("rounds/runs/run_unsolved.html", part, run=run, standing=standing_of(solve_run, run.id))
    return go_to(url_for("rounds.runs.show", run_id=run.id))


@blueprint.post("/runs/<int:run_id>/stop")
@requires(Permission.RUN_ROUNDS)
def stop(run_id: int) -> Response:
    run = run_reached(run_id)
    is_over = service.wish_stop(db.session(), signed_in(), now(), run)
    flash("The run is stopped." if is_over else "The run stops soon and keeps the best that it has found.")
    return go_to(url_for("rounds.runs.show", run_id=run.id))


@blueprint.get("/runs/<int:run_id>/proposals")
@requires(Permission.RUN_ROUNDS)
def proposals(run_id: int) -> Response:
    run, filters = solved(run_id), filters_asked()
    page = queries.proposals_listed(db.session(), run, filters, page_asked())
    return answer(
        "rounds/runs/proposals.html",
        "rounds/runs/_proposals.html",
        announce=count(page.total, "proposal"),
        run=run,
        page=page,
        words={proposal.id: fit_word(proposal.score) for proposal in page.rows},
        filters=filters,
        ranks=queries.RANK_FILTERS,
        sorts=queries.SORTS,
    )


@blueprint.get("/runs/<int:run_id>/proposals.csv")
@requires(Permission.RUN_ROUNDS)
def download_proposals(run_id: int) -> Response:
    run = solved(run_id)
    text = csv_of_proposals(queries.all_proposals(db.session(), run, filters_asked()))
    return file_to_keep(text, f"run-{run.id}-proposals.csv", "text/csv")


@blueprint.get("/runs/<int:run_id>/unplaced")
@requires(Permission.RUN_ROUNDS)
def unplaced(run_id: int) -> Response:
    run, search = solved(run_id), words_asked()
    page = queries.unplaced_listed(db.session(), run, search, page_asked())
    return answer(
        "rounds/runs/unplaced.html",
        "rounds/runs/_unplaced.html",
        announce=count(page.total, "learner"),
        run=run,
        page=page,
        q=search,
    )


@blueprint.get("/runs/<int:run_id>/problem.json")
@requires(Permission.RUN_ROUNDS)
def download_problem(run_id: int) -> Response:
    run = run_reached(run_id)
    service.refuse_secret(run, now())
    return file_to_keep(file_in_pieces(run, Run.problem), f"run-{run.id}-problem.json", "application/json")


@blueprint.get("/runs/<int:run_id>/solution.json")
@requires(Permission.RUN_ROUNDS)
def download_solution(run_id: int) -> Response:
    run = run_reached(run_id)
    return file_to_keep(file_in_pieces(run, Run.solution), f"run-{run.id}-solution.json", "application/json")


def file_in_pieces(run: Run, column: InstrumentedAttribute[str]) -> Iterator[bytes]:
    """A file of a run, unpacked while it is sent; 404 where the run has none."""
    pieces = unpacked(queries.file_of(db.session(), run, column))
    return chain([found(next(pieces) or None)], pieces)


def round_reached(round_id: int) -> MatchRound:
    round_: MatchRound = found(round_of(db.session(), signed_in(), round_id))
    return round_


def run_reached(run_id: int) -> Run:
    run: Run = found(queries.run_of(db.session(), signed_in(), run_id))
    return run


def solved(run_id: int) -> Run:
    run = run_reached(run_id)
    return run if run.state is RunState.SOLVED else found(None)


def filters_asked() -> queries.Filters:
    args = request.args
    return queries.Filters(
        search=words_asked(),
        network_id=id_asked("network"),
        rank=args.get("rank", ""),
        sort=args.get("sort", "learner"),
    )
