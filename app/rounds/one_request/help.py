"""What would help a learner without a possible opening, where it has been counted."""

from datetime import date

from sqlalchemy.orm import Session

from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.rounds.figures.counted import counted_of


def help_for(session: Session, round_: MatchRound, request: PlacementRequest, today: date) -> str:
    """The sentence about her on the page of what stands in the way; empty while the count does not hold."""
    counted = counted_of(session, round_, today)
    if counted is None or not counted.is_current:
        return ""
    return next((one["sentence"] for one in counted.details["blocked"] if one["request"] == request.id), "")
