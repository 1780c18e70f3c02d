"""Pages that fix a pairing with a reason, and lift it again."""

from collections.abc import Sequence

from flask import Blueprint, Response, request, url_for

from app.language.refusal import Refused
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Pin, PinKind
from app.platform.clock import now, today
from app.platform.db import db
from app.rounds import queries
from app.rounds.inputs import inputs_among
from app.rounds.one_request.choice import possible_for
from app.rounds.one_request.interest import index_of_round
from app.rounds.pins import service
from app.rounds.pins.choices import openings_to_pin, standing_of
from app.rounds.pins.forms import PinForm
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to

blueprint = Blueprint("pins", __name__)


@blueprint.get("/rounds/<int:round_id>/pins")
@requires(Permission.RUN_ROUNDS)
def index(round_id: int) -> Response:
    round_ = found(queries.round_of(db.session(), signed_in(), round_id))
    page = queries.pins_listed(db.session(), round_, page_asked())
    return answer("rounds/pins/pins.html", round=round_, page=page, standing=standing_on(round_, page.rows))


@blueprint.get("/rounds/<int:round_id>/requests/<int:request_id>/pin")
@requires(Permission.RUN_ROUNDS)
def new(round_id: int, request_id: int) -> Response:
    round_, wish = round_and_request(round_id, request_id)
    form = pin_form(round_, wish)
    form.opening_id.data = request.args.get("opening", "")
    return answer("rounds/pins/pin.html", round=round_, wish=wish, form=form)


@blueprint.post("/rounds/<int:round_id>/requests/<int:request_id>/pin")
@requires(Permission.RUN_ROUNDS)
def pin(round_id: int, request_id: int) -> Response:
    round_, wish = round_and_request(round_id, request_id)
    form = pin_form(round_, wish)
    if form.validate():
        opening_id = int(form.opening_id.data)
        inputs = inputs_among(db.session(), round_, today(), [wish.id], [opening_id])
        kind = PinKind(form.kind.data)
        try:
            service.pin_pairing(
                db.session(),
                signed_in(),
                now(),
                round_,
                inputs,
                wish,
                opening_id,
                kind,
                form.reason.data,
                is_sure=form.is_sure.data,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"{wish.learner.name} is pinned. Every run from now on keeps this pairing.")
            return go_to(url_for("rounds.pins.index", round_id=round_.id))
    return answer("rounds/pins/pin.html", round=round_, wish=wish, form=form, status=form.status)


@blueprint.post("/rounds/<int:round_id>/pins/<int:pin_id>/lift")
@requires(Permission.RUN_ROUNDS)
def lift(round_id: int, pin_id: int) -> Response:
    round_ = found(queries.round_of(db.session(), signed_in(), round_id))
    pin = found(queries.pin_in(db.session(), round_, pin_id))
    service.lift_pin(db.session(), signed_in(), now(), round_, pin)
    flash(f"The pin of {pin.request.learner.name} is lifted. The next run decides freely.")
    return go_to(url_for("rounds.pins.index", round_id=round_.id))


def round_and_request(round_id: int, request_id: int) -> tuple[MatchRound, PlacementRequest]:
    round_ = found(queries.round_of(db.session(), signed_in(), round_id))
    return round_, found(queries.request_in_round(db.session(), round_, request_id))


def pin_form(round_: MatchRound, wish: PlacementRequest) -> PinForm:
    form = PinForm()
    session = db.session()
    possible = possible_for(session, round_, index_of_round(session, round_), wish, today())
    form.opening_id.choices = [("", "Choose"), *openings_to_pin(session, wish, possible)]
    return form


def standing_on(round_: MatchRound, pins: Sequence[Pin]) -> dict[int, str]:
    """Why pins cannot be kept; after publication nobody asks."""
    if not round_.is_worked_on:
        return {}
    inputs = inputs_among(
        db.session(), round_, today(), {pin.request_id for pin in pins}, {pin.opening_id for pin in pins}
    )
    return standing_of(pins, inputs)
