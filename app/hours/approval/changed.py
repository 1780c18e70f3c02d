"""What a mentor read and wrote about entries that were changed before she sent it: nothing that she typed is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.hours.queries import latest_version
from app.hours.service import in_words
from app.models.hours import HoursEntry, HoursState
from app.models.placements import Placement

BECAME = {
    HoursState.SUBMITTED: "was corrected since",
    HoursState.WITHDRAWN: "was withdrawn since, and does not count",
    HoursState.VERIFIED: "was verified since",
    HoursState.RETURNED: "was returned since",
    HoursState.DRAFT: "was corrected since, and is not submitted yet",
}


@dataclass(frozen=True)
class Changed:
    """An entry as she read it, its latest version, and the words that she typed beside it, which may be none."""

    read: HoursEntry
    latest: HoursEntry
    words: str

    @property
    def became(self) -> str:
        """What you read, 1 h of workplace learning on 3 March 2026, “Screened notes.”, was corrected since."""
        return f"What you read, {in_words(self.read)}, {BECAME[self.latest.state]}"


def changed_among(session: Session, placement: Placement, typed: Mapping[int, str]) -> Iterator[Changed]:
    """Those of the entries with some ids that no longer wait as they were; `typed` are the words beside each."""
    hers = select(HoursEntry).where(HoursEntry.id.in_(typed), HoursEntry.placement_id == placement.id)
    for entry in session.scalars(hers.order_by(HoursEntry.worked_on, HoursEntry.id)):
        if entry.state is not HoursState.SUBMITTED:
            yield Changed(entry, latest_version(session, entry), typed[entry.id])
