"""Pages on which a sign-off is asked for, attested, confirmed by a mentor who may, and decided."""

from flask import Response, request

from app.models.operations.parties import Party
from app.models.placements import Placement
from app.platform.clock import today
from app.platform.db import db
from app.rules.sign_offs.facts import facts_of
from app.rules.sign_offs.standing import PlacementSignOff, sign_off_of
from app.rules.signing.canonical import canonical_text, digest_of
from app.sign_offs import queries, service
from app.sign_offs.base_views import (
    OF_PLACEMENT,
    about_facts,
    as_it_is_now,
    back_to,
    blueprint,
    deeds_of,
    form_page,
    link_address,
    not_to_do,
    placement_by,
    refused,
    seen_placement,
)
from app.sign_offs.forms import OTHER, SELF, AttestForm, ConfirmForm, DecideForm
from app.web.access import Permission, requires, signed_in
from app.web.deeds.messages import flash
from app.web.occasions import this_occasion


@blueprint.post(f"{OF_PLACEMENT}/ask")
@requires(Permission.ASK_SIGN_OFF)
def ask(placement_id: int) -> Response:
    placement = seen_placement(placement_id)
    refusal = refused(lambda: service.ask(db.session(), this_occasion(), placement))
    if refusal:
        return as_it_is_now(placement_id, refusal)
    is_mentor = placement.mentor_id == signed_in().id
    other = placement.learner if is_mentor else placement.mentor
    next_deed = "Attest the record next." if is_mentor else "You are told what becomes of it."
    flash(f"The sign-off is asked for, and {other.name} is told by email. {next_deed}")
    return back_to(placement)


@blueprint.get(f"{OF_PLACEMENT}/attest")
@requires(Permission.ATTEST_SIGN_OFF)
def ask_attestation(placement_id: int) -> Response:
    placement = placement_by(queries.placement_of_mentor, placement_id)
    latest = sign_off_of(db.session(), placement)
    if latest is None or not deeds_of(placement, latest)["can_attest"]:
        return back_to(placement)
    return attest_page(AttestForm(formdata=None, **values_of(latest)), placement)


def values_of(latest: PlacementSignOff) -> dict[str, str]:
    """What the form begins with where it was attested before."""
    sign_off = latest.sign_off
    if not sign_off.attested:
        return {"role": "Principal investigator"}
    is_self = sign_off.confirmer_id == sign_off.placement.mentor_id
    named = {} if is_self else {"name": sign_off.confirmer_name, "email": sign_off.confirmer_email}
    said = [one.reason for one in sign_off.words if one.party == Party.MENTOR.value]
    return {
        "words": sign_off.attested,
        "reason": said[-1] if said else "",
        "who": SELF if is_self else OTHER,
        "role": sign_off.confirmer_role,
        **named,
    }


@blueprint.post(f"{OF_PLACEMENT}/attest")
@requires(Permission.ATTEST_SIGN_OFF)
def attest(placement_id: int) -> Response:
    placement = placement_by(queries.placement_of_mentor, placement_id)
    form = AttestForm()
    if form.does(lambda: attest_as_said(placement, form)):
        if form.attestation.is_confirmer:
            flash("You have attested it. The university is told by email, and says whether you may also confirm it.")
        else:
            flash("You have attested it. Whoever you named gets a link by email to confirm it.")
        return back_to(placement)
    return attest_page(form, placement)


def attest_as_said(placement: Placement, form: AttestForm) -> None:
    seen, is_sure = request.form.get("seen", ""), bool(form.is_sure.data)
    service.attest(db.session(), this_occasion(), placement, form.attestation, seen, link_address, is_sure=is_sure)


def attest_page(form: AttestForm, placement: Placement) -> Response:
    facts = facts_of(db.session(), placement, today())
    seen = digest_of(canonical_text(facts))
    return form_page("sign_offs/attest.html", form, placement, seen=seen, **about_facts(facts))


@blueprint.post(f"{OF_PLACEMENT}/link")
@requires(Permission.ATTEST_SIGN_OFF)
def send_link(placement_id: int) -> Response:
    placement = placement_by(queries.placement_of_mentor, placement_id)
    refusal = refused(lambda: service.send_link_again(db.session(), this_occasion(), placement, link_address))
    if refusal:
        return as_it_is_now(placement_id, refusal)
    flash("A new link is on its way. The one that was sent before no longer works.")
    return back_to(placement)


@blueprint.get(f"{OF_PLACEMENT}/confirm")
@requires(Permission.ATTEST_SIGN_OFF)
def ask_confirmation(placement_id: int) -> Response:
    placement = placement_by(queries.placement_of_mentor, placement_id)
    return confirm_page(ConfirmForm(formdata=None), placement)


@blueprint.post(f"{OF_PLACEMENT}/confirm")
@requires(Permission.ATTEST_SIGN_OFF)
def confirm(placement_id: int) -> Response:
    """A mentor who may stand in both parts confirms it herself."""
    placement = placement_by(queries.placement_of_mentor, placement_id)
    form = ConfirmForm()
    if form.does(lambda: confirm_as_said(placement, form)):
        flash("You have confirmed it. Whoever decides for the university is told by email.")
        return back_to(placement)
    return confirm_page(form, placement)


def confirm_as_said(placement: Placement, form: ConfirmForm) -> None:
    words, seen, is_sure = str(form.words.data), request.form.get("seen", ""), bool(form.is_sure.data)
    service.confirm(db.session(), this_occasion(), placement, signed_in(), words, seen, is_sure=is_sure)


def confirm_page(form: ConfirmForm, placement: Placement) -> Response:
    latest = sign_off_of(db.session(), placement)
    if latest is None or not deeds_of(placement, latest)["can_confirm"]:
        return not_to_do(form, placement)
    facts = about_facts(latest.sign_off.facts)
    return form_page("sign_offs/confirm.html", form, placement, latest=latest, seen=latest.digest, **facts)


@blueprint.get(f"{OF_PLACEMENT}/decide")
@requires(Permission.DECIDE_SIGN_OFF)
def ask_decision(placement_id: int) -> Response:
    placement = placement_by(queries.placement_decided, placement_id)
    return decide_page(DecideForm(formdata=None), placement)


@blueprint.post(f"{OF_PLACEMENT}/decide")
@requires(Permission.DECIDE_SIGN_OFF)
def decide(placement_id: int) -> Response:
    placement = placement_by(queries.placement_decided, placement_id)
    form = DecideForm()
    if form.does(lambda: decide_as_said(placement, form)):
        flash(f"The placement is signed off. {placement.learner.name} and all who signed are told by email.")
        return back_to(placement)
    return decide_page(form, placement)


def decide_as_said(placement: Placement, form: DecideForm) -> None:
    words, reason = form.words.data or "", form.reason.data or ""
    seen, is_sure = request.form.get("seen", ""), bool(form.is_sure.data)
    service.decide(db.session(), this_occasion(), placement, words, reason, seen, is_sure=is_sure)


def decide_page(form: DecideForm, placement: Placement) -> Response:
    latest = sign_off_of(db.session(), placement)
    if latest is None or not deeds_of(placement, latest)["can_decide"]:
        return not_to_do(form, placement)
    facts = about_facts(latest.sign_off.facts)
    return form_page("sign_offs/decide.html", form, placement, latest=latest, seen=latest.digest, **facts)
