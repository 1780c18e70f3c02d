"""Pages that take a list of agreed pairs: choose the file, see what it would do, pin them or drop it."""

from flask import Blueprint, Response, request, url_for

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.rounds import MatchRound
from app.models.runs import ListOfPairs
from app.platform.clock import now
from app.platform.db import db
from app.rounds import queries
from app.rounds.pins.forms import ListForm, needs_evidence
from app.rounds.pins.lists import service
from app.rounds.pins.lists.reading import COLUMNS, codes
from app.rounds.pins.lists.trial import Outcome, Trial, trial_of
from app.rounds.service import refuse_at_rest
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion
from app.web.paging import page_of_rows
from app.web.spreadsheet import csv_of

blueprint = Blueprint("lists", __name__)


@blueprint.get("/rounds/<int:round_id>/pins/list")
@requires(Permission.RUN_ROUNDS)
def choose(round_id: int) -> Response:
    round_ = round_reached(round_id)
    return choice_page(round_, ListForm())


@blueprint.get("/rounds/<int:round_id>/pins/list/template.csv")
@requires(Permission.RUN_ROUNDS)
def template(round_id: int) -> Response:
    round_reached(round_id)
    response = Response(csv_of(COLUMNS, ()), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="agreed-pairs.csv")
    return response


@blueprint.post("/rounds/<int:round_id>/pins/list")
@requires(Permission.RUN_ROUNDS)
def upload(round_id: int) -> Response:
    round_, form = round_reached(round_id), ListForm()
    if form.validate():
        name, content = form.file.data.filename or "", form.file.data.read()
        try:
            kept = service.keep_list(db.session(), signed_in(), round_, name, content, this_occasion())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return go_to(url_for("rounds.pins.lists.dry_run", round_id=round_.id, list_id=kept.id))
    return choice_page(round_, form)


def choice_page(round_: MatchRound, form: ListForm) -> Response:
    refuse_at_rest(round_)
    return answer(
        "rounds/pins/lists/choose.html", round=round_, form=form, columns=COLUMNS, codes=codes(), status=form.status
    )


@blueprint.get("/rounds/<int:round_id>/pins/list/<int:list_id>")
@requires(Permission.RUN_ROUNDS)
def dry_run(round_id: int, list_id: int) -> Response:
    round_, kept = round_and_list(round_id, list_id)
    refuse_at_rest(round_)
    return trial_page(round_, kept, trial_today(round_, kept))


def trial_page(round_: MatchRound, kept: ListOfPairs, trial: Trial) -> Response:
    told = sorted(trial.told, key=lambda one: (ORDER[one.outcome], one.line.number))
    return answer(
        "rounds/pins/lists/dry_run.html",
        round=round_,
        list=kept,
        numbers={outcome.name: len(trial.of(outcome)) for outcome in Outcome},
        shown=trial.digest,
        page=page_of_rows(told, page_asked()),
    )


ORDER = {Outcome.REFUSED: 0, Outcome.NEW: 1, Outcome.KNOWN: 2}


@blueprint.post("/rounds/<int:round_id>/pins/list/<int:list_id>")
@requires(Permission.RUN_ROUNDS)
def pin_all(round_id: int, list_id: int) -> Response:
    round_, kept = round_and_list(round_id, list_id)
    trial, shown = trial_today(round_, kept), request.form.get("shown", "")
    pins = service.pin_list(db.session(), signed_in(), round_, kept, trial, shown, this_occasion())
    wanting = sum(pin.needs_evidence for pin in pins)
    waits = (
        f" {count(wanting, 'pin waits', 'pins wait')} for another coordinator to see the evidence." if wanting else ""
    )
    flash(f"{count(len(pins), 'pair is', 'pairs are')} pinned. Every run from now on keeps them.{waits}")
    return go_to(url_for("rounds.pins.index", round_id=round_.id))


@blueprint.post("/rounds/<int:round_id>/pins/list/<int:list_id>/drop")
@requires(Permission.RUN_ROUNDS)
def drop(round_id: int, list_id: int) -> Response:
    round_, kept = round_and_list(round_id, list_id)
    service.drop_list(db.session(), signed_in(), round_, kept, this_occasion())
    flash("The list is dropped. Nothing was pinned.")
    return go_to(url_for("rounds.pins.index", round_id=round_.id))


def trial_today(round_: MatchRound, kept: ListOfPairs) -> Trial:
    return trial_of(db.session(), signed_in(), round_, kept.content, needs_evidence, now())


def round_reached(round_id: int) -> MatchRound:
    round_: MatchRound = found(queries.round_of(db.session(), signed_in(), round_id))
    return round_


def round_and_list(round_id: int, list_id: int) -> tuple[MatchRound, ListOfPairs]:
    round_ = round_reached(round_id)
    return round_, found(queries.list_of_pairs(db.session(), signed_in(), round_, list_id))
