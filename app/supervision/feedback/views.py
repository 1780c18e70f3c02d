"""The page on which a learner says, once and without a name, how the supervision of a mentor was."""

from flask import Blueprint, Response, url_for

from app.models.meetings.feedback import RELEASED_TOGETHER
from app.models.placements import Placement
from app.platform.clock import today
from app.platform.db import db
from app.supervision.feedback import service
from app.supervision.feedback.forms import FeedbackForm
from app.supervision.feedback.queries import placement_to_ask_about, placements_to_ask_about
from app.supervision.feedback.words import QUESTIONS
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.deeds.once import asks_when_sent_again
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("feedback", __name__)


@blueprint.get("/placements/<int:placement_id>/feedback")
@requires(Permission.SAY_HOW_IT_WAS)
def ask(placement_id: int) -> Response:
    return page(own_placement(placement_id), FeedbackForm(formdata=None))


@blueprint.post("/placements/<int:placement_id>/feedback")
@requires(Permission.SAY_HOW_IT_WAS)
@asks_when_sent_again
def say(placement_id: int) -> Response:
    """Sent twice, the second is refused. What forms keep to know each other again would tell whose an answer is."""
    placement, form = own_placement(placement_id), FeedbackForm()
    is_sure = bool(form.is_sure.data)
    if not form.does(
        lambda: service.say(db.session(), this_occasion(), placement, form.answers, form.words.data, is_sure=is_sure)
    ):
        return page(placement, form)
    flash("Thank you. Nobody can tell which answers are yours, we neither, so they can no longer be changed.")
    return go_to(url_for("home.show"))


@blueprint.post("/placements/<int:placement_id>/feedback/none")
@requires(Permission.SAY_HOW_IT_WAS)
@asks_when_sent_again
def decline(placement_id: int) -> Response:
    placement = own_placement(placement_id)
    service.decline(db.session(), this_occasion(), placement)
    flash(f"You are not asked about {placement.mentor.name} again.")
    return go_to(url_for("home.show"))


def own_placement(placement_id: int) -> Placement:
    placement: Placement = found(placement_to_ask_about(db.session(), signed_in(), placement_id))
    return placement


def page(placement: Placement, form: FeedbackForm) -> Response:
    to_ask = {one.mentor_id for one in placements_to_ask_about(db.session(), signed_in(), today())}
    return answer(
        "supervision/feedback/feedback.html",
        status=form.status,
        form=form,
        placement=placement,
        is_asked=placement.mentor_id in to_ask,
        questions=list(QUESTIONS),
        together=RELEASED_TOGETHER,
    )
