"""Pages of reviews: a learner asks and reads the answer; coordinators of the round see what is known, and answer."""

from pathlib import Path

from flask import Blueprint, Response, current_app, request, url_for

from app.config import Settings
from app.language.refusal import Refused
from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.reviews import Review, ReviewState
from app.platform.clock import today
from app.platform.db import db
from app.reviews import left_over_views, queries, service
from app.reviews.answering_views import address_for_coordinators, is_answered, review_page
from app.reviews.calendar_dates import reviews_due
from app.reviews.days import ReviewDays
from app.reviews.forms import AnswerForm, AskForm
from app.reviews.home import home_items_of
from app.reviews.notice_words import notice_about
from app.reviews.who import reviewers_of
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.occasions import this_occasion

blueprint = Blueprint("reviews", __name__)
blueprint.register_blueprint(left_over_views.blueprint)
HOME_SOURCES = (home_items_of,)
CALENDAR_SOURCES = (reviews_due,)


@blueprint.get("/request/<int:request_id>/review")
@requires(Permission.REQUEST_PLACEMENT)
def ask(request_id: int) -> Response:
    return own_page(own_request(request_id), AskForm())


def own_page(wish: PlacementRequest, form: AskForm) -> Response:
    """What she asked and what came of it; before that whether she can ask, until when, and who would answer."""
    session = db.session()
    decided = queries.decided_about(session, wish)
    review = queries.review_of_request(session, decided.publication, wish) if decided else None
    hindrance = ""
    try:
        service.refuse_asking(session, decided, days(), today())
    except Refused as refusal:
        hindrance = refusal.message
    return answer(
        "reviews/own.html",
        status=form.status,
        wish=wish,
        form=form,
        decided=decided,
        review=review,
        hindrance=hindrance,
        ask_until=decided.ask_until(days()) if decided else None,
        days=days(),
        has_reviewer=bool(decided and reviewers_of(session, decided.publication, wish.learner_id)),
    )


@blueprint.post("/request/<int:request_id>/review")
@requires(Permission.REQUEST_PLACEMENT)
def send(request_id: int) -> Response:
    wish, form = own_request(request_id), AskForm()
    if form.validate():
        decided = queries.decided_about(db.session(), wish)
        try:
            service.ask_for_review(
                db.session(),
                this_occasion(),
                decided,
                form.words.data,
                days(),
                address_for_coordinators,
                is_sure=form.is_sure.data,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("Your review is asked for. You get an email with the answer.")
            return go_to(url_for("reviews.ask", request_id=request_id))
    return own_page(wish, form)


@blueprint.get("/request/<int:request_id>/notice.pdf")
@requires(Permission.REQUEST_PLACEMENT)
def notice(request_id: int) -> Response:
    """Before anything is decided there is no file, and the page of reviews says so."""
    from app.web.delivery.pdf_pages import pdf_of  # it brings what draws letters, which no other page needs

    settings: Settings = current_app.extensions["rpe_settings"]
    decided = queries.decided_about(db.session(), own_request(request_id))
    if decided is None:
        return go_to(url_for("reviews.ask", request_id=request_id))
    told = notice_about(decided, decided.ask_until(days()))
    when, fonts = decided.publication.published_at, Path(settings.font_folder)
    made = pdf_of(told, settings.service_name, when, fonts, "Print the page of your request instead.")
    response = Response(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="notice-R{request_id}.pdf"'
    return response


@blueprint.post("/reviews/<int:review_id>/withdraw")
@requires(Permission.REQUEST_PLACEMENT)
def withdraw(review_id: int) -> Response:
    review = found(queries.review_of_learner(db.session(), signed_in(), review_id, for_update=True))
    service.withdraw_review(db.session(), this_occasion(), review)
    flash("Your review is withdrawn. Nobody answers it any more.")
    return go_to(url_for("reviews.ask", request_id=review.request_id))


@blueprint.get("/rounds/<int:round_id>/reviews")
@requires(Permission.RUN_ROUNDS)
def index(round_id: int) -> Response:
    round_ = found(queries.round_of_coordinator(db.session(), signed_in(), round_id))
    state = request.args.get("state", "")
    return answer(
        "reviews/reviews.html",
        round=round_,
        state=state,
        states=[one.value for one in ReviewState],
        numbers=queries.numbers_by_state(db.session(), signed_in(), round_),
        page=queries.reviews_listed(db.session(), signed_in(), round_, state, page_asked()),
        today=today(),
    )


@blueprint.get("/rounds/<int:round_id>/reviews/<int:review_id>")
@requires(Permission.RUN_ROUNDS)
def show(round_id: int, review_id: int) -> Response:
    review: Review = found(queries.review_of_coordinator(db.session(), signed_in(), round_id, review_id))
    note_opening(review, review.request.learner)
    return review_page(review, AnswerForm())


@blueprint.post("/rounds/<int:round_id>/reviews/<int:review_id>")
@requires(Permission.RUN_ROUNDS)
def reply(round_id: int, review_id: int) -> Response:
    review, form = to_change(signed_in(), round_id, review_id), AnswerForm()
    if is_answered(review, form):
        flash(f"{review.request.learner.name} gets your answer by email.")
        return go_to(url_for("reviews.show", round_id=round_id, review_id=review_id))
    return review_page(review, form)


@blueprint.post("/rounds/<int:round_id>/reviews/<int:review_id>/put-right")
@requires(Permission.RUN_ROUNDS)
def put_right(round_id: int, review_id: int) -> Response:
    review = to_change(signed_in(), round_id, review_id)
    service.note_put_right(db.session(), this_occasion(), review)
    flash(f"{review.request.learner.name} is told by email that it is put right.")
    return go_to(url_for("reviews.show", round_id=round_id, review_id=review_id))


def to_change(person: Person, round_id: int, review_id: int) -> Review:
    review: Review = found(queries.review_of_coordinator(db.session(), person, round_id, review_id, for_update=True))
    return review


def own_request(request_id: int) -> PlacementRequest:
    wish: PlacementRequest = found(queries.own_request(db.session(), signed_in(), request_id))
    return wish


def days() -> ReviewDays:
    settings: Settings = current_app.extensions["rpe_settings"]
    return ReviewDays(settings.review_ask_days, settings.review_answer_days)
