"""Pages on which a sign-off is returned, voided, or one who stands in two parts of it is excepted."""

from flask import Response

from app.models.operations.parties import Party
from app.models.placements import Placement
from app.platform.db import db
from app.rules.sign_offs.parts import party_of
from app.rules.sign_offs.standing import sign_off_of
from app.sign_offs import ending, queries, service
from app.sign_offs.base_views import (
    OF_PLACEMENT,
    back_to,
    blueprint,
    deeds_of,
    form_page,
    not_to_do,
    placement_by,
    seen_placement,
)
from app.sign_offs.forms import ReturnForm, WhyForm
from app.web.access import Permission, refuse, requires, signed_in
from app.web.deeds.messages import flash
from app.web.occasions import this_occasion


@blueprint.get(f"{OF_PLACEMENT}/return")
@requires(Permission.RETURN_SIGN_OFF)
def ask_return(placement_id: int) -> Response:
    return return_page(ReturnForm(formdata=None), placement_returned(placement_id))


@blueprint.post(f"{OF_PLACEMENT}/return")
@requires(Permission.RETURN_SIGN_OFF)
def give_back(placement_id: int) -> Response:
    placement, form = placement_returned(placement_id), ReturnForm()
    if form.does(lambda: return_as_said(placement, form)):
        flash("It is returned. Learner and mentor, and whoever had signed, are told why by email.")
        return back_to(placement)
    return return_page(form, placement)


def placement_returned(placement_id: int) -> Placement:
    """The placement, for its mentor and for who decides; 403 for whoever only reads."""
    placement = seen_placement(placement_id)
    if party_of(db.session(), signed_in(), placement) not in (Party.MENTOR, Party.ACADEMIC_SUPERVISOR):
        refuse(403)
    return placement


def return_as_said(placement: Placement, form: ReturnForm) -> None:
    actor, party = signed_in(), party_of(db.session(), signed_in(), placement)
    assert party
    is_sure = bool(form.is_sure.data)
    ending.give_back(db.session(), this_occasion(), placement, party, actor, form.parts, is_sure=is_sure)


def return_page(form: ReturnForm, placement: Placement) -> Response:
    if not deeds_of(placement, sign_off_of(db.session(), placement))["can_return"]:
        return not_to_do(form, placement)
    return form_page("sign_offs/return.html", form, placement)


@blueprint.get(f"{OF_PLACEMENT}/void")
@requires(Permission.OVERSEE_SIGN_OFFS)
def ask_void(placement_id: int) -> Response:
    return void_page(WhyForm(formdata=None), placement_by(queries.placement_overseen, placement_id))


@blueprint.post(f"{OF_PLACEMENT}/void")
@requires(Permission.OVERSEE_SIGN_OFFS)
def void(placement_id: int) -> Response:
    placement, form = placement_by(queries.placement_overseen, placement_id), WhyForm()
    if form.does(lambda: void_as_said(placement, form)):
        flash("The sign-off is void. Learner and mentor, and all who signed, are told why by email.")
        return back_to(placement)
    return void_page(form, placement)


def void_as_said(placement: Placement, form: WhyForm) -> None:
    reason, is_sure = str(form.reason.data), bool(form.is_sure.data)
    ending.void(db.session(), this_occasion(), placement, reason, is_sure=is_sure)


def void_page(form: WhyForm, placement: Placement) -> Response:
    if not deeds_of(placement, sign_off_of(db.session(), placement))["can_void"]:
        return not_to_do(form, placement)
    return form_page("sign_offs/void.html", form, placement)


@blueprint.get(f"{OF_PLACEMENT}/except")
@requires(Permission.OVERSEE_SIGN_OFFS)
def ask_exception(placement_id: int) -> Response:
    return exception_page(WhyForm(formdata=None), placement_by(queries.placement_overseen, placement_id))


@blueprint.post(f"{OF_PLACEMENT}/except")
@requires(Permission.OVERSEE_SIGN_OFFS)
def grant_exception(placement_id: int) -> Response:
    placement, form = placement_by(queries.placement_overseen, placement_id), WhyForm()
    if form.does(lambda: except_as_said(placement, form)):
        flash(f"The exception is recorded. {placement.mentor.name} is told by email, and confirms it next.")
        return back_to(placement)
    return exception_page(form, placement)


def except_as_said(placement: Placement, form: WhyForm) -> None:
    reason, is_sure = str(form.reason.data), bool(form.is_sure.data)
    service.grant_exception(db.session(), this_occasion(), placement, reason, is_sure=is_sure)


def exception_page(form: WhyForm, placement: Placement) -> Response:
    if not deeds_of(placement, sign_off_of(db.session(), placement))["can_except"]:
        return not_to_do(form, placement)
    return form_page("sign_offs/except.html", form, placement)
