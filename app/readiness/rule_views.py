"""Pages on which a coordinator says what a site asks before a start, and an administrator what holds elsewhere."""

from flask import Response, url_for

from app.language.refusal import Refused
from app.models.organisations import Organisation
from app.platform.db import db
from app.readiness import queries, service
from app.readiness.base_views import blueprint
from app.readiness.forms import RuleForm
from app.rules.readiness.site_rules import NAMES, newest_rule, rule_at
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get("/what-sites-ask/<int:organisation_id>")
@requires(Permission.OVERSEE_PLACEMENTS)
def site_rule(organisation_id: int) -> Response:
    organisation = organisation_reached(organisation_id)
    return rule_page(form_of(organisation, formdata=None), organisation)


@blueprint.post("/what-sites-ask/<int:organisation_id>")
@requires(Permission.OVERSEE_PLACEMENTS)
def set_site_rule(organisation_id: int) -> Response:
    return take(organisation_reached(organisation_id))


@blueprint.get("/what-sites-ask")
@requires(Permission.SET_READINESS)
def general_rule() -> Response:
    return rule_page(form_of(None, formdata=None), None)


@blueprint.post("/what-sites-ask")
@requires(Permission.SET_READINESS)
def set_general_rule() -> Response:
    return take(None)


def take(organisation: Organisation | None) -> Response:
    form, row = RuleForm(), newest_rule(db.session(), organisation.id if organisation else None)
    if form.validate() and (row is None or form.rests_on(form_of(organisation, formdata=None), row)):
        try:
            service.set_rule(db.session(), organisation, form.rule, this_occasion())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("It counts for what is entered, and for placements that are agreed, from now on.")
            return go_to(address_of(organisation))
    return rule_page(form, organisation)


def rule_page(form: RuleForm, organisation: Organisation | None) -> Response:
    row = newest_rule(db.session(), organisation.id if organisation else None)
    return answer(
        "readiness/rule.html",
        form=form,
        organisation=organisation,
        row=row,
        action=address_of(organisation),
        status=form.status,
    )


def form_of(organisation: Organisation | None, **given: object) -> RuleForm:
    rule = rule_at(db.session(), organisation.id if organisation else None)
    return RuleForm(**given, **{name: getattr(rule, name) for name in NAMES})


def address_of(organisation: Organisation | None) -> str:
    if organisation is None:
        return url_for("readiness.general_rule")
    return url_for("readiness.site_rule", organisation_id=organisation.id)


def organisation_reached(organisation_id: int) -> Organisation:
    organisation: Organisation = found(queries.organisation_ruled_by(db.session(), signed_in(), organisation_id))
    return organisation
