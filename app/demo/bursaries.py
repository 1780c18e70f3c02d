"""What the demo prints of its calls for bursaries: how each stands, and where everybody reads it."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.bursaries.queries import numbers_by_call
from app.language.numbers import listed
from app.models.bursaries.applications import ApplicationState
from app.models.bursaries.calls import BursaryCall
from app.web.addresses import full_address


def about_bursaries(session: Session) -> Iterator[str]:
    calls = session.scalars(select(BursaryCall).order_by(BursaryCall.id)).all()
    numbers = numbers_by_call(session, [call.id for call in calls])
    for call in calls:
        stand = numbers.get(call.id, {})
        applied = [f"{stand[state]} {state.value}" for state in ApplicationState if state in stand]
        how = listed(applied) if applied else "nobody has applied yet"
        yield f"  “{call.title}” ({call.number}): {how}. See {full_address('bursaries.show', open_call_id=call.id)}"
