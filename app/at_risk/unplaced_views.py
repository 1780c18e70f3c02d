"""Pages of learners who start soon without a placement, on which one is put aside and had back."""

from dataclasses import replace

from flask import Blueprint, Response, current_app, request, url_for

from app.at_risk import unplaced, unplaced_service
from app.at_risk.forms import AcknowledgeForm
from app.at_risk.unplaced import Filters, Unplaced
from app.config import Settings
from app.language.numbers import count
from app.phrasebook.risks import unplaced_in_words
from app.platform.clock import today
from app.platform.db import db
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion
from app.web.paging import page_through

blueprint = Blueprint("unplaced", __name__)
OF_ONE = "/at-risk/unplaced/<int:enrolment_id>/<int:module_id>"


@blueprint.get("/at-risk/unplaced")
@requires(Permission.SEE_RISKS)
def index() -> Response:
    session, reader, day = db.session(), signed_in(), today()
    filters = Filters(words_asked(), bool(request.args.get("aside")))
    page = page_through(
        number_listed(filters),
        page_asked(),
        lambda first, rows: unplaced.part_of(session, reader, day, days(), filters, first, rows),
    )
    known = unplaced.known_about(session, day, [one.key for one in page.rows]) if filters.aside else {}
    rows = [
        (one, unplaced_in_words(one.module, one.starts_by, one.looking, day), known.get(one.key)) for one in page.rows
    ]
    return answer(
        "at_risk/unplaced.html",
        "at_risk/_unplaced.html",
        announce=count(page.total, "learner"),
        page=replace(page, rows=rows),
        filters=filters,
        days=days(),
    )


@blueprint.get(OF_ONE)
@requires(Permission.SEE_RISKS)
def ask(enrolment_id: int, module_id: int) -> Response:
    return aside_page(AcknowledgeForm(formdata=None), enrolment_id, module_id)


@blueprint.post(OF_ONE)
@requires(Permission.SEE_RISKS)
def put_aside(enrolment_id: int, module_id: int) -> Response:
    form, one = AcknowledgeForm(), listed_one(enrolment_id, module_id)
    if one is None or not form.does(lambda: put_aside_as_said(form, one)):
        return aside_page(form, enrolment_id, module_id)
    flash(f"It is put aside until {form.until_on.in_words}, or until the start comes nearer. All who watch see why.")
    return go_to(url_for("at_risk.unplaced.index"))


def put_aside_as_said(form: AcknowledgeForm, one: Unplaced) -> None:
    until, words, is_sure = form.until_on.given, form.words.data, bool(form.is_sure.data)
    unplaced_service.put_aside(db.session(), this_occasion(), one, until, words, is_sure=is_sure)


@blueprint.post(f"{OF_ONE}/back")
@requires(Permission.SEE_RISKS)
def have_back(enrolment_id: int, module_id: int) -> Response:
    enrolment, learner = found(unplaced.watched(db.session(), signed_in(), enrolment_id, module_id))
    unplaced_service.have_back(db.session(), this_occasion(), enrolment, learner, module_id)
    flash("It stands on the list again.")
    return go_to(url_for("at_risk.unplaced.index"))


def aside_page(form: AcknowledgeForm, enrolment_id: int, module_id: int) -> Response:
    """What is asked about; where the learner has a place by now, or does not start soon any more, the list says so."""
    _, learner = found(unplaced.watched(db.session(), signed_in(), enrolment_id, module_id))
    one = listed_one(enrolment_id, module_id)
    if one is None:
        flash(f"{learner.name} has a placement by now, or does not start soon any more.")
        return go_to(url_for("at_risk.unplaced.index"))
    sentence = unplaced_in_words(one.module, one.starts_by, one.looking, today())
    return answer("at_risk/put_unplaced_aside.html", status=form.status, form=form, one=one, sentence=sentence)


def listed_one(enrolment_id: int, module_id: int) -> Unplaced | None:
    return unplaced.one_of(db.session(), signed_in(), today(), days(), enrolment_id, module_id)


def number_listed(filters: Filters) -> int:
    return unplaced.number_of(db.session(), signed_in(), today(), days(), filters)


def days() -> int:
    settings: Settings = current_app.extensions["rpe_settings"]
    return settings.unplaced_days
