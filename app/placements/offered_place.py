"""Whether the place that an offer holds is still there, asked within the transaction that takes it."""

from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken
from app.models.placements import Offer, Placement
from app.models.studies import Opening, OpeningState
from app.rules.capacity import lock_limits

WHAT_NEXT = (
    "Your coordinator has just been told and will look for another place for you. The offer stays open: if a place "
    "comes free before its last day, you can accept it then."
)


def lock_what_limits(session: Session, offer: Offer) -> None:
    """Lock what an acceptance depends on and read it afresh: what limits the opening, then the offer."""
    lock_limits(session, [offer.opening])
    statement = select(Offer).where(Offer.id == offer.id).with_for_update()
    session.scalars(statement.execution_options(populate_existing=True)).all()


def check_place(session: Session, offer: Offer, today: date) -> None:
    """Raise Overtaken when opening, mentor or study have as many learners as they can take.

    Only placements are counted: every waiting offer, this one too, holds a place for its own learner.
    """
    opening, profile = offer.opening, offer.opening.mentor.mentor_profile
    if opening.state is OpeningState.WITHDRAWN or opening.ends_on <= today:
        raise Overtaken(f"We are sorry: this opening is no longer there. {WHAT_NEXT}")
    if placed(session, today, Opening.id == opening.id) >= opening.places:
        raise Overtaken(f"We are sorry: the last place of this opening has just been taken. {WHAT_NEXT}")
    if profile and placed(session, today, Opening.mentor_id == opening.mentor_id) >= profile.learners_max:
        raise Overtaken(
            f"We are sorry: {opening.mentor.name} now has as many learners as one mentor can support. {WHAT_NEXT}"
        )
    limit = opening.study.learner_limit
    if limit is not None and placed(session, today, Opening.study_id == opening.study_id) >= limit:
        raise Overtaken(f"We are sorry: this study now has as many learners as it can take. {WHAT_NEXT}")


def placed(session: Session, today: date, condition: ColumnElement[bool]) -> int:
    """How many learners have a running or coming placement in openings that fulfil a condition."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Placement)
            .join(Opening, Opening.id == Placement.opening_id)
            .where(condition, Placement.is_current_on(today))
        )
        or 0
    )
