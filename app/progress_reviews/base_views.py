"""The blueprint of progress reviews, and the loaders that its views share."""

from dataclasses import dataclass

from flask import Blueprint, Response, url_for

from app.models.course.progress_reviews import ProgressReview, ReviewKind
from app.models.operations.parties import Party
from app.models.placements import Placement
from app.platform.db import db
from app.progress_reviews import queries
from app.rules.progress_reviews.kind import PlacementReviews, reviews_of
from app.rules.progress_reviews.parts import holds_reviews, party_that_holds
from app.web.access import found, refuse, signed_in
from app.web.htmx import go_to

blueprint = Blueprint("progress_reviews", __name__)
KINDS = f"any({','.join(kind.value for kind in ReviewKind)})"
OF_PLACEMENT = "/placements/<int:placement_id>/progress-reviews"
ONE = f"{OF_PLACEMENT}/<{KINDS}:review_kind>"


@dataclass(frozen=True)
class Asked:
    """The review that an address names, with all of its placement; there may be no row of it yet."""

    reviews: PlacementReviews
    kind: ReviewKind

    @property
    def placement(self) -> Placement:
        return self.reviews.placement

    @property
    def review(self) -> ProgressReview | None:
        return self.reviews.reviews.get(self.kind)


def placement_reviews(placement_id: int) -> PlacementReviews:
    """The reviews of a placement, if whoever is signed in may read them, or 404."""
    placement: Placement = found(queries.placement_read(db.session(), signed_in(), placement_id))
    return reviews_of(db.session(), [placement])[placement.id]


def review_read(placement_id: int, review_kind: str) -> Asked:
    """The review, if she may read it; 404 also where the placement has none of this kind."""
    reviews, kind = placement_reviews(placement_id), ReviewKind(review_kind)
    found(kind if kind in reviews.kinds else None)
    return Asked(reviews, kind)


def review_held(placement_id: int, review_kind: str) -> tuple[Asked, Party]:
    """The review and as which of the two she holds it; 403 for who may only read it."""
    asked = review_read(placement_id, review_kind)
    if not holds_reviews(signed_in(), asked.placement):
        refuse(403)
    return asked, party_that_holds(signed_in(), asked.placement)


def written(asked: Asked) -> ProgressReview:
    """The row of a review that was begun, or 404."""
    review: ProgressReview = found(asked.review)
    return review


def address_of(asked: Asked) -> str:
    return url_for("progress_reviews.show", placement_id=asked.placement.id, review_kind=asked.kind.value)


def back_to(asked: Asked) -> Response:
    return go_to(address_of(asked))
