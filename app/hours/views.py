"""Pages on which a learner logs hours and takes entries back."""

from flask import Blueprint, Response, flash, request, url_for

from app.hours import service
from app.hours.forms import HoursForm, values_of
from app.hours.home import home_items_of
from app.hours.queries import entry_of_learner, latest_entry, placement_of_learner
from app.language.dates_and_times import hours_and_minutes
from app.language.refusal import Refused
from app.models.hours import HoursCategory
from app.models.placements import Placement
from app.platform.clock import now, today
from app.platform.db import db
from app.web.access import Permission, found, requires, signed_in
from app.web.htmx import answer, go_to

blueprint = Blueprint("hours", __name__)
HOME_SOURCES = (home_items_of,)


@blueprint.get("/placements/<int:placement_id>/hours/new")
@requires(Permission.LOG_HOURS)
def new(placement_id: int) -> Response:
    placement = found(placement_of_learner(db.session(), signed_in(), placement_id))
    latest = latest_entry(db.session(), placement)
    same = values_of(latest) if latest and "same" in request.args else {}
    form = HoursForm(formdata=None, worked_on=today(), **same)
    return answer("hours/new.html", form=form, placement=placement, latest=latest)


@blueprint.post("/placements/<int:placement_id>/hours/new")
@requires(Permission.LOG_HOURS)
def log(placement_id: int) -> Response:
    placement = found(placement_of_learner(db.session(), signed_in(), placement_id))
    form = HoursForm()
    if form.validate() and save(form, placement):
        what = f"{hours_and_minutes(form.duration_minutes)} of {form.category.data} logged."
        flash(f"{what} It counts from now on, and your mentor can see it.")
        return go_to(url_for("placements.show", placement_id=placement.id))
    return answer("hours/new.html", status=form.status, form=form, placement=placement)


def save(form: HoursForm, placement: Placement) -> bool:
    """Log what the form says; False, with the reason on the form, when a rule refuses it."""
    try:
        service.log_hours(
            db.session(),
            signed_in(),
            placement,
            service.NewEntry(
                worked_on=form.worked_on.given,
                category=HoursCategory(form.category.data),
                minutes=form.duration_minutes,
                did=form.did.data,
                reflection=form.reflection.data,
                form_key=form.form_key.data,
            ),
            is_sure=form.is_sure.data,
            now=now(),
            today=today(),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


@blueprint.get("/hours/<int:entry_id>")
@requires(Permission.LOG_HOURS)
def show(entry_id: int) -> Response:
    entry = found(entry_of_learner(db.session(), signed_in(), entry_id))
    return answer("hours/entry.html", entry=entry)


@blueprint.post("/hours/<int:entry_id>/withdraw")
@requires(Permission.LOG_HOURS)
def withdraw(entry_id: int) -> Response:
    entry = found(entry_of_learner(db.session(), signed_in(), entry_id))
    service.withdraw_hours(db.session(), signed_in(), entry, now())
    flash("The entry is withdrawn and no longer counts. If it only needed mending, log it again as it should be.")
    return go_to(url_for("placements.show", placement_id=entry.placement_id))
