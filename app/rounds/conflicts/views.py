"""Pages on which a coordinator rules a pair out, sees which are, and makes an exception."""

from flask import Blueprint, Response, request, url_for

from app.language.refusal import Overtaken, Refused
from app.models.pairs.conflicts import Conflict, ConflictKind
from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.platform.clock import today
from app.platform.db import db
from app.rounds.conflicts import queries, service
from app.rounds.conflicts.forms import ConflictForm, ExceptionForm
from app.rounds.queries import request_in_round, round_of
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("conflicts", __name__)


@blueprint.get("/rounds/<int:round_id>/conflicts")
@requires(Permission.RUN_ROUNDS)
def index(round_id: int) -> Response:
    round_ = round_reached(round_id)
    page = queries.conflicts_listed(db.session(), signed_in(), round_, page_asked())
    return answer("rounds/conflicts/conflicts.html", round=round_, page=page, reader=signed_in())


@blueprint.get("/rounds/<int:round_id>/requests/<int:request_id>/conflict")
@requires(Permission.RUN_ROUNDS)
def new(round_id: int, request_id: int) -> Response:
    round_ = round_reached(round_id)
    form = conflict_form(round_)
    form.mentor_id.data = request.args.get("mentor", "")
    return answer("rounds/conflicts/conflict.html", round=round_, wish=wish_in(round_, request_id), form=form)


@blueprint.post("/rounds/<int:round_id>/requests/<int:request_id>/conflict")
@requires(Permission.RUN_ROUNDS)
def save(round_id: int, request_id: int) -> Response:
    round_ = round_reached(round_id)
    wish, form = wish_in(round_, request_id), conflict_form(round_)
    if form.validate():
        mentor = db.session().get_one(Person, int(form.mentor_id.data))
        try:
            service.record_conflict(
                db.session(),
                signed_in(),
                wish,
                mentor,
                ConflictKind(form.kind.data),
                form.reason.data,
                is_sure=form.is_sure.data,
                occasion=this_occasion(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(
                f"No round pairs {wish.learner.name} with {mentor.name} from now on. They hear of it only where an "
                "offer between them was taken back."
            )
            return go_to(url_for("rounds.conflicts.index", round_id=round_.id))
    return answer("rounds/conflicts/conflict.html", round=round_, wish=wish, form=form, status=form.status)


@blueprint.get("/rounds/<int:round_id>/conflicts/<int:conflict_id>/exception")
@requires(Permission.RUN_ROUNDS)
def ask_exception(round_id: int, conflict_id: int) -> Response:
    round_, conflict = round_and_conflict(round_id, conflict_id)
    form = ExceptionForm(formdata=None, agreed_on=today())
    return answer("rounds/conflicts/exception.html", round=round_, conflict=conflict, form=form)


@blueprint.post("/rounds/<int:round_id>/conflicts/<int:conflict_id>/exception")
@requires(Permission.RUN_ROUNDS)
def make_exception(round_id: int, conflict_id: int) -> Response:
    round_, conflict = round_and_conflict(round_id, conflict_id)
    form = ExceptionForm()
    if form.validate():
        try:
            service.except_from(
                db.session(),
                signed_in(),
                conflict,
                form.agreed_on.given,
                form.reason.data,
                is_sure=form.is_sure.data,
                occasion=this_occasion(),
            )
        except Overtaken:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"{conflict.learner.name} and {conflict.mentor.name} can be paired again. The next run decides.")
            return go_to(url_for("rounds.conflicts.index", round_id=round_.id))
    return answer("rounds/conflicts/exception.html", round=round_, conflict=conflict, form=form, status=form.status)


def conflict_form(round_: MatchRound) -> ConflictForm:
    form = ConflictForm()
    form.mentor_id.offer([("", "Choose"), *queries.mentors_in(db.session(), round_)])
    return form


def round_reached(round_id: int) -> MatchRound:
    round_: MatchRound = found(round_of(db.session(), signed_in(), round_id))
    return round_


def wish_in(round_: MatchRound, request_id: int) -> PlacementRequest:
    wish: PlacementRequest = found(request_in_round(db.session(), round_, request_id))
    return wish


def round_and_conflict(round_id: int, conflict_id: int) -> tuple[MatchRound, Conflict]:
    round_ = round_reached(round_id)
    return round_, found(queries.conflict_in(db.session(), signed_in(), round_, conflict_id))
