"""Whether a run still rests on its round as it is: found out at once for a small round, else from what was counted."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.figures import RoundFigures
from app.models.rounds import MatchRound
from app.models.runs import Run
from app.rounds.figures import counted
from app.rounds.fingerprint import fingerprint_of


@dataclass(frozen=True)
class Known:
    """The fingerprint of a round as far as it is known, and of which moment; None for this one."""

    fingerprint: str
    at: datetime | None = None

    def has_left_behind(self, run: Run) -> bool:
        """True when the round is known to have changed since the run read it; publishing asks what exactly."""
        if not run.inputs_fingerprint or run.inputs_fingerprint == self.fingerprint:
            return False
        return self.at is None or (run.started_at is not None and self.at >= run.started_at)


def known_of(session: Session, round_: MatchRound, today: date) -> Known | None:
    """None after publication, when nobody asks any more, and where a large round has not been counted yet.

    Reading a large round afresh takes most of a second; the worker looks at it every minute.
    """
    if round_.published_at:
        return None
    if counted.rows_in(session, [round_], today) <= counted.SMALL_ROWS:
        return Known(fingerprint_of(session, round_, today))
    kept = select(RoundFigures.fingerprint_with_texts, RoundFigures.counted_at).where(
        RoundFigures.round_id == round_.id
    )
    row = session.execute(kept).one_or_none()
    return None if row is None else Known(*row)
