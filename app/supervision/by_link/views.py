"""Pages that a mail opens without an account: one session to read, and to confirm or question, once."""

from typing import Any

from flask import Blueprint, Response

from app.language.refusal import Refused
from app.models.hours import HoursEntry
from app.models.people import Person
from app.models.supervision import SupervisionSession
from app.platform.clock import now, today
from app.platform.db import db
from app.supervision import answering, confirm_links
from app.supervision.base_views import address_of, link_address
from app.supervision.forms import ConfirmForm, QuestionForm
from app.supervision.queries import others_there, own_supervision_on
from app.web.access import open_to_all
from app.web.htmx import answer
from app.web.security import limit_guesses

blueprint = Blueprint("by_link", __name__)
Opened = tuple[SupervisionSession, Person]


@blueprint.get("/confirm-session/<secret>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def ask(secret: str) -> Response:
    """Shows the session and changes nothing: programs that look at links in mails confirm nothing."""
    opened = opened_by(secret)
    return page(secret, opened, form_for(opened, formdata=None)) if opened else over_page(secret)


@blueprint.post("/confirm-session/<secret>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def confirm(secret: str) -> Response:
    opened = opened_by(secret)
    if opened is None:
        return over_page(secret)
    meeting, reader = opened
    own, form = own_entries(meeting), form_for(opened)
    if not form.validate() or (own and not form.same_meeting.data):
        form.refuse(Refused("Choose whether that is the same meeting", "same_meeting"))
        return page(secret, opened, form)
    same = own if form.same_meeting.data == "yes" else []
    answering.confirm_session(db.session(), reader, meeting, same, now(), by_link=True)
    return answer("supervision/by_link/done.html", meeting=meeting, is_confirmed=True)


@blueprint.get("/confirm-session/<secret>/question")
@open_to_all
@limit_guesses("30 per 15 minutes")
def ask_question(secret: str) -> Response:
    opened = opened_by(secret)
    return question_page(secret, opened, QuestionForm(formdata=None)) if opened else over_page(secret)


@blueprint.post("/confirm-session/<secret>/question")
@open_to_all
@limit_guesses("30 per 15 minutes")
def question(secret: str) -> Response:
    opened, form = opened_by(secret), QuestionForm()
    if opened is None:
        return over_page(secret)
    meeting, reader = opened
    given: dict[str, Any] = {"is_sure": bool(form.is_sure.data), "now": now(), "today": today(), "by_link": True}
    words, address = form.comment.data, address_of(meeting)
    if not form.does(lambda: answering.question_session(db.session(), reader, meeting, words, address, **given)):
        return question_page(secret, opened, form)
    return answer("supervision/by_link/done.html", meeting=meeting, is_confirmed=False)


@blueprint.post("/confirm-session/<secret>/again")
@open_to_all
@limit_guesses("30 per 15 minutes")
def send_again(secret: str) -> Response:
    try:
        confirm_links.send_again(db.session(), secret, link_address, now(), today())
    except Refused:
        return over_page(secret)
    return answer("supervision/by_link/sent.html", days=confirm_links.LIFE.days)


def opened_by(secret: str) -> Opened | None:
    """The session and who the reader is taken for; None where the link opens nothing any more."""
    try:
        return confirm_links.session_behind(db.session(), secret, now(), today())
    except Refused:
        return None


def own_entries(meeting: SupervisionSession) -> list[HoursEntry]:
    return own_supervision_on(db.session(), meeting.placement_id, meeting.held_on)


def form_for(opened: Opened, **given: Any) -> ConfirmForm:
    meeting, reader = opened
    form = ConfirmForm(**given)
    form.speak_to(reader, meeting.placement.learner)
    return form


def page(secret: str, opened: Opened, form: ConfirmForm) -> Response:
    meeting, reader = opened
    own = own_entries(meeting)
    context: dict[str, Any] = {"secret": secret, "meeting": meeting, "reader": reader, "own": own, "form": form}
    context["others"] = others_there(db.session(), meeting)
    return answer("supervision/by_link/session.html", status=form.status, **context)


def question_page(secret: str, opened: Opened, form: QuestionForm) -> Response:
    meeting, reader = opened
    context: dict[str, Any] = {"secret": secret, "meeting": meeting, "reader": reader, "form": form}
    return answer("supervision/by_link/question.html", status=form.status, **context)


def over_page(secret: str) -> Response:
    """That the link opens nothing any more, and what to do: ask for another where it came too late, or sign in."""
    can_ask = confirm_links.link_too_old(db.session(), secret, now(), today()) is not None
    return answer("supervision/by_link/over.html", status=422, secret=secret, can_ask=can_ask)
