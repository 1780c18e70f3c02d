"""Pages that say where one more place would help most, and what of it can be sent to a network."""

from collections.abc import Sequence

from flask import Response

from app.models.organisations import Network
from app.models.runs import QuestionKind, Run
from app.phrasebook.answers.shortages import VERIFIED, to_network
from app.platform.db import db
from app.rounds.questions.base_views import address_of, ask, asked, blueprint, solved_reached
from app.rounds.questions.telling.shortages import Shortage, scarce_in, shortages_told
from app.web.access import Permission, found, requires
from app.web.htmx import answer, go_to
from app.web.spreadsheet import csv_of

HEADINGS = ("Network", "Specialties", "What is asked for", "Would place", "Would give a higher choice")


@blueprint.get("/runs/<int:run_id>/shortages")
@requires(Permission.RUN_ROUNDS)
def shortages(run_id: int) -> Response:
    run = solved_reached(run_id)
    state = asked(run, QuestionKind.SHORTAGES)
    given = state["question"].answer if state["is_answered"] else {"places": [], "untried": 0}
    told = shortages_told(db.session(), run, given)
    return answer(
        "rounds/questions/shortages.html",
        **state,
        shortages=told,
        scarce=scarce_in(told),
        untried=given["untried"],
        networks=[one for one in run.round.networks if any(short.is_in(one.id) for short in told)],
        verified=VERIFIED,
    )


@blueprint.post("/runs/<int:run_id>/shortages")
@requires(Permission.RUN_ROUNDS)
def ask_shortages(run_id: int) -> Response:
    return go_to(address_of(ask(solved_reached(run_id), QuestionKind.SHORTAGES)))


@blueprint.get("/runs/<int:run_id>/shortages/<int:network_id>")
@requires(Permission.RUN_ROUNDS)
def shortages_of_network(run_id: int, network_id: int) -> Response:
    run = solved_reached(run_id)
    network = network_in(run, network_id)
    told = those_of(run, network)
    return answer(
        "rounds/questions/network.html",
        run=run,
        network=network,
        shortages=told,
        text=to_network(run.round.name, network.name, [one.line for one in told]),
    )


@blueprint.get("/runs/<int:run_id>/shortages/<int:network_id>.csv")
@requires(Permission.RUN_ROUNDS)
def download_shortages(run_id: int, network_id: int) -> Response:
    run = solved_reached(run_id)
    network = network_in(run, network_id)
    rows = [
        (network.name, "; ".join(one.specialties), one.words, one.placed, one.bettered)
        for one in those_of(run, network)
    ]
    response = Response(csv_of(HEADINGS, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="run-{run.id}-shortages-{network.id}.csv"'
    return response


def network_in(run: Run, network_id: int) -> Network:
    network: Network = found(next((one for one in run.round.networks if one.id == network_id), None))
    return network


def those_of(run: Run, network: Network) -> Sequence[Shortage]:
    """What was found for a network; nothing before anybody asked."""
    state = asked(run, QuestionKind.SHORTAGES)
    if not state["is_answered"]:
        return ()
    return [one for one in shortages_told(db.session(), run, state["question"].answer) if one.is_in(network.id)]
