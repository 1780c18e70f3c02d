"""Pages on which learner and mentor plan a session, change it, cancel it, or take it into their calendar."""

from dataclasses import replace

from flask import Blueprint, Response, url_for

from app.language.numbers import listed, plural
from app.language.refusal import Refused
from app.models.meetings.planned import PlannedSession
from app.models.placements import Placement
from app.models.supervision import SessionForm
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.lifecycle import story_of
from app.promises.course.plans import CANCEL, CHANGE, PLANS, RECORD, party_in
from app.supervision.planning import service
from app.supervision.planning.calendar_dates import events_of
from app.supervision.planning.forms import CancelForm, PlanForm, values_of_plan
from app.supervision.planning.queries import others_invited, plan_seen_by
from app.supervision.queries import placement_of
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.delivery.calendars import calendar_file
from app.web.delivery.files import file_to_keep
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("planning", __name__)


@blueprint.get("/placements/<int:placement_id>/planned-sessions/new")
@requires(Permission.LOG_SESSION)
def new(placement_id: int) -> Response:
    placement = found(placement_of(db.session(), signed_in(), placement_id, today()))
    if not placement.is_current_on(today()):
        return go_to(url_for("placements.show", placement_id=placement_id))
    return plan_page(PlanForm(formdata=None), placement)


@blueprint.post("/placements/<int:placement_id>/planned-sessions/new")
@requires(Permission.LOG_SESSION)
def plan(placement_id: int) -> Response:
    placement, form = found(placement_of(db.session(), signed_in(), placement_id, today())), PlanForm()
    if not form.validate():
        return plan_page(form, placement)
    try:
        planned = service.plan_session(
            db.session(), this_occasion(), placement, plan_in(form), address_of, is_sure=bool(form.is_sure.data)
        )
    except Refused as refusal:
        form.refuse(refusal)
        return plan_page(form, placement)
    flash(f"The session is planned.{told(planned)}")
    return go_to(url_for("supervision.planning.show", plan_id=planned.id))


@blueprint.get("/planned-sessions/<int:plan_id>")
@requires(Permission.SEE_PLACEMENT)
def show(plan_id: int) -> Response:
    return show_plan(own_plan(plan_id))


def show_plan(planned: PlannedSession) -> Response:
    party = party_in(planned.placement, signed_in())
    story = story_of(db.session(), planned)
    return answer(
        "supervision/planning/planned.html",
        plan=planned,
        other=planned.other_than(signed_in()),
        can={move.deed for move in PLANS.possible(planned.state, party)},
        CHANGE=CHANGE,
        CANCEL=CANCEL,
        RECORD=RECORD,
        is_due=planned.waits_to_be_recorded(now()),
        last=story[-1] if story else None,
        others=others_invited(db.session(), planned),
        may_change=service.may_change(planned, signed_in()),
    )


@blueprint.get("/planned-sessions/<int:plan_id>/change")
@requires(Permission.LOG_SESSION)
def ask_change(plan_id: int) -> Response:
    planned = own_plan(plan_id)
    if not (can(planned, CHANGE) and service.may_change(planned, signed_in())):
        return go_to(url_for("supervision.planning.show", plan_id=plan_id))
    return plan_page(PlanForm(formdata=None, **values_of_plan(planned)), planned.placement, planned)


@blueprint.post("/planned-sessions/<int:plan_id>/change")
@requires(Permission.LOG_SESSION)
def change(plan_id: int) -> Response:
    planned, form = own_plan(plan_id), PlanForm()
    if not (form.validate() and is_as_seen(form, planned) and form.does(lambda: change_as_said(form, planned))):
        return plan_page(form, planned.placement, planned)
    flash("The planned session is as it was." if form.changes_nothing else "The planned session is changed.")
    return go_to(url_for("supervision.planning.show", plan_id=plan_id))


def is_as_seen(form: PlanForm, planned: PlannedSession) -> bool:
    service.hold(db.session(), planned)
    return form.rests_on(PlanForm(formdata=None, **values_of_plan(planned)), planned)


