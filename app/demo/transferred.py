"""What the demo prints of placements that went on elsewhere: one record of two parts for each."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload

from app.language.dates_and_times import day_in_words, day_of, hours_and_minutes
from app.models.placements import Placement
from app.rules.record.reading import record_of
from app.web.addresses import full_address

MOST = 1


def about_transferred(session: Session, now: datetime) -> Iterator[str]:
    """The first that has gone on already, with what counts of both parts together, and where its record is read."""
    before = aliased(Placement)
    gone_on = select(Placement).join(before, Placement.continues_id == before.id)
    gone_on = gone_on.where(Placement.starts_on <= day_of(now), before.ends_on >= before.starts_on)
    people = joinedload(Placement.learner), joinedload(Placement.mentor)
    for placement in session.scalars(gone_on.options(*people).order_by(Placement.id).limit(MOST)):
        record = record_of(session, placement, day_of(now))
        parts = ", then ".join(
            f"with {part.mentor} from {day_in_words(part.starts_on)} to {day_in_words(part.ends_on)}"
            for part in record.parts
        )
        yield f"  The placement of {placement.learner.name} went on elsewhere: {parts}."
        yield (
            f"    One record: {hours_and_minutes(record.submitted_minutes)} count in all. See "
            f"{full_address('record.show', placement_id=placement.id)}"
        )
