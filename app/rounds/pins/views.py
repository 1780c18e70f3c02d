"""Pages that fix a pairing with a reason, ask for its evidence to be seen, and lift it again."""

from collections.abc import Sequence

from flask import Blueprint, Response, request, url_for

from app.language.refusal import Overtaken, Refused
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import EvidenceKind, Pin, PinKind
from app.platform.clock import now, today
from app.platform.db import db
from app.rounds import queries
from app.rounds.inputs import inputs_among
from app.rounds.one_request.choice import possible_for
from app.rounds.one_request.interest import index_of_round
from app.rounds.pins import service
from app.rounds.pins.choices import openings_to_pin, standing_of
from app.rounds.pins.forms import EvidenceForm, PinForm, needs_evidence
from app.rounds.pins.lists.views import blueprint as lists
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("pins", __name__)
blueprint.register_blueprint(lists)
KEPT = "Every run from now on keeps this pairing."
WAITS = "No run begins until another coordinator of this round has seen the evidence. They were told by email."
NOBODY = (
    "No run begins until another coordinator of this round has seen the evidence, and there is none yet: ask an "
    "administrator to give somebody that role."
)


@blueprint.get("/rounds/<int:round_id>/pins")
@requires(Permission.RUN_ROUNDS)
def index(round_id: int) -> Response:
    round_ = found(queries.round_of(db.session(), signed_in(), round_id))
    page = queries.pins_listed(db.session(), round_, page_asked())
    return answer(
        "rounds/pins/pins.html", round=round_, page=page, standing=standing_on(round_, page.rows), reader=signed_in()
    )


@blueprint.get("/rounds/<int:round_id>/requests/<int:request_id>/pin")
@requires(Permission.RUN_ROUNDS)
def new(round_id: int, request_id: int) -> Response:
    round_, wish = round_and_request(round_id, request_id)
    form = pin_form(round_, wish)
    form.opening_id.data = request.args.get("opening", "")
    return pin_page(round_, wish, form)


@blueprint.post("/rounds/<int:round_id>/requests/<int:request_id>/pin")
@requires(Permission.RUN_ROUNDS)
def pin(round_id: int, request_id: int) -> Response:
    round_, wish = round_and_request(round_id, request_id)
    form = pin_form(round_, wish)
    if form.validate():
        opening_id = int(form.opening_id.data)
        inputs = inputs_among(db.session(), round_, today(), [wish.id], [opening_id])
        try:
            service.pin_pairing(
                db.session(),
                signed_in(),
                round_,
                inputs,
                wish,
                opening_id,
                why_of(form),
                is_sure=form.is_sure.data,
                occasion=this_occasion(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"{wish.learner.name} is pinned. {what_next(round_, form)}")
            return go_to(url_for("rounds.pins.index", round_id=round_.id))
    return pin_page(round_, wish, form)


def pin_page(round_: MatchRound, wish: PlacementRequest, form: PinForm) -> Response:
    is_to_be_shown = needs_evidence(PinKind.CIRCUMSTANCES)
    return answer(
        "rounds/pins/pin.html", round=round_, wish=wish, form=form, is_to_be_shown=is_to_be_shown, status=form.status
    )


@blueprint.get("/rounds/<int:round_id>/pins/<int:pin_id>/evidence")
@requires(Permission.RUN_ROUNDS)
def ask_evidence(round_id: int, pin_id: int) -> Response:
    round_, pin = round_and_pin(round_id, pin_id)
    form = EvidenceForm(formdata=None, seen_on=today())
    return answer("rounds/pins/evidence.html", round=round_, pin=pin, form=form, is_author=is_author(pin))


@blueprint.post("/rounds/<int:round_id>/pins/<int:pin_id>/evidence")
@requires(Permission.RUN_ROUNDS)
def see_evidence(round_id: int, pin_id: int) -> Response:
    (round_, pin), form = round_and_pin(round_id, pin_id), EvidenceForm()
    if form.validate():
        kind, seen_on = EvidenceKind(form.kind.data), form.seen_on.given
        try:
            service.say_evidence_seen(db.session(), signed_in(), round_, pin, kind, seen_on, this_occasion())
        except Overtaken:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(
                f"You have seen the evidence: that is noted. Every run keeps the pairing of {pin.request.learner.name}."
            )
            return go_to(url_for("rounds.pins.index", round_id=round_.id))
    return answer(
        "rounds/pins/evidence.html", status=form.status, round=round_, pin=pin, form=form, is_author=is_author(pin)
    )


@blueprint.post("/rounds/<int:round_id>/pins/<int:pin_id>/lift")
@requires(Permission.RUN_ROUNDS)
def lift(round_id: int, pin_id: int) -> Response:
    round_, pin = round_and_pin(round_id, pin_id)
    service.lift_pin(db.session(), signed_in(), now(), round_, pin)
    flash(f"The pin of {pin.request.learner.name} is lifted. The next run decides freely.")
    return go_to(url_for("rounds.pins.index", round_id=round_.id))


def round_and_request(round_id: int, request_id: int) -> tuple[MatchRound, PlacementRequest]:
    round_ = found(queries.round_of(db.session(), signed_in(), round_id))
    return round_, found(queries.request_in_round(db.session(), round_, request_id))


def round_and_pin(round_id: int, pin_id: int) -> tuple[MatchRound, Pin]:
    round_ = found(queries.round_of(db.session(), signed_in(), round_id))
    return round_, found(queries.pin_in(db.session(), round_, pin_id))


def is_author(pin: Pin) -> bool:
    return pin.author_id == signed_in().id


def why_of(form: PinForm) -> service.Why:
    """What a valid form says."""
    kind = PinKind(form.kind.data)
    return service.Why(kind, form.reason.data or "", form.named_circumstance, needs_evidence(kind))


def what_next(round_: MatchRound, form: PinForm) -> str:
    """What has to happen before runs keep the pin, and who knows."""
    if not needs_evidence(PinKind(form.kind.data)):
        return KEPT
    return WAITS if service.others_of_round(db.session(), round_, signed_in()) else NOBODY


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
