"""Pages on which a mentor logs sessions and a learner answers."""

from typing import Any

from flask import Blueprint, Response, url_for

from app.language.refusal import Refused
from app.models.hours import HoursCategory
from app.models.placements import Placement
from app.models.supervision import ActionOwner, SessionForm, SupervisionSession
from app.platform.clock import now, today
from app.platform.db import db
from app.rules.record_totals import needs_session, summaries, summary_of
from app.rules.sent_before import ChangedMeanwhile, SentBefore
from app.supervision import service
from app.supervision.contribution import contribution_of
from app.supervision.forms import ConfirmForm, LogSessionForm, QuestionForm, WithdrawForm, values_of
from app.supervision.home import home_items_of
from app.supervision.queries import (
    correction_of,
    open_actions,
    other_sessions_on,
    own_supervision_on,
    placement_of_mentor,
    placements_of_mentor,
    session_of_learner,
    session_of_mentor,
    session_seen_by,
)
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.deeds.once import asks_when_sent_again
from app.web.htmx import answer, go_to

blueprint = Blueprint("supervision", __name__)
HOME_SOURCES = (home_items_of,)


@blueprint.get("/my-learners")
@requires(Permission.LOG_SESSION)
def learners() -> Response:
    placements, day = placements_of_mentor(db.session(), signed_in()), today()
    sums = summaries(db.session(), [placement.id for placement in placements])
    return answer(
        "supervision/learners.html",
        running=[placement for placement in placements if placement.is_current_on(day)],
        over=[placement for placement in placements if not placement.is_current_on(day)],
        sums=sums,
        late={placement.id for placement in placements if needs_session(placement, sums[placement.id], day)},
        today=day,
    )


@blueprint.get("/my-contribution")
@requires(Permission.LOG_SESSION)
def contribution() -> Response:
    placements = placements_of_mentor(db.session(), signed_in())
    years = contribution_of(db.session(), signed_in(), placements, today())
    return answer("supervision/contribution.html", years=years, person=signed_in(), today=today())


@blueprint.get("/placements/<int:placement_id>/sessions/new")
@requires(Permission.LOG_SESSION)
def new(placement_id: int) -> Response:
    placement = found(placement_of_mentor(db.session(), signed_in(), placement_id))
    form = LogSessionForm(formdata=None, held_on=today())
    form.offer_open_actions(open_actions(db.session(), placement))
    return answer("supervision/log.html", form=form, placement=placement, meeting=None)


@blueprint.post("/placements/<int:placement_id>/sessions/new")
@requires(Permission.LOG_SESSION)
@asks_when_sent_again
def log(placement_id: int) -> Response:
    return take(found(placement_of_mentor(db.session(), signed_in(), placement_id)), None)


@blueprint.get("/sessions/<int:session_id>/correct")
@requires(Permission.LOG_SESSION)
def ask_correction(session_id: int) -> Response:
    meeting = found(session_of_mentor(db.session(), signed_in(), session_id))
    if meeting.withdrawn_at:
        return go_to(url_for("supervision.show", session_id=session_id))
    form = LogSessionForm(formdata=None, **values_of(meeting))
    form.offer_open_actions(open_actions(db.session(), meeting.placement, but_of=meeting))
    return show_form(form, meeting.placement, meeting)


@blueprint.post("/sessions/<int:session_id>/correct")
@requires(Permission.LOG_SESSION)
@asks_when_sent_again
def correct(session_id: int) -> Response:
    meeting = found(session_of_mentor(db.session(), signed_in(), session_id))
    return take(meeting.placement, meeting)


def take(placement: Placement, meeting: SupervisionSession | None) -> Response:
    """Log a new session, or correct one; a form that was sent before has said which of the two it is for now."""
    form = LogSessionForm()
    form.offer_open_actions(open_actions(db.session(), placement, but_of=meeting))
    if not form.validate():
        return show_form(form, placement, meeting)
    if form.corrects_id:
        meeting = found(session_of_mentor(db.session(), signed_in(), form.corrects_id))
    elif form.is_another:
        meeting = None
    form.before.data = ""
    try:
        saved = save(form, placement, corrects=meeting)
    except ChangedMeanwhile as change:
        form.refuse(change)
        latest = session_of_mentor(db.session(), signed_in(), change.latest_id) if change.latest_id else None
        return show_form(form, placement, latest, status=409)
    if not saved:
        return show_form(form, placement, meeting)
    name = placement.learner.name
    as_it_is = f"The session is corrected. Next: {name} confirms it as it is now."
    flash(as_it_is if meeting else f"The session is logged. Next: {name} confirms it, then it counts.")
    return go_to(url_for("placements.show", placement_id=placement.id))


def show_form(
    form: LogSessionForm, placement: Placement, meeting: SupervisionSession | None = None, status: int | None = None
) -> Response:
    """The form as it stands: for a new session, or for correcting `meeting`; with links to others of that day."""
    same: list[SupervisionSession] = []
    if form.is_sure.errors:
        others = other_sessions_on(db.session(), placement.learner, form.held_on.given)
        same = [one for one in others if one.placement_id == placement.id and one is not meeting]
    context: dict[str, Any] = {"form": form, "placement": placement, "meeting": meeting, "same": same}
    return answer("supervision/log.html", status=status or form.status, **context)