def change_as_said(form: PlanForm, planned: PlannedSession) -> None:
    is_sure, new = bool(form.is_sure.data), plan_in(form)
    for one in service.plans_together(db.session(), planned, signed_in()):
        service.change_plan(db.session(), this_occasion(), one, new, address_of(one), is_sure=is_sure)


@blueprint.get("/planned-sessions/<int:plan_id>/cancel")
@requires(Permission.LOG_SESSION)
def ask_cancelling(plan_id: int) -> Response:
    planned = own_plan(plan_id)
    if not can(planned, CANCEL):
        return go_to(url_for("supervision.planning.show", plan_id=plan_id))
    return cancel_page(CancelForm(formdata=None), planned)


@blueprint.post("/planned-sessions/<int:plan_id>/cancel")
@requires(Permission.LOG_SESSION)
def cancel(plan_id: int) -> Response:
    planned, form = own_plan(plan_id), CancelForm()
    if not form.does(lambda: cancel_as_said(form, planned)):
        return cancel_page(form, planned)
    flash(f"The session is cancelled.{told(planned)}")
    return go_to(url_for("placements.show", placement_id=planned.placement_id))


def cancel_as_said(form: CancelForm, planned: PlannedSession) -> None:
    is_sure, reason = bool(form.is_sure.data), form.reason.data
    for one in service.plans_together(db.session(), planned, signed_in()):
        address = full_address("placements.show", placement_id=one.placement_id)
        service.cancel_plan(db.session(), this_occasion(), one, reason, address, is_sure=is_sure)


@blueprint.get("/planned-sessions/<int:plan_id>/calendar.ics")
@requires(Permission.SEE_PLACEMENT)
def calendar(plan_id: int) -> Response:
    """Unlike the calendar that is fetched again and again, this file says with whom and where: she takes it herself."""
    planned = own_plan(plan_id)
    [event] = events_of(db.session(), [planned])
    title = f"Supervision session with {planned.other_than(signed_in()).name}"
    file = calendar_file([replace(event, title=title, place=planned.place)])
    return file_to_keep(file, f"session-{planned.day}.ics", "text/calendar")


def own_plan(plan_id: int) -> PlannedSession:
    planned: PlannedSession = found(plan_seen_by(db.session(), signed_in(), plan_id, today()))
    return planned


def told(planned: PlannedSession) -> str:
    """That the other gets a mail, where mail still reaches her."""
    if planned.group_id and service.may_change(planned, signed_in()):
        return " Each learner is told by email."
    names = [reader.name for reader in service.readers_of(db.session(), planned, signed_in())]
    return f" {listed(names)} {plural(len(names), 'is', 'are')} told by email." if names else ""


def can(planned: PlannedSession, deed: str) -> bool:
    return PLANS.can(deed, planned.state, party_in(planned.placement, signed_in()))


def plan_in(form: PlanForm) -> service.NewPlan:
    return service.NewPlan(
        starts_at=form.starts_at.given,
        minutes=int(form.minutes.data),
        form=SessionForm(form.how.data),
        place=form.place.data,
        agenda=form.agenda.data,
    )


def plan_page(form: PlanForm, placement: Placement, planned: PlannedSession | None = None) -> Response:
    """The form for planning a session, or for changing `planned`."""
    is_learner = placement.learner_id == signed_in().id
    return answer(
        "supervision/planning/plan.html",
        status=form.status,
        form=form,
        placement=placement,
        plan=planned,
        other=placement.mentor if is_learner else placement.learner,
    )


def cancel_page(form: CancelForm, planned: PlannedSession) -> Response:
    may_change = service.may_change(planned, signed_in())
    return answer(
        "supervision/planning/cancel.html",
        status=form.status,
        form=form,
        plan=planned,
        may_change=may_change,
        readers="Each learner" if planned.group_id and may_change else planned.other_than(signed_in()).name,
    )


def address_of(planned: PlannedSession) -> str:
    return full_address("supervision.planning.show", plan_id=planned.id)
