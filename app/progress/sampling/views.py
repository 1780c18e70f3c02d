"""Pages on which a university reads a sample of verified hours, and a programme lead reopens what is not right."""

from flask import Blueprint, Response, request, url_for

from app.models.hours import HoursEntry
from app.platform.clock import today
from app.platform.db import db
from app.platform.lifecycle import Party
from app.progress.sampling.forms import ReopenForm
from app.progress.sampling.queries import enrolment_ids_by_placement, entry_led_by, sample_of
from app.promises.course.hours import HOURS, REOPEN, reopen
from app.promises.course.line_stories import lines_of
from app.web.access import Permission, found, may, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("sampling", __name__)
SEED_MAX = 100


@blueprint.get("/progress/sample")
@requires(Permission.SEE_PROGRESS)
def show() -> Response:
    session = db.session()
    seed = request.args.get("seed", "").strip()[:SEED_MAX] or today().isoformat()
    sample = sample_of(session, signed_in(), seed)
    entries = [*sample.by_risk, *sample.by_lot]
    lines = lines_of(session, entries)
    number = len(sample.by_risk)
    return answer(
        "progress/sampling/sample.html",
        seed=seed,
        by_risk=lines[:number],
        by_lot=lines[number:],
        marks=sample.marks,
        enrolments=enrolment_ids_by_placement(session, signed_in(), entries),
        may_reopen=may(Permission.DECIDE_CREDIT),
    )


@blueprint.get("/progress/hours/<int:entry_id>/reopen")
@requires(Permission.DECIDE_CREDIT)
def ask_reopening(entry_id: int) -> Response:
    entry = led_entry(entry_id)
    if not HOURS.can(REOPEN, entry.state, Party.PROGRAMME_LEAD):
        return go_to(url_for("progress.sampling.show"))
    return reopening_page(ReopenForm(formdata=None), entry)


@blueprint.post("/progress/hours/<int:entry_id>/reopen")
@requires(Permission.DECIDE_CREDIT)
def do_reopen(entry_id: int) -> Response:
    entry, form = led_entry(entry_id), ReopenForm()
    address = full_address("hours.approval.weeks", placement_id=entry.placement_id)
    is_sure = bool(form.is_sure.data)
    if not form.does(
        lambda: reopen(
            db.session(),
            this_occasion(),
            entry,
            Party.PROGRAMME_LEAD,
            form.reason.data,
            address,
            is_sure=is_sure,
        )
    ):
        return reopening_page(form, entry)
    flash(f"The entry is reopened and does not count. {entry.placement.learner.name} and the mentor are told by email.")
    return go_to(url_for("progress.sampling.show"))


def led_entry(entry_id: int) -> HoursEntry:
    entry: HoursEntry = found(entry_led_by(db.session(), signed_in(), entry_id))
    return entry


def reopening_page(form: ReopenForm, entry: HoursEntry) -> Response:
    [line] = lines_of(db.session(), [entry])
    return answer("progress/sampling/reopen.html", status=form.status, form=form, line=line)
