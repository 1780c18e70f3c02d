"""Pages on which an administrator answers the reviews that no coordinator may answer; she reaches no others."""

from flask import Blueprint, Response, url_for

from app.models.reviews import Review
from app.platform.clock import today
from app.platform.db import db
from app.platform.lifecycle import Party
from app.reviews import queries
from app.reviews.answering_views import is_answered, review_page
from app.reviews.forms import AnswerForm
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.looking import note_opening

blueprint = Blueprint("left_over", __name__)


@blueprint.get("/reviews")
@requires(Permission.ANSWER_LEFT_REVIEWS)
def index() -> Response:
    page = queries.reviews_left_over(db.session(), signed_in(), page_asked())
    return answer("reviews/left_over.html", page=page, today=today())


@blueprint.get("/reviews/<int:left_review_id>")
@requires(Permission.ANSWER_LEFT_REVIEWS)
def show(left_review_id: int) -> Response:
    review = left_over(left_review_id)
    note_opening(review, review.request.learner)
    return review_page(review, AnswerForm(), Party.ADMINISTRATOR)


@blueprint.post("/reviews/<int:left_review_id>")
@requires(Permission.ANSWER_LEFT_REVIEWS)
def reply(left_review_id: int) -> Response:
    review, form = left_over(left_review_id, for_update=True), AnswerForm()
    if is_answered(review, form, Party.ADMINISTRATOR):
        flash(f"{review.request.learner.name} gets your answer by email.")
        return go_to(url_for("reviews.left_over.show", left_review_id=left_review_id))
    return review_page(review, form, Party.ADMINISTRATOR)


def left_over(review_id: int, for_update: bool = False) -> Review:
    review: Review = found(queries.review_left_over(db.session(), signed_in(), review_id, for_update))
    return review