def save(form: LogSessionForm, placement: Placement, corrects: SupervisionSession | None = None) -> bool:
    """Log or correct what the form says; False, with the reason on the form, when a rule refuses it."""
    given = {"is_sure": form.is_sure.data, "now": now(), "today": today()}
    try:
        if corrects:
            service.correct_session(db.session(), signed_in(), corrects, session_in(form), address_of, **given)
        else:
            service.log_session(db.session(), signed_in(), placement, session_in(form), address_of, **given)
    except ChangedMeanwhile:
        raise
    except SentBefore as refusal:
        form.ask_again(refusal)
        return False
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


def session_in(form: LogSessionForm) -> service.NewSession:
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
    )


@blueprint.get("/sessions/<int:session_id>")
@requires(Permission.SEE_PLACEMENT)
def show(session_id: int) -> Response:
    meeting = found(session_seen_by(db.session(), signed_in(), session_id))
    return show_session(meeting, ConfirmForm(formdata=None))


def show_session(meeting: SupervisionSession, form: ConfirmForm) -> Response:
    return answer(
        "supervision/session.html",
        status=form.status,
        meeting=meeting,
        form=form,
        own=own_supervision_on(db.session(), meeting.placement_id, meeting.held_on),
        correction=correction_of(db.session(), meeting),
        is_learner=meeting.placement.learner_id == signed_in().id,
    )


@blueprint.post("/sessions/<int:session_id>/confirm")
@requires(Permission.CONFIRM_SESSION)
def confirm(session_id: int) -> Response:
    meeting = found(session_of_learner(db.session(), signed_in(), session_id))
    own, form = own_supervision_on(db.session(), meeting.placement_id, meeting.held_on), ConfirmForm()
    if not form.validate() or (own and not form.same_meeting.data):
        form.refuse(Refused("Choose whether that is the same meeting", "same_meeting"))
        return show_session(meeting, form)
    same = own if form.same_meeting.data == "yes" else []
    service.confirm_session(db.session(), signed_in(), meeting, same, now())
    flash("The session is confirmed and counts as supervision.")
    return go_to(url_for("placements.show", placement_id=meeting.placement_id))


@blueprint.get("/sessions/<int:session_id>/question")
@requires(Permission.CONFIRM_SESSION)
def ask_question(session_id: int) -> Response:
    meeting = found(session_of_learner(db.session(), signed_in(), session_id))
    return answer("supervision/question.html", meeting=meeting, form=QuestionForm(formdata=None))


@blueprint.post("/sessions/<int:session_id>/question")
@requires(Permission.CONFIRM_SESSION)
def question(session_id: int) -> Response:
    meeting = found(session_of_learner(db.session(), signed_in(), session_id))
    form = QuestionForm()
    if form.validate() and send_question(form, meeting):
        flash(f"{meeting.placement.mentor.name} has been told and can correct the session. You are asked again then.")
        return go_to(url_for("placements.show", placement_id=meeting.placement_id))
    return answer("supervision/question.html", status=form.status, meeting=meeting, form=form)


def send_question(form: QuestionForm, meeting: SupervisionSession) -> bool:
    """Tell the mentor what the form says; False, with the reason on the form, when a rule refuses it."""
    given = {"is_sure": form.is_sure.data, "now": now(), "today": today()}
    try:
        service.question_session(db.session(), signed_in(), meeting, form.comment.data, address_of(meeting), **given)
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


@blueprint.get("/sessions/<int:session_id>/withdraw")
@requires(Permission.LOG_SESSION)
def ask_withdrawal(session_id: int) -> Response:
    meeting = found(session_of_mentor(db.session(), signed_in(), session_id))
    if meeting.withdrawn_at:
        return go_to(url_for("supervision.show", session_id=session_id))
    return show_withdrawal(meeting, WithdrawForm(formdata=None))


@blueprint.post("/sessions/<int:session_id>/withdraw")
@requires(Permission.LOG_SESSION)
def withdraw(session_id: int) -> Response:
    meeting = found(session_of_mentor(db.session(), signed_in(), session_id))
    form, was_confirmed = WithdrawForm(), meeting.confirmed_at is not None
    if not (form.validate() and take_back(form, meeting)):
        return show_withdrawal(meeting, form)
    told = "You have both been told by email" if was_confirmed else f"{meeting.placement.learner.name} has been told"
    flash(f"The session is withdrawn and no longer counts. {told}.")
    return go_to(url_for("placements.show", placement_id=meeting.placement_id))


def take_back(form: WithdrawForm, meeting: SupervisionSession) -> bool:
    """Withdraw the session; False, with the reason on the form, when a rule refuses it."""
    given = {"now": now(), "today": today(), "is_sure": form.is_sure.data}
    try:
        service.withdraw_session(db.session(), signed_in(), meeting, form.reason.data, **given)
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


def show_withdrawal(meeting: SupervisionSession, form: WithdrawForm) -> Response:
    """What the record loses, before it is lost."""
    supervision = summary_of(db.session(), meeting.placement).minutes[HoursCategory.SUPERVISION]
    after = supervision - (meeting.minutes if meeting.confirmed_at else 0)
    context: dict[str, Any] = {"meeting": meeting, "form": form, "supervision": supervision, "after": after}
    return answer("supervision/withdraw.html", status=form.status, **context)


def address_of(meeting: SupervisionSession) -> str:
    return full_address("supervision.show", session_id=meeting.id)
