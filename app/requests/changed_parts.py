"""What is written down when a part of a request changes; a request that was sent goes on in the round that suits it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.requests import PlacementRequest, RequestState
from app.platform.audit import record
from app.requests.queries import round_of


def note_change(
    session: Session,
    actor: Person,
    request: PlacementRequest,
    part: str,
    today: date,
    now: datetime,
    **details: Any,
) -> None:
    """Write the audit line of a changed part; a request that was sent goes on in the round that now suits it."""
    if request.state is RequestState.SUBMITTED and not request.is_frozen_at(now):
        request.round = round_of(session, request, now)
    record(session, actor, "changed a request", request, now=now, part=part, **details)


def details_of(lost: list[int]) -> dict[str, Any]:
    """What an audit line says of choices that a changed answer took off the list."""
    return {"removed": lost} if lost else {}
