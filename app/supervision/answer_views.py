"""Pages on which learner and mentor read a session, confirm it, question it, withdraw it, and note something on it."""

from typing import Any

from flask import Response, url_for

from app.language.numbers import listed, plural
from app.language.refusal import Refused
from app.models.hours import HoursCategory
from app.models.supervision import ActionOwner, SessionState, SupervisionSession
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.lifecycle import Party
from app.rules.course.evidenced import is_record_open
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.record_totals import summary_of
from app.supervision import answering
from app.supervision.base_views import address_of, blueprint, own_session
from app.supervision.forms import ConfirmForm, NoteForm, QuestionForm, WithdrawForm
from app.supervision.groups.queries import group_of
from app.supervision.moves import CONFIRM, CORRECT, QUESTION, deeds_of, party_of, withdrawing
from app.supervision.notes import note_of, words_of_note, write_note
from app.supervision.queries import correction_of, others_there, own_supervision_on
from app.web.access import Permission, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to


@blueprint.get("/sessions/<int:session_id>")
@requires(Permission.SEE_PLACEMENT)
def show(session_id: int) -> Response:
    meeting = own_session(session_id)
    return show_session(meeting, confirm_form(meeting, formdata=None))


def show_session(meeting: SupervisionSession, form: ConfirmForm, note_form: NoteForm | None = None) -> Response:
    """The session as learner or mentor sees it, with what she can do to it as it stands."""
    placement, can = meeting.placement, deeds_of(meeting, signed_in())
    party = party_of(meeting, signed_in())
    is_learner = placement.learner_id == signed_in().id
    note = words_of_note(db.session(), signed_in(), meeting)
    return answer(
        "supervision/session.html",
        status=note_form.status if note_form else form.status,
        meeting=meeting,
        form=form,
        note_form=note_form or NoteForm(formdata=None, note=note),
        note=note,
        own_actions=[one for one in meeting.actions if (one.owner is ActionOwner.LEARNER) is is_learner],
        own=own_supervision_on(db.session(), meeting.placement_id, meeting.held_on),
        correction=correction_of(db.session(), meeting),
        others=others_there(db.session(), meeting),
        opens_group=bool(meeting.group_id and group_of(db.session(), signed_in(), meeting.group_id)),
        is_learner=is_learner,
        can_be_evidence=is_learner and meeting.state is SessionState.CONFIRMED and is_record_open(placement, today()),
        is_author=party is Party.AUTHOR,
        is_answerer=party is Party.ANSWERER,
        person=signed_in(),
        other=meeting.held_by if is_learner else placement.learner,
        can_confirm=CONFIRM in can,
        can_correct=CORRECT in can and meeting.group_id is None,
        can_withdraw=withdrawing(meeting) in can,
    )


def confirm_form(meeting: SupervisionSession, **given: Any) -> ConfirmForm:
    form = ConfirmForm(**given)
    form.speak_to(signed_in(), meeting.placement.learner)
    return form


@blueprint.post("/sessions/<int:session_id>/confirm")
@requires(Permission.LOG_SESSION)
def confirm(session_id: int) -> Response:
    meeting = own_session(session_id)
    own, form = own_supervision_on(db.session(), meeting.placement_id, meeting.held_on), confirm_form(meeting)
    if CONFIRM in deeds_of(meeting, signed_in()) and (not form.validate() or (own and not form.same_meeting.data)):
        form.refuse(Refused("Choose whether that is the same meeting", "same_meeting"))
        return show_session(meeting, form)
    same = own if form.same_meeting.data == "yes" else []
    answering.confirm_session(db.session(), signed_in(), meeting, same, now())
    flash("The session is confirmed and counts as supervision.")
    return go_to(url_for("placements.show", placement_id=meeting.placement_id))


@blueprint.get("/sessions/<int:session_id>/question")
@requires(Permission.LOG_SESSION)
def ask_question(session_id: int) -> Response:
    meeting = own_session(session_id)
    if QUESTION not in deeds_of(meeting, signed_in()):
        return go_to(url_for("supervision.show", session_id=session_id))
    return answer("supervision/question.html", meeting=meeting, form=QuestionForm(formdata=None))


