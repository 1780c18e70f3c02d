"""The page of one review for whoever answers it, and what her form does."""

from flask import Response

from app.models.reviews import Review
from app.platform.clock import today
from app.platform.db import db
from app.platform.lifecycle import Party, story_of
from app.reviews import queries, service
from app.reviews.forms import STANDS, AnswerForm
from app.reviews.possible import possible_in
from app.reviews.who import may_answer
from app.web.access import found, signed_in
from app.web.addresses import full_address
from app.web.htmx import answer
from app.web.occasions import this_occasion


def review_page(review: Review, form: AnswerForm, party: Party = Party.COORDINATOR) -> Response:
    """What was asked, what was decided, and what the run had before it; pages of the round only for coordinators."""
    session, actor = db.session(), signed_in()
    decided = found(queries.decision_in(session, review.publication, review.request))
    possible = possible_in(review.publication.run, review.request_id)
    return answer(
        "reviews/review.html",
        status=form.status,
        review=review,
        form=form,
        decided=decided,
        possible=possible,
        better=queries.better_ranked(session, decided, possible, today()),
        may_answer=may_answer(actor, review),
        has_round=party is Party.COORDINATOR,
        story=story_of(session, review),
        today=today(),
    )


def is_answered(review: Review, form: AnswerForm, party: Party = Party.COORDINATOR) -> bool:
    """Answer as the form says; False, with the reason on the form, where that cannot be."""

    def deed() -> None:
        given = service.Answer(form.outcome.data == STANDS, form.answer.data, form.correction.data or "")
        address, is_sure = address_for_coordinators(review), form.is_sure.data
        service.answer_review(db.session(), this_occasion(), review, given, address, party, is_sure=is_sure)

    return form.does(deed)


def address_for_coordinators(review: Review) -> str:
    return full_address("reviews.show", round_id=review.round_id, review_id=review.id)
