"""The page of one progress review: what there is to say of it, and which deeds its reader has."""

from typing import Any

from flask import Response

from app.models.course.progress_reviews import ProgressReviewState
from app.models.operations.parties import Party
from app.models.people import Person
from app.phrasebook.of_placements.agreements import nobody_can_sign
from app.phrasebook.of_placements.progress_reviews import said_content, said_numbers, said_review
from app.platform.clock import today
from app.platform.db import db
from app.progress_reviews import queries
from app.progress_reviews.base_views import Asked
from app.progress_reviews.moves import writers_of
from app.rules.agreements.parts import is_missing, part_of
from app.rules.course.numbers import numbers_of
from app.rules.progress_reviews.conditions import SIGNERS
from app.rules.progress_reviews.kind import PROGRESS_REVIEW, content_of
from app.rules.progress_reviews.parts import holds_reviews, other_than, party_that_holds, person_in
from app.web.access import signed_in
from app.web.htmx import answer
from app.web.looking import note_opening


def page_about(asked: Asked, complaint: str = "", status: int = 200) -> Response:
    """A review as it stands, with what the reader can do about it."""
    note_opening(asked.placement, asked.placement.learner)
    return answer("progress_reviews/show.html", status=status, complaint=complaint, **about(asked))


def about(asked: Asked) -> dict[str, Any]:
    """What there is to say of a review, and which deeds the reader has."""
    session, reader, placement = db.session(), signed_in(), asked.placement
    review, standing = asked.review, asked.reviews.standings.get(asked.kind)
    is_written = review is not None and review.state is ProgressReviewState.TO_SIGN
    return {
        "placement": placement,
        "kind": asked.kind,
        "review": review,
        "standing": standing,
        "short": said_review(asked.reviews, asked.kind, today()),
        "content": said_content(content_of(review)) if review and is_written else None,
        "numbers": [] if is_written else said_numbers(numbers_of(session, placement, today())),
        "signers": [(one, person_in(placement, one), standing.signatures.get(one)) for one in standing.signers]
        if standing and is_written
        else [],
        "all_signatures": sorted([*standing.signatures.values(), *standing.past], key=lambda one: one.id)
        if standing
        else [],
        "reopened": queries.last_reopening(session, review)
        if review and review.state is ProgressReviewState.WRITING
        else None,
        "absent": absent(asked),
        "wording": PROGRESS_REVIEW.wording,
        "person": reader,
        "today": today(),
        **deeds_of(asked, reader),
    }


def absent(asked: Asked) -> list[str]:
    """That one of the two is no longer there, where the review still needs her."""
    if asked.reviews.is_signed(asked.kind) or not asked.reviews.can_be_held_on(asked.kind, today()):
        return []
    gone = [party for party in SIGNERS if is_missing(db.session(), party, asked.placement)]
    return nobody_can_sign(gone, asked.placement)


def deeds_of(asked: Asked, reader: Person) -> dict[str, Any]:
    """What the reader can do now; whoever only reads has neither `party` nor deeds, a supervisor has some."""
    review, reviews = asked.review, asked.reviews
    can_hold, is_holder = reviews.can_be_held_on(asked.kind, today()), holds_reviews(reader, asked.placement)
    party = party_that_holds(reader, asked.placement) if is_holder else None
    standing = reviews.standings.get(asked.kind)
    is_prepared = review is None or review.state is ProgressReviewState.PREPARING
    is_open = review is not None and review.is_open
    is_written = review is not None and review.state is ProgressReviewState.TO_SIGN
    writes = can_hold and party in writers_of(asked.kind)
    is_supervisor = part_of(db.session(), reader, asked.placement) is Party.ACADEMIC_SUPERVISOR
    return {
        "party": party,
        "other": person_in(asked.placement, other_than(party)) if party else None,
        "mine": review.handed_in_by(party) if review and party else None,
        "theirs": review.handed_in_by(other_than(party)) if review and party and is_open else None,
        "is_open": is_open,
        "can_prepare": party and can_hold and asked.kind.is_prepared and is_prepared and not is_open,
        "can_meet": writes and is_prepared,
        "can_write": writes and review is not None and review.state is ProgressReviewState.WRITING,
        "writes": writes,
        "can_sign": is_written and standing is not None and party in standing.missing,
        "can_reopen": is_written and can_hold and (party is not None or is_supervisor),
        "can_read": is_supervisor and reviews.is_signed(asked.kind) and review is not None and not review.read_by,
        "can_hold": can_hold,
    }
