"""Pages on which a university sees its learners' progress and records credit."""

from dataclasses import replace
from functools import partial

from flask import Blueprint, Response, request, url_for

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import Enrolment
from app.platform.clock import now, today
from app.platform.db import db
from app.progress import service
from app.progress.at_risk import Running, reasons_about, running_of
from app.progress.credit import counting
from app.progress.download import HEADINGS, rows_of_learners
from app.progress.forms import EARNED, CreditForm
from app.progress.home import home_items_of
from app.progress.queries import (
    enrolment_decided_by,
    enrolment_ids_seen_by,
    enrolment_seen_by,
    names_of,
    programmes_seen_by,
)
from app.progress.standing import in_order, standings_of, standings_with_ids
from app.rules.record_totals import summaries, summaries_with_earlier, workplace_of
from app.rules.timeline import moments_of, number_on_record, workplace_steps
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.delivery.files import csv_file
from app.web.edge.numbers import id_asked, page_asked, words_asked
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.paging import Page, page_of_rows, page_through
from app.web.workplace_picture import picture_of

blueprint = Blueprint("progress", __name__)
HOME_SOURCES = (home_items_of,)


@blueprint.get("/progress")
@requires(Permission.SEE_PROGRESS)
def learners() -> Response:
    session, day = db.session(), today()
    running = running_of(session, signed_in(), day)
    page = page_of_rows(ids_asked_for(running), page_asked())
    return answer(
        "progress/learners.html",
        "progress/_learners.html",
        announce=count(page.total, "learner"),
        page=replace(page, rows=standings_with_ids(session, signed_in(), page.rows, running.reasons)),
        programmes=programmes_seen_by(session, signed_in()),
        at_risk=len(running.at_risk),
        chosen=asked(),
        today=day,
    )


@blueprint.get("/progress.csv")
@requires(Permission.SEE_PROGRESS)
def download() -> Response:
    session, person, day = db.session(), signed_in(), today()
    running = running_of(session, person, day)
    ids, reasons = ids_asked_for(running), running.reasons
    return csv_file(
        f"learners-{day.isoformat()}.csv", HEADINGS, lambda apart: rows_of_learners(apart, person.id, ids, reasons, day)
    )


def asked() -> dict[str, str]:
    """The filters that the address names."""
    return {name: request.args[name] for name in ("q", "programme", "risk") if request.args.get(name)}


def ids_asked_for(running: Running) -> list[int]:
    """The enrolments of the list that the address asks for, in its order."""
    ids = enrolment_ids_seen_by(db.session(), signed_in(), words_asked(), id_asked("programme"))
    at_risk = {one.enrolment_id for one in running.at_risk}
    return in_order(ids, at_risk, only_at_risk=bool(request.args.get("risk")))


@blueprint.get("/progress/<int:enrolment_id>")
@requires(Permission.SEE_PROGRESS)
def show(enrolment_id: int) -> Response:
    enrolled: tuple[Enrolment, Person] = found(enrolment_seen_by(db.session(), signed_in(), enrolment_id))
    note_opening(*enrolled)
    standing = standings_of(db.session(), [enrolled], {})[0]
    reasons = reasons_about(db.session(), standing.placement.id, today()) if standing.placement else []
    sums = summaries(db.session(), [placement.id for placement in standing.placements])
    together = summaries_with_earlier(db.session(), standing.placements)
    workplaces = {one.id: workplace_of(one, together[one.id]) for one in standing.placements}
    return answer(
        "progress/learner.html",
        standing=replace(standing, risks=reasons),
        decisions=counting(standing.enrolment.decisions),
        deciders=names_of(db.session(), (one.decided_by_id for one in standing.enrolment.decisions)),
        sums=sums,
        records={one.id: record_page(one) for one in standing.placements},
        pictures={
            one.id: picture_of(workplaces[one.id], workplace_steps(db.session(), one), today())
            for one in standing.placements[-1:]
        },
        may_decide=enrolment_decided_by(db.session(), signed_in(), enrolment_id) is not None,
        today=today(),
    )


def record_page(placement: Placement) -> Page:
    """The page of a record that the address names; that of each placement, where there are several."""
    number, total = page_asked(), number_on_record(db.session(), placement)
    return page_through(total, number, partial(moments_of, db.session(), placement))


@blueprint.get("/progress/<int:enrolment_id>/credit")
@requires(Permission.DECIDE_CREDIT)
def ask_credit(enrolment_id: int) -> Response:
    enrolment, learner = found(enrolment_decided_by(db.session(), signed_in(), enrolment_id))
    form = CreditForm(formdata=None, decided_on=today())
    form.offer_modules(enrolment.programme.modules)
    return answer("progress/credit.html", form=form, enrolment=enrolment, learner=learner)


@blueprint.post("/progress/<int:enrolment_id>/credit")
@requires(Permission.DECIDE_CREDIT)
def decide(enrolment_id: int) -> Response:
    enrolment, learner = found(enrolment_decided_by(db.session(), signed_in(), enrolment_id))
    form = CreditForm()
    form.offer_modules(enrolment.programme.modules)
    if form.validate() and save(form, enrolment, learner):
        flash(f"The decision is recorded, and {learner.name} has been told.")
        return go_to(url_for("progress.show", enrolment_id=enrolment.id))
    return answer("progress/credit.html", status=form.status, form=form, enrolment=enrolment, learner=learner)


def save(form: CreditForm, enrolment: Enrolment, learner: Person) -> bool:
    """Record what the form says; False, with the reason on the form, when a rule refuses it."""
    module = next(module for module in enrolment.programme.modules if str(module.id) == form.module.data)
    try:
        service.decide_credit(
            db.session(),
            signed_in(),
            enrolment,
            learner,
            module,
            is_earned=form.outcome.data == EARNED,
            decided_on=form.decided_on.given,
            now=now(),
            today=today(),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True
