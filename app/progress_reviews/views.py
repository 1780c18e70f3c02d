"""Pages of progress reviews to read: lists, those of one placement, one as it stands, as it was signed, to print."""

import json

from flask import Response, request

from app.models.operations.signatures import Signature
from app.phrasebook.of_placements.progress_reviews import said_content, said_reviews
from app.platform.clock import today
from app.platform.db import db
from app.progress_reviews import deed_views, plan_views, queries
from app.progress_reviews.base_views import (
    OF_PLACEMENT,
    ONE,
    address_of,
    blueprint,
    placement_reviews,
    review_read,
    written,
)
from app.progress_reviews.home import home_items_of
from app.progress_reviews.page_views import about, page_about
from app.rules.progress_reviews.kind import PROGRESS_REVIEW, reviews_of
from app.web.access import Permission, found, requires, signed_in
from app.web.edge.numbers import page_asked
from app.web.htmx import answer
from app.web.looking import note_opening
from app.web.paging import page_of

__all__ = ["HOME_SOURCES", "blueprint", "deed_views", "plan_views"]

HOME_SOURCES = (home_items_of,)


@blueprint.get("/progress-reviews")
@requires(Permission.SEE_PROGRESS_REVIEW)
def every() -> Response:
    """The placements that the reader sees, each with its reviews, due and done."""
    only_overdue = bool(request.args.get("overdue"))
    statement = queries.placements_seen_by(signed_in(), today(), only_overdue=only_overdue)
    page = page_of(db.session(), statement, page_asked())
    reviews = reviews_of(db.session(), page.rows)
    return answer(
        "progress_reviews/every.html",
        page=page,
        said={id_: said_reviews(one, today()) for id_, one in reviews.items()},
        only_overdue=only_overdue,
        led=queries.programmes_led(db.session(), signed_in()),
    )


@blueprint.get("/progress-reviews/unread")
@requires(Permission.READ_PROGRESS_REVIEW)
def unread() -> Response:
    """What both have signed and no academic supervisor has read."""
    page = page_of(db.session(), queries.unread_by(signed_in()), page_asked())
    return answer("progress_reviews/unread.html", page=page)


@blueprint.get(OF_PLACEMENT)
@requires(Permission.SEE_PROGRESS_REVIEW)
def of_placement(placement_id: int) -> Response:
    reviews = placement_reviews(placement_id)
    note_opening(reviews.placement, reviews.placement.learner)
    return answer(
        "progress_reviews/of_placement.html",
        placement=reviews.placement,
        dates=reviews.dates,
        said=said_reviews(reviews, today()),
        person=signed_in(),
    )


@blueprint.get(ONE)
@requires(Permission.SEE_PROGRESS_REVIEW)
def show(placement_id: int, review_kind: str) -> Response:
    return page_about(review_read(placement_id, review_kind))


@blueprint.get(f"{ONE}/print")
@requires(Permission.SEE_PROGRESS_REVIEW)
def printable(placement_id: int, review_kind: str) -> Response:
    """All of it on one page, as it stands now."""
    asked = review_read(placement_id, review_kind)
    note_opening(asked.placement, asked.placement.learner)
    return answer("progress_reviews/print.html", **about(asked))


@blueprint.get(f"{ONE}/signatures/<int:signature_id>")
@requires(Permission.SEE_PROGRESS_REVIEW)
def as_signed(placement_id: int, review_kind: str, signature_id: int) -> Response:
    """What somebody signed, word for word, whether it stands or not."""
    asked = review_read(placement_id, review_kind)
    review = written(asked)
    standing = asked.reviews.standings[asked.kind]
    rows = [*standing.signatures.values(), *standing.past]
    signature: Signature = found(next((one for one in rows if one.id == signature_id), None))
    note_opening(asked.placement, asked.placement.learner)
    return answer(
        "progress_reviews/as_signed.html",
        placement=asked.placement,
        kind=asked.kind,
        review=review,
        signature=signature,
        stands=signature in standing.signatures.values(),
        words=PROGRESS_REVIEW.words_of(signature),
        content=said_content(json.loads(signature.signed.content)["content"]),
        back=address_of(asked),
    )
