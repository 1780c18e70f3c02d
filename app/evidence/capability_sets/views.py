"""Pages on which a programme's lead edits its capabilities."""

from collections.abc import Callable

from flask import Response, url_for

from app.evidence.base_views import blueprint
from app.evidence.capability_sets import queries, service
from app.evidence.capability_sets.forms import CapabilityForm, RewordingForm, form_of
from app.language.numbers import count
from app.language.refusal import Refused
from app.models.course.capabilities import Capability
from app.models.programmes import Programme
from app.platform.clock import today
from app.platform.db import db
from app.rules.course.capability_page import capabilities_of
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get("/capabilities")
@requires(Permission.SET_CAPABILITIES)
def programmes() -> Response:
    return answer(
        "evidence/capability_sets/programmes.html",
        programmes=queries.programmes_led_by(db.session(), signed_in()),
        waiting=queries.number_unconfirmed(db.session(), signed_in()),
    )


@blueprint.get("/programmes/<int:programme_id>/capabilities")
@requires(Permission.SET_CAPABILITIES)
def capability_set(programme_id: int) -> Response:
    return set_page(own_programme(programme_id), CapabilityForm(formdata=None))


@blueprint.post("/programmes/<int:programme_id>/capabilities")
@requires(Permission.SET_CAPABILITIES)
def add_capability(programme_id: int) -> Response:
    programme, form = own_programme(programme_id), CapabilityForm()
    if not form.does(
        lambda: service.add_capability(db.session(), programme, form.name.data, form.words.data, this_occasion())
    ):
        return set_page(programme, form)
    flash("The capability is added. It is asked for from now on.")
    return go_to(address_of(programme))


@blueprint.post("/programmes/<int:programme_id>/capabilities/begin")
@requires(Permission.SET_CAPABILITIES)
def begin_set(programme_id: int) -> Response:
    programme, form = own_programme(programme_id), CapabilityForm(formdata=None)
    try:
        service.begin_set(db.session(), programme, this_occasion())
    except Refused as refusal:
        form.refuse(refusal)
        return set_page(programme, form)
    flash("The programme has the starting set now. Change it as you need, then confirm it.")
    return go_to(address_of(programme))


@blueprint.post("/programmes/<int:programme_id>/capabilities/confirm")
@requires(Permission.SET_CAPABILITIES)
def confirm_set(programme_id: int) -> Response:
    programme = own_programme(programme_id)
    confirmed = service.confirm_set(db.session(), programme, this_occasion())
    flash(
        f"{count(confirmed, 'capability', 'capabilities')} confirmed." if confirmed else "All were confirmed already."
    )
    return go_to(address_of(programme))


@blueprint.get("/capabilities/<int:capability_id>")
@requires(Permission.SET_CAPABILITIES)
def capability(capability_id: int) -> Response:
    row = own_capability(capability_id)
    return capability_page(row, form_of(row))


@blueprint.post("/capabilities/<int:capability_id>")
@requires(Permission.SET_CAPABILITIES)
def reword(capability_id: int) -> Response:
    row, form = own_capability(capability_id), RewordingForm()
    service.hold(db.session(), row.programme)
    if not (form.validate() and form.rests_on(form_of(row), row) and form.does(lambda: reword_as_said(form, row))):
        return capability_page(row, form)
    flash("It is as it was." if form.changes_nothing else "The new words count from now on.")
    return go_to(address_of(row.programme))


def reword_as_said(form: RewordingForm, row: Capability) -> None:
    service.reword(db.session(), row, form.name.data, form.words.data, this_occasion())


@blueprint.post("/capabilities/<int:capability_id>/retire")
@requires(Permission.SET_CAPABILITIES)
def retire(capability_id: int) -> Response:
    return done(capability_id, service.retire, "It is asked for no more. What was said about it stays.")


@blueprint.post("/capabilities/<int:capability_id>/bring-back")
@requires(Permission.SET_CAPABILITIES)
def bring_back(capability_id: int) -> Response:
    return done(capability_id, service.bring_back, "It is asked for again.")


@blueprint.post("/capabilities/<int:capability_id>/up")
@requires(Permission.SET_CAPABILITIES)
def move_up(capability_id: int) -> Response:
    return done(capability_id, service.move_up, "The order is changed.")


def done(capability_id: int, deed: Callable[..., None], words: str) -> Response:
    """What a deed with one capability that needs no words leads to."""
    row = own_capability(capability_id)
    form = form_of(row)
    try:
        deed(db.session(), row, this_occasion())
    except Refused as refusal:
        form.refuse(refusal)
        return capability_page(row, form)
    flash(words)
    return go_to(address_of(row.programme))


def set_page(programme: Programme, form: CapabilityForm) -> Response:
    every = capabilities_of(db.session(), programme.id)
    asked = [one for one in every if not one.is_retired]
    return answer(
        "evidence/capability_sets/set.html",
        status=form.status,
        form=form,
        programme=programme,
        capabilities=asked,
        retired=[one for one in every if one.is_retired],
        waiting=sum(one.wording.is_to_be_confirmed for one in asked),
        concerned=queries.number_of_placements(db.session(), programme, today()),
    )


def capability_page(row: Capability, form: RewordingForm) -> Response:
    concerned = queries.number_of_placements(db.session(), row.programme, today())
    return answer(
        "evidence/capability_sets/capability.html", status=form.status, form=form, capability=row, concerned=concerned
    )


def own_programme(programme_id: int) -> Programme:
    programme: Programme = found(queries.programme_led_by(db.session(), signed_in(), programme_id))
    return programme


def own_capability(capability_id: int) -> Capability:
    capability: Capability = found(queries.capability_led_by(db.session(), signed_in(), capability_id))
    return capability


def address_of(programme: Programme) -> str:
    return url_for("evidence.capability_set", programme_id=programme.id)