@blueprint.post("/sessions/<int:session_id>/question")
@requires(Permission.LOG_SESSION)
def question(session_id: int) -> Response:
    meeting, form = own_session(session_id), QuestionForm()
    if form.validate() and send_question(form, meeting):
        flash(f"{meeting.author.name} has been told and can correct the session. You are asked again then.")
        return go_to(url_for("placements.show", placement_id=meeting.placement_id))
    return answer("supervision/question.html", status=form.status, meeting=meeting, form=form)


def send_question(form: QuestionForm, meeting: SupervisionSession) -> bool:
    """Tell its author what the form says; False, with the reason on the form, when a rule refuses it."""
    given = {"is_sure": form.is_sure.data, "now": now(), "today": today()}
    try:
        answering.question_session(db.session(), signed_in(), meeting, form.comment.data, address_of(meeting), **given)
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


@blueprint.get("/sessions/<int:session_id>/withdraw")
@requires(Permission.LOG_SESSION)
def ask_withdrawal(session_id: int) -> Response:
    meeting = own_session(session_id)
    if withdrawing(meeting) not in deeds_of(meeting, signed_in()):
        return go_to(url_for("supervision.show", session_id=session_id))
    return show_withdrawal(meeting, WithdrawForm(formdata=None))


@blueprint.post("/sessions/<int:session_id>/withdraw")
@requires(Permission.LOG_SESSION)
def withdraw(session_id: int) -> Response:
    meeting = own_session(session_id)
    form, was_confirmed = WithdrawForm(), meeting.confirmed_at is not None
    if not (form.validate() and take_back(form, meeting)):
        return show_withdrawal(meeting, form)
    names = [one.name for one in answering.others_of(meeting, signed_in())]
    told = f"{listed(names)} {plural(len(names), 'has', 'have')} been told"
    told = "You have both been told by email" if was_confirmed and len(names) == 1 else told
    flash(f"The session is withdrawn and no longer counts. {told}.")
    return go_to(url_for("placements.show", placement_id=meeting.placement_id))


def take_back(form: WithdrawForm, meeting: SupervisionSession) -> bool:
    """Withdraw the session; False, with the reason on the form, when a rule refuses it."""
    given = {"now": now(), "today": today(), "is_sure": form.is_sure.data}
    try:
        answering.withdraw_session(db.session(), signed_in(), meeting, form.reason.data, **given)
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


def show_withdrawal(meeting: SupervisionSession, form: WithdrawForm) -> Response:
    """What the record loses, before it is lost."""
    supervision = summary_of(db.session(), meeting.placement).minutes[HoursCategory.SUPERVISION]
    after = supervision - (meeting.minutes if meeting.state is SessionState.CONFIRMED else 0)
    context: dict[str, Any] = {"meeting": meeting, "form": form, "supervision": supervision, "after": after}
    context |= {"is_learner": meeting.placement.learner_id == signed_in().id, "other": other_names(meeting)}
    context |= {"person": signed_in()}
    context["can_correct"] = CORRECT in deeds_of(meeting, signed_in()) and meeting.group_id is None
    return answer("supervision/withdraw.html", status=form.status, **context)


def other_names(meeting: SupervisionSession) -> str:
    return listed([one.name for one in answering.others_of(meeting, signed_in())])


@blueprint.post("/sessions/<int:session_id>/note")
@requires(Permission.LOG_SESSION)
def save_note(session_id: int) -> Response:
    meeting, form = own_session(session_id), NoteForm()
    if not (form.validate() and keep_note(form, meeting)):
        return show_session(meeting, confirm_form(meeting, formdata=None), form)
    flash("Your private note is saved. Nobody else reads it.")
    return go_to(url_for("supervision.show", session_id=session_id))


def keep_note(form: NoteForm, meeting: SupervisionSession) -> bool:
    """Save what she notes; False, with the reason on the form, when it was changed in another tab or is in doubt."""
    note = note_of(db.session(), signed_in(), meeting)
    if not form.rests_on(NoteForm(formdata=None, note=note.words if note else ""), note or meeting):
        return False
    try:
        ask_about(doubts_about_text((form.note.data,), today()), bool(form.is_sure.data))
    except Refused as refusal:
        form.refuse(refusal)
        return False
    write_note(db.session(), signed_in(), meeting, form.note.data, now())
    return True
