"""Pages on which learner and mentor ask for a change, and a learner answers a place to go on with."""

from flask import Blueprint, Response, url_for

from app.language.refusal import Overtaken, Refused
from app.models.course.changes_asked import AskedKind
from app.models.course.next_places import NextPlace
from app.models.placements import Placement
from app.phrasebook.obstacles import sentence, to_learner
from app.placements.changes import service
from app.placements.changes.forms import AskForm, LeaveForm, NoForm
from app.placements.changes.queries import next_place_of_learner, own_placement, waiting_wish
from app.platform.clock import today
from app.platform.db import db
from app.promises.course.asking import Wish
from app.rules.eligibility import Obstacle
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("changes", __name__)


@blueprint.get("/placements/<int:placement_id>/change")
@requires(Permission.SEE_PLACEMENT)
def ask(placement_id: int) -> Response:
    placement = own(placement_id)
    return ask_page(placement, form_for(placement, formdata=None))


@blueprint.post("/placements/<int:placement_id>/change")
@requires(Permission.SEE_PLACEMENT)
def send(placement_id: int) -> Response:
    placement = own(placement_id)
    form = form_for(placement)
    if form.validate():
        try:
            service.ask_for_change(
                db.session(), signed_in(), placement, wish_in(form), bool(form.is_sure.data), this_occasion()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("The coordinators have been told, and answer. Until then everything stays as it is.")
            return go_to(url_for("placements.show", placement_id=placement.id))
    return ask_page(placement, form)


def form_for(placement: Placement, **given: object) -> AskForm | LeaveForm:
    return AskForm(**given) if placement.learner_id == signed_in().id else LeaveForm(**given)


def wish_in(form: AskForm | LeaveForm) -> Wish:
    why = str(form.why.data)
    if isinstance(form, LeaveForm):
        return Wish(AskedKind.MENTOR_LEAVES, form.from_on.given, None, why)
    kind = AskedKind[str(form.kind.data)]
    return Wish(kind, form.from_on.given, form.until_on.data if kind is AskedKind.PAUSE else None, why)


def ask_page(placement: Placement, form: AskForm | LeaveForm) -> Response:
    return answer(
        "placements/changes/ask.html",
        placement=placement,
        form=form,
        is_learner=placement.learner_id == signed_in().id,
        is_over=not placement.can_change_on(today()),
        waiting=waiting_wish(db.session(), signed_in(), placement),
        status=form.status,
    )


@blueprint.post("/placements/<int:placement_id>/change/take-back")
@requires(Permission.SEE_PLACEMENT)
def take_back(placement_id: int) -> Response:
    placement = own(placement_id)
    service.take_back_wish(db.session(), signed_in(), placement, this_occasion())
    flash("You ask for no change any more. Everybody who was told has been told of that too.")
    return go_to(url_for("placements.show", placement_id=placement.id))


@blueprint.get("/next-places/<int:next_place_id>")
@requires(Permission.ANSWER_OFFER)
def next_place(next_place_id: int) -> Response:
    return next_place_page(own_next_place(next_place_id), NoForm(formdata=None))


@blueprint.post("/next-places/<int:next_place_id>/accept")
@requires(Permission.ANSWER_OFFER)
def accept(next_place_id: int) -> Response:
    place = own_next_place(next_place_id)
    try:
        after = service.accept_next_place(db.session(), signed_in(), place, this_occasion())
    except Overtaken as refusal:
        db.session().rollback()
        return next_place_page(own_next_place(next_place_id), NoForm(formdata=None), refusal.message, status=409)
    flash(
        f"Your placement goes on with {after.mentor.name}. Next: write to {after.mentor.name} and agree when you meet."
    )
    return go_to(url_for("placements.show", placement_id=after.id))


@blueprint.post("/next-places/<int:next_place_id>/decline")
@requires(Permission.ANSWER_OFFER)
def decline(next_place_id: int) -> Response:
    place, form = own_next_place(next_place_id), NoForm()
    if form.validate():
        try:
            service.decline_next_place(
                db.session(), signed_in(), place, str(form.why.data), bool(form.is_sure.data), this_occasion()
            )
        except Overtaken:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("You have said no. Your coordinators see why, and look further. Your record stays, and counts.")
            return go_to(url_for("home.show"))
    return next_place_page(place, form, status=form.status)


def next_place_page(place: NextPlace, form: NoForm, complaint: str = "", status: int = 200) -> Response:
    waits = place.is_open_on(today())
    return answer(
        "placements/changes/next_place.html",
        place=place,
        state=place.state_on(today()),
        waits=waits,
        why_broken=sentence(to_learner(Obstacle(place.broken_by))) if place.broken_by else "",
        hindrance=service.hindrance(db.session(), place, today()) if waits else "",
        form=form,
        complaint=complaint,
        status=status,
    )


def own(placement_id: int) -> Placement:
    placement: Placement = found(own_placement(db.session(), signed_in(), placement_id))
    return placement


def own_next_place(next_place_id: int) -> NextPlace:
    place: NextPlace = found(next_place_of_learner(db.session(), signed_in(), next_place_id))
    return place
