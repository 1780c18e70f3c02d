"""The page that says what each pin of a run costs."""

from flask import Response

from app.models.runs import QuestionKind
from app.platform.db import db
from app.rounds.questions.base_views import address_of, ask, asked, blueprint, solved_reached
from app.rounds.questions.telling.pins import has_pins, pins_told
from app.web.access import Permission, requires
from app.web.htmx import answer, go_to


@blueprint.get("/runs/<int:run_id>/pins")
@requires(Permission.RUN_ROUNDS)
def pins(run_id: int) -> Response:
    run = solved_reached(run_id)
    state = asked(run, QuestionKind.PINS)
    told = pins_told(db.session(), state["question"].answer) if state["is_answered"] else ()
    return answer("rounds/questions/pins.html", **state, pins=told, has_pins=has_pins(db.session(), run))


@blueprint.post("/runs/<int:run_id>/pins")
@requires(Permission.RUN_ROUNDS)
def ask_pins(run_id: int) -> Response:
    return go_to(address_of(ask(solved_reached(run_id), QuestionKind.PINS)))
