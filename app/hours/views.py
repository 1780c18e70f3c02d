"""Pages on which a learner logs hours, corrects entries and takes them back."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from app.hours import service
from app.hours.approval import views as approval
from app.hours.approval.home import home_items_of as approval_at_home
from app.hours.forms import HoursForm, values_of, whole_values_of
from app.hours.home import home_items_of
from app.hours.queries import entry_of_learner, latest_entry, latest_version, placement_of_learner, same_entries
from app.language.dates_and_times import hours_and_minutes
from app.language.refusal import Overtaken, Refused
from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.placements import Placement
from app.phrasebook.readiness import names_of
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.lifecycle import Party
from app.promises.course.hours import CORRECT, HOURS
from app.promises.course.line_stories import lines_of
from app.rules.course.evidenced import is_record_open
from app.rules.readiness.missing import missing_on, needs_of
from app.rules.sent_before import ChangedMeanwhile, SentBefore
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.deeds.once import asks_when_sent_again
from app.web.htmx import answer, go_to

blueprint = Blueprint("hours", __name__)
blueprint.register_blueprint(approval.blueprint)
HOME_SOURCES = (home_items_of, approval_at_home)


@blueprint.get("/placements/<int:placement_id>/hours/new")
@requires(Permission.LOG_HOURS)
def new(placement_id: int) -> Response:
    placement = found(placement_of_learner(db.session(), signed_in(), placement_id))
    latest = latest_entry(db.session(), placement)
    same = values_of(latest) if latest and "same" in request.args else {}
    form = HoursForm(formdata=None, worked_on=today(), **same)
    return answer("hours/new.html", form=form, placement=placement, latest=latest, lacking=lacking(placement))


@blueprint.post("/placements/<int:placement_id>/hours/new")
@requires(Permission.LOG_HOURS)
@asks_when_sent_again
def log(placement_id: int) -> Response:
    return take(HoursForm(), found(placement_of_learner(db.session(), signed_in(), placement_id)), None)


@blueprint.get("/hours/<int:entry_id>/correct")
@requires(Permission.LOG_HOURS)
def ask_correction(entry_id: int) -> Response:
    entry = found(entry_of_learner(db.session(), signed_in(), entry_id))
    if not HOURS.can(CORRECT, entry.state, Party.LEARNER):
        return go_to(url_for("hours.show", entry_id=entry.id))
    return show_form(HoursForm(formdata=None, **whole_values_of(entry)), entry.placement, entry)


@blueprint.post("/hours/<int:entry_id>/correct")
@requires(Permission.LOG_HOURS)
@asks_when_sent_again
def correct(entry_id: int) -> Response:
    entry = found(entry_of_learner(db.session(), signed_in(), entry_id))
    return take(HoursForm(), entry.placement, entry)


def take(form: HoursForm, placement: Placement, entry: HoursEntry | None) -> Response:
    """Log a new entry, or correct one; a form that was sent before has said which of the two it is for now."""
    if not form.validate():
        return show_form(form, placement, entry)
    if form.corrects_id:
        entry = found(entry_of_learner(db.session(), signed_in(), form.corrects_id))
    elif form.is_another:
        entry = None
    form.before.data = ""
    try:
        saved = save(form, placement, corrects=entry)
    except ChangedMeanwhile as change:
        form.refuse(change)
        latest = entry_of_learner(db.session(), signed_in(), change.latest_id) if change.latest_id else None
        return show_form(form, placement, latest, status=409)
    if not saved:
        return show_form(form, placement, entry)
    what = f"{hours_and_minutes(form.duration_minutes)} of {form.category.data}"
    done = f"The entry is corrected: {what}." if entry else f"{what} logged."
    flash(f"{done} {what_next(saved)}")
    return go_to(url_for("placements.show", placement_id=placement.id))


def what_next(entry: HoursEntry) -> str:
    if entry.state is HoursState.SUBMITTED:
        return "It waits for your mentor as it is now."
    return "It is a draft: it counts once you have submitted it."


def save(form: HoursForm, placement: Placement, corrects: HoursEntry | None = None) -> HoursEntry | None:
    """Log or correct what the form says; None, with the reason on the form, when a rule refuses it."""
    given = {"is_sure": form.is_sure.data, "now": now(), "today": today()}
    try:
        if corrects:
            return service.correct_hours(db.session(), signed_in(), corrects, entry_in(form), **given)
        return service.log_hours(db.session(), signed_in(), placement, entry_in(form), **given)
    except Overtaken:
        raise
    except SentBefore as refusal:
        form.ask_again(refusal)
    except Refused as refusal:
        form.refuse(refusal)
    return None


def entry_in(form: HoursForm) -> service.NewEntry:
    return service.NewEntry(
        worked_on=form.worked_on.given,
        category=HoursCategory(form.category.data),
        minutes=form.duration_minutes,
        did=form.did.data,
        reflection=form.reflection.data,
        form_key=form.form_key.data,
        started=form.started.data,
        ended=form.ended.data,
    )


def show_form(
    form: HoursForm, placement: Placement, entry: HoursEntry | None = None, status: int | None = None
) -> Response:
    """The form as it stands: for a new entry, or for correcting `entry`; with a link to what is on record already."""
    same = []
    if form.is_sure.errors:
        same = same_entries(
            db.session(), placement.learner_id, form.worked_on.given, form.duration_minutes, form.did.data
        )
    context: dict[str, Any] = {"form": form, "placement": placement, "entry": entry, "same": same}
    context["lacking"] = lacking(placement)
    return answer("hours/new.html", status=status or form.status, **context)


def lacking(placement: Placement) -> str:
    """What keeps work in the study from being logged today; empty where nothing does."""
    missing = missing_on(needs_of(db.session(), placement), today())
    return names_of(missing) if missing and placement.is_current_on(today()) else ""


@blueprint.get("/hours/<int:entry_id>")
@requires(Permission.LOG_HOURS)
def show(entry_id: int) -> Response:
    entry = found(entry_of_learner(db.session(), signed_in(), entry_id))
    [line] = lines_of(db.session(), [entry])
    can_change = HOURS.can(CORRECT, entry.state, Party.LEARNER)
    latest = latest_version(db.session(), entry)
    return answer(
        "hours/entry.html",
        entry=entry,
        latest=latest,
        line=line,
        can_change=can_change,
        can_be_evidence=entry.withdrawn_at is None and is_record_open(entry.placement, today()),
    )


@blueprint.post("/hours/<int:entry_id>/withdraw")
@requires(Permission.LOG_HOURS)
def withdraw(entry_id: int) -> Response:
    entry = found(entry_of_learner(db.session(), signed_in(), entry_id))
    service.withdraw_hours(db.session(), signed_in(), entry, now())
    flash("The entry is withdrawn and no longer counts.")
    return go_to(url_for("placements.show", placement_id=entry.placement_id))
