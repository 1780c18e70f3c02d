"""Pages on which people enter, check, except and end what covers a need."""

from datetime import timedelta

from flask import Response, url_for

from app.models.course.readiness import Cover, Need
from app.phrasebook.readiness import NEEDS
from app.platform.clock import today
from app.platform.db import db
from app.readiness import service
from app.readiness.base_views import blueprint, cover_reached, need_reached
from app.readiness.forms import NO, YES, EndCoverForm, EvidenceForm, ExceptionForm, PaperForm, ReasonForm
from app.rules.readiness.parts import can_check, parts_of
from app.rules.readiness.site_rules import rule_at
from app.web.access import Permission, requires, signed_in
from app.web.deeds.messages import flash
from app.web.fields import Form
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

DAY = timedelta(days=1)


def back_to(need: Need) -> Response:
    return go_to(url_for("readiness.need", need_id=need.id))


def page(template: str, form: Form, need: Need, cover: Cover | None = None) -> Response:
    return answer(
        template,
        form=form,
        need=need,
        cover=cover,
        placement=need.placement,
        told=NEEDS[need.kind],
        rule=rule_at(db.session(), need.placement.opening.organisation_id),
        counts=can_check(need.kind, parts_of(signed_in(), need.placement)),
        today=today(),
        status=form.status,
    )


@blueprint.get("/before-start/<int:need_id>/enter")
@requires(Permission.SEE_READINESS)
def ask_evidence(need_id: int) -> Response:
    need = need_reached(need_id)
    return page("readiness/enter.html", evidence_form(need, formdata=None), need)


@blueprint.post("/before-start/<int:need_id>/enter")
@requires(Permission.SEE_READINESS)
def enter(need_id: int) -> Response:
    need = need_reached(need_id)
    form = evidence_form(need)
    if form.does(lambda: service.enter(db.session(), need, form.evidence, form.is_sure.data, this_occasion())):
        counts = can_check(need.kind, parts_of(signed_in(), need.placement))
        flash("It is in place." if counts else "Thank you. It counts once somebody has checked it, who has been told.")
        return back_to(need)
    return page("readiness/enter.html", form, need)


def evidence_form(need: Need, **given: object) -> EvidenceForm:
    form = EvidenceForm(**given)
    form.ask_about(need.kind)
    return form


@blueprint.post("/before-start/entries/<int:cover_id>/check")
@requires(Permission.CHECK_READINESS)
def check(cover_id: int) -> Response:
    cover = cover_reached(cover_id)
    service.check(db.session(), cover, this_occasion())
    flash("You have said that you have seen it. It counts.")
    return back_to(cover.need)


@blueprint.get("/before-start/entries/<int:cover_id>/send-back")
@requires(Permission.CHECK_READINESS)
def ask_why(cover_id: int) -> Response:
    cover = cover_reached(cover_id)
    return page("readiness/send_back.html", ReasonForm(formdata=None), cover.need, cover)


@blueprint.post("/before-start/entries/<int:cover_id>/send-back")
@requires(Permission.CHECK_READINESS)
def send_back(cover_id: int) -> Response:
    cover, form = cover_reached(cover_id), ReasonForm()
    reason = str(form.reason.data)
    if form.does(lambda: service.send_back(db.session(), cover, reason, form.is_sure.data, this_occasion())):
        flash("It was sent back. Whoever entered it has been told why, and can enter it again.")
        return back_to(cover.need)
    return page("readiness/send_back.html", form, cover.need, cover)


@blueprint.get("/before-start/entries/<int:cover_id>/end")
@requires(Permission.CHECK_READINESS)
def ask_end(cover_id: int) -> Response:
    cover = cover_reached(cover_id)
    yesterday = today() - DAY
    form = EndCoverForm(formdata=None, last_day=min(yesterday, cover.until_on or yesterday))
    return page("readiness/end.html", form, cover.need, cover)


@blueprint.post("/before-start/entries/<int:cover_id>/end")
@requires(Permission.CHECK_READINESS)
def end(cover_id: int) -> Response:
    cover, form = cover_reached(cover_id), EndCoverForm()
    if form.does(lambda: end_as_said(cover, form)):
        flash("It no longer counts. Learner, mentor and the other coordinators have been told.")
        return back_to(cover.need)
    return page("readiness/end.html", form, cover.need, cover)


def end_as_said(cover: Cover, form: EndCoverForm) -> None:
    reason, is_sure = str(form.reason.data), bool(form.is_sure.data)
    service.end_cover(db.session(), cover, form.last_day.given, reason, is_sure, this_occasion())


@blueprint.get("/before-start/<int:need_id>/except")
@requires(Permission.OVERSEE_PLACEMENTS)
def ask_exception(need_id: int) -> Response:
    return page("readiness/except.html", ExceptionForm(formdata=None), need_reached(need_id))


@blueprint.post("/before-start/<int:need_id>/except")
@requires(Permission.OVERSEE_PLACEMENTS)
def make_exception(need_id: int) -> Response:
    need, form = need_reached(need_id), ExceptionForm()
    if form.does(lambda: except_as_said(need, form)):
        flash(f"The exception counts until {form.until_on.in_words}. Learner and mentor have been told.")
        return back_to(need)
    return page("readiness/except.html", form, need)


def except_as_said(need: Need, form: ExceptionForm) -> None:
    reason, is_sure = str(form.reason.data), bool(form.is_sure.data)
    service.make_exception(db.session(), need, form.until_on.given, reason, is_sure, this_occasion())


@blueprint.get("/before-start/<int:need_id>/not-needed")
@requires(Permission.OVERSEE_PLACEMENTS)
def ask_not_needed(need_id: int) -> Response:
    return page("readiness/not_needed.html", ReasonForm(formdata=None), need_reached(need_id))


@blueprint.post("/before-start/<int:need_id>/not-needed")
@requires(Permission.OVERSEE_PLACEMENTS)
def say_not_needed(need_id: int) -> Response:
    need, form = need_reached(need_id), ReasonForm()
    reason = str(form.reason.data)
    if form.does(lambda: service.say_not_needed(db.session(), need, reason, form.is_sure.data, this_occasion())):
        flash("It is not needed for this placement. The list says so, with your reason.")
        return back_to(need)
    return page("readiness/not_needed.html", form, need)


@blueprint.post("/before-start/<int:need_id>/needed")
@requires(Permission.OVERSEE_PLACEMENTS)
def say_needed(need_id: int) -> Response:
    need = need_reached(need_id)
    service.say_needed(db.session(), need, this_occasion())
    flash("It is needed again.")
    return back_to(need)


@blueprint.get("/before-start/<int:need_id>/paper")
@requires(Permission.CHECK_READINESS)
def ask_paper(need_id: int) -> Response:
    need = need_reached(need_id)
    bears = None if need.bears_on_care is None else YES if need.bears_on_care else NO
    form = PaperForm(formdata=None, employment=need.employment.name if need.employment else None, bears_on_care=bears)
    return page("readiness/paper.html", form, need)


@blueprint.post("/before-start/<int:need_id>/paper")
@requires(Permission.CHECK_READINESS)
def say_paper(need_id: int) -> Response:
    need, form = need_reached(need_id), PaperForm()
    if form.does(lambda: service.say_paper(db.session(), need, *form.answers, this_occasion())):
        flash("That decides the paper: this page says which it is.")
        return back_to(need)
    return page("readiness/paper.html", form, need)
