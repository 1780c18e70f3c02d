"""Pages on which learner or mentor writes a session down: one that was planned or not, or a correction."""

from typing import Any

from flask import Response, url_for

from app.language.refusal import Overtaken, Refused
from app.models.meetings.planned import PlannedSession
from app.models.people import Person
from app.models.placements import Placement
from app.models.supervision import ActionOwner, SessionForm, SupervisionSession
from app.platform.clock import now, today
from app.platform.db import db
from app.rules.course.deputies import all_deputies
from app.rules.sent_before import ChangedMeanwhile, SentBefore
from app.supervision import service
from app.supervision.base_views import blueprint, link_address, own_placement, own_session
from app.supervision.forms import LogSessionForm, values_of, values_of_planned
from app.supervision.moves import CORRECT, deeds_of
from app.supervision.notes import words_of_note
from app.supervision.planning.views import own_plan
from app.supervision.queries import open_actions, other_sessions_on
from app.web.access import Permission, requires, signed_in
from app.web.deeds.messages import flash
from app.web.deeds.once import asks_when_sent_again
from app.web.htmx import answer, go_to


@blueprint.get("/placements/<int:placement_id>/sessions/new")
@requires(Permission.LOG_SESSION)
def new(placement_id: int) -> Response:
    placement = own_placement(placement_id)
    return show_form(form_for(placement, formdata=None, held_on=today()), placement)


@blueprint.post("/placements/<int:placement_id>/sessions/new")
@requires(Permission.LOG_SESSION)
@asks_when_sent_again
def log(placement_id: int) -> Response:
    return take(own_placement(placement_id))


@blueprint.get("/planned-sessions/<int:plan_id>/record")
@requires(Permission.LOG_SESSION)
def record_planned(plan_id: int) -> Response:
    plan = own_plan(plan_id)
    if not plan.waits_to_be_recorded(now()) or plan.group_id:
        return go_to(url_for("supervision.planning.show", plan_id=plan_id))
    return show_form(form_for(plan.placement, formdata=None, **values_of_planned(plan)), plan.placement, plan=plan)


@blueprint.post("/planned-sessions/<int:plan_id>/record")
@requires(Permission.LOG_SESSION)
@asks_when_sent_again
def log_planned(plan_id: int) -> Response:
    plan = own_plan(plan_id)
    if plan.group_id:
        raise Refused("This session is with several learners: whoever holds it records it for all of them.")
    return take(plan.placement, plan=plan)


@blueprint.get("/sessions/<int:session_id>/correct")
@requires(Permission.LOG_SESSION)
def ask_correction(session_id: int) -> Response:
    meeting = own_session(session_id)
    if CORRECT not in deeds_of(meeting, signed_in()) or meeting.group_id:
        return go_to(url_for("supervision.show", session_id=session_id))
    note = words_of_note(db.session(), signed_in(), meeting)
    form = form_for(meeting.placement, meeting, formdata=None, **values_of(meeting, note))
    return show_form(form, meeting.placement, meeting)


@blueprint.post("/sessions/<int:session_id>/correct")
@requires(Permission.LOG_SESSION)
@asks_when_sent_again
def correct(session_id: int) -> Response:
    meeting = own_session(session_id)
    return take(meeting.placement, meeting)


def form_for(placement: Placement, but_of: SupervisionSession | None = None, **given: Any) -> LogSessionForm:
    """The form as learner or mentor sees it, with what is open of earlier sessions."""
    form = LogSessionForm(**given)
    form.speak_to(placement.learner_id == signed_in().id)
    if placement.learner_id == signed_in().id:
        form.offer_people([placement.mentor, *all_deputies(db.session(), placement, today())])
    form.offer_open_actions(open_actions(db.session(), placement, but_of=but_of))
    return form


def take(
    placement: Placement, meeting: SupervisionSession | None = None, plan: PlannedSession | None = None
) -> Response:
    """Log a new session, or correct one; a form that was sent before has said which of the two it is for now."""
    form = form_for(placement, meeting)
    if not form.validate():
        return show_form(form, placement, meeting, plan)
    if form.corrects_id:
        meeting, plan = own_session(form.corrects_id), None
    elif form.is_another:
        meeting, plan = None, None
    form.before.data = ""
    try:
        saved = save(form, placement, meeting, plan)
    except ChangedMeanwhile as change:
        form.refuse(change)
        latest = own_session(change.latest_id) if change.latest_id else None
        return show_form(form, placement, latest, status=409)
    except Overtaken as change:
        form.refuse(change)
        return show_form(form, placement, meeting, plan, status=409)
    if not saved:
        return show_form(form, placement, meeting, plan)
    name = other_of(placement).name
    as_it_is = f"The session is corrected. Next: {name} confirms it as it is now."
    flash(as_it_is if meeting else f"The session is logged. Next: {name} confirms it, then it counts.")
    return go_to(url_for("placements.show", placement_id=placement.id))


def other_of(placement: Placement) -> Person:
    return placement.mentor if placement.learner_id == signed_in().id else placement.learner


def show_form(
    form: LogSessionForm,
    placement: Placement,
    meeting: SupervisionSession | None = None,
    plan: PlannedSession | None = None,
    status: int | None = None,
) -> Response:
    """The form as it stands: for a new session, one that was planned, or for correcting `meeting`; with links to others
    of that day."""
    same: list[SupervisionSession] = []
    if form.is_sure.errors or status == 409:
        others = other_sessions_on(db.session(), placement.learner, form.held_on.given)
        same = [one for one in others if one.placement_id == placement.id and one is not meeting]
    context: dict[str, Any] = {"form": form, "placement": placement, "meeting": meeting, "same": same, "plan": plan}
    return answer("supervision/log.html", status=status or form.status, other=other_of(placement), **context)


def save(
    form: LogSessionForm,
    placement: Placement,
    corrects: SupervisionSession | None = None,
    plan: PlannedSession | None = None,
) -> bool:
    """Log or correct what the form says; False, with the reason on the form, when a rule refuses it."""
    known = words_of_note(db.session(), signed_in(), corrects) if corrects else ""
    new, given = session_in(form, placement, known), {"is_sure": form.is_sure.data, "now": now(), "today": today()}
    try:
        if corrects:
            service.correct_session(db.session(), signed_in(), corrects, new, link_address, **given)
        else:
            service.log_session(db.session(), signed_in(), placement, new, link_address, plan=plan, **given)
    except Overtaken:
        raise
    except SentBefore as refusal:
        form.ask_again(refusal)
        return False
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


def session_in(form: LogSessionForm, placement: Placement, known_note: str) -> service.NewSession:
    """What the form says; raises Overtaken where her note was changed in another tab as well."""
    return service.NewSession(
        held_on=form.held_on.given,
        minutes=form.duration_minutes,
        form=SessionForm(form.how.data),
        topics=form.topics.data,
        form_key=form.form_key.data,
        done_ids=frozenset(int(id_) for id_ in form.done.data or ()),
        actions=[
            service.NewAction(what.data, ActionOwner(owner.data), due.data)
            for what, owner, due in form.action_fields
            if what.data
        ],
        deputy_id=None if form.met_id in (None, placement.mentor_id) else form.met_id,
        note=form.note_to_keep(known_note),
    )
