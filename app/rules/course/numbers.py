"""The numbers of a placement that a review shows, as plain JSON that can be signed."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.placements import Placement
from app.models.supervision import AgreedAction, SupervisionSession
from app.rules.agreements.kind import agreed_of
from app.rules.agreements.planned_hours import planned_minutes_until
from app.rules.course.evidenced import evidenced
from app.rules.record_totals import summaries_with_earlier, workplace_of


def numbers_of(session: Session, placement: Placement, today: date) -> dict[str, Any]:
    """How a placement stands: minutes of all its parts together; the rest is its own.

    `planned` is what the signed agreement plans by today, and `line` where the Framework's band begins by today; each
    is None where there is none.
    """
    summary = summaries_with_earlier(session, [placement])[placement.id]
    workplace = workplace_of(placement, summary)
    shown = evidenced(session, [placement])[placement.id]
    agreement, standing = agreed_of(session, [placement])[placement.id]
    return {
        "day": today.isoformat(),
        "minutes": summary.total_minutes,
        "workplace_minutes": workplace.minutes,
        "verified_workplace_minutes": summary.verified_workplace_minutes,
        "band_hours": list(workplace.band_hours) if workplace.band_hours else None,
        "line_minutes": workplace.line_minutes(today) if workplace.band_hours else None,
        "planned_minutes": planned_minutes_until(session, placement, today),
        "sessions": confirmed_sessions(session, placement),
        "waiting_sessions": summary.waiting_sessions,
        "last_session_on": summary.last_session_on.isoformat() if summary.last_session_on else None,
        "open_actions": open_actions(session, placement),
        "agreement": "none" if agreement is None else "signed" if standing and standing.is_complete else "not signed",
        "with_evidence": list(shown.shown),
        "without_evidence": list(shown.missing),
    }


def confirmed_sessions(session: Session, placement: Placement) -> int:
    counts = SupervisionSession.confirmed_at.is_not(None), SupervisionSession.withdrawn_at.is_(None)
    statement = select(func.count()).where(SupervisionSession.placement_id == placement.id, *counts)
    return session.scalar(statement.select_from(SupervisionSession)) or 0


def open_actions(session: Session, placement: Placement) -> int:
    """What the two said they would do, and have not ticked yet."""
    statement = (
        select(func.count())
        .select_from(AgreedAction)
        .join(AgreedAction.session)
        .where(
            SupervisionSession.placement_id == placement.id,
            SupervisionSession.withdrawn_at.is_(None),
            AgreedAction.done_on.is_(None),
        )
    )
    return session.scalar(statement) or 0
