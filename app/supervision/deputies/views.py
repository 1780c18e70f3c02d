"""Pages on which a mentor names a deputy, who agrees or declines; both can end it."""

from flask import Blueprint, Response, url_for

from app.models.course.deputies import Deputy, DeputyState
from app.models.placements import Placement
from app.platform.clock import today
from app.platform.db import db
from app.platform.lifecycle import Party
from app.supervision.deputies import queries, service
from app.supervision.deputies.forms import DeclineForm, DeputyForm
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("deputies", __name__)


@blueprint.get("/placements/<int:placement_id>/deputies")
@requires(Permission.SEE_LEARNERS)
def of_placement(placement_id: int) -> Response:
    return name_page(own_placement(placement_id), DeputyForm(formdata=None))


@blueprint.post("/placements/<int:placement_id>/deputies")
@requires(Permission.SEE_LEARNERS)
def name(placement_id: int) -> Response:
    placement, form = own_placement(placement_id), DeputyForm()
    if not form.does(lambda: name_as_said(form, placement)):
        return name_page(placement, form)
    flash("Your deputy is asked by email. Nothing changes before the answer is yes; then you and the learner are told.")
    return go_to(url_for("supervision.deputies.of_placement", placement_id=placement_id))


def name_as_said(form: DeputyForm, placement: Placement) -> None:
    new = service.NewDeputy(form.email.data, form.starts_on.given, form.ends_on.given, form.reason.data)
    is_sure = bool(form.is_sure.data)
    service.name_deputy(db.session(), this_occasion(), placement, new, address_of, is_sure=is_sure)


def name_page(placement: Placement, form: DeputyForm) -> Response:
    return answer(
        "supervision/deputies/name.html",
        status=form.status,
        placement=placement,
        form=form,
        deputies=queries.deputies_of(db.session(), placement),
        today=today(),
    )


@blueprint.get("/deputies/<int:deputy_id>")
@requires(Permission.SEE_LEARNERS)
def show(deputy_id: int) -> Response:
    return deputy_page(own_deputy(deputy_id), DeclineForm(formdata=None))


@blueprint.post("/deputies/<int:deputy_id>/agree")
@requires(Permission.SEE_LEARNERS)
def agree(deputy_id: int) -> Response:
    deputy = own_answer(deputy_id)
    service.agree(db.session(), this_occasion(), deputy)
    learner, mentor = deputy.placement.learner.name, deputy.placement.mentor.name
    flash(f"You stand in for {mentor} then. {mentor} and {learner} are told by email.")
    return go_to(url_for("supervision.deputies.show", deputy_id=deputy_id))


@blueprint.post("/deputies/<int:deputy_id>/decline")
@requires(Permission.SEE_LEARNERS)
def decline(deputy_id: int) -> Response:
    deputy, form = own_answer(deputy_id), DeclineForm()
    if not form.does(lambda: decline_as_said(form, deputy)):
        return deputy_page(deputy, form)
    flash(f"You do not stand in. {deputy.placement.mentor.name} is told by email.")
    return go_to(url_for("home.show"))


def decline_as_said(form: DeclineForm, deputy: Deputy) -> None:
    service.decline(db.session(), this_occasion(), deputy, form.reason.data, is_sure=bool(form.is_sure.data))


@blueprint.post("/deputies/<int:deputy_id>/end")
@requires(Permission.SEE_LEARNERS)
def end(deputy_id: int) -> Response:
    deputy = own_deputy(deputy_id)
    party = Party.DEPUTY if deputy.person_id == signed_in().id else Party.MENTOR
    service.end(db.session(), this_occasion(), deputy, party)
    flash("It has ended. Everybody whom it concerns is told by email.")
    return go_to(url_for("supervision.deputies.show", deputy_id=deputy_id))


def own_placement(placement_id: int) -> Placement:
    placement: Placement = found(queries.placement_of_mentor(db.session(), signed_in(), placement_id))
    return placement


def own_deputy(deputy_id: int) -> Deputy:
    deputy: Deputy = found(queries.deputy_seen_by(db.session(), signed_in(), deputy_id))
    return deputy


def own_answer(deputy_id: int) -> Deputy:
    """What is for whoever was named to answer, and for nobody else."""
    deputy = own_deputy(deputy_id)
    found(deputy if deputy.person_id == signed_in().id else None)
    return deputy


def deputy_page(deputy: Deputy, form: DeclineForm) -> Response:
    is_deputy, is_open = deputy.person_id == signed_in().id, deputy.is_open_on(today())
    return answer(
        "supervision/deputies/deputy.html",
        status=form.status,
        deputy=deputy,
        form=form,
        is_deputy=is_deputy,
        asks=is_deputy and is_open and deputy.state is DeputyState.ASKED,
        can_end=is_open and (not is_deputy or deputy.state is DeputyState.AGREED),
        stands_in=deputy.stands_in_on(today()),
    )


def address_of(deputy: Deputy) -> str:
    return full_address("supervision.deputies.show", deputy_id=deputy.id)
