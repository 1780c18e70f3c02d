"""Which openings a mentor can confirm, and who is to be asked before a round closes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.organisations import Network
from app.models.people import Person, Role
from app.models.rounds import MatchRound
from app.models.studies import Opening, OpeningLevel, OpeningState
from app.rules.fit import all_of_an_opening


def openings_to_confirm(session: Session, mentor: Person, to_change: bool = False) -> Sequence[Opening]:
    """The openings of a mentor that learners can see; `to_change` keeps others from changing them meanwhile."""
    statement = select(Opening).where(Opening.mentor_id == mentor.id, Opening.state == OpeningState.PUBLISHED)
    if to_change:
        session.scalars(statement.with_for_update().execution_options(populate_existing=True)).all()
    return session.scalars(statement.options(*all_of_an_opening()).order_by(Opening.id)).all()


def openings_to_ask_about(session: Session, now: datetime, before: timedelta) -> Sequence[Opening]:
    """Published openings of rounds that close within `before`, about which nobody was asked or has spoken since then.

    A round that was moved to a later day asks again, once.
    """
    closes = func.min(MatchRound.closes_at)
    soon = (
        select(Opening.id, closes.label("closes_at"))
        .join(OpeningLevel, OpeningLevel.opening_id == Opening.id)
        .join(MatchRound, MatchRound.level == OpeningLevel.level)
        .join(Opening.mentor)
        .where(
            Opening.state == OpeningState.PUBLISHED,
            MatchRound.published_at.is_(None),
            MatchRound.closes_at > now,
            MatchRound.closes_at <= now + before,
            MatchRound.networks.any(Network.id == Opening.network_id),
            Person.takes_part_as(Role.MENTOR),
        )
        .group_by(Opening.id)
    )
    closing = {row.id: row.closes_at for row in session.execute(soon)}
    statement = select(Opening).where(Opening.id.in_(closing)).options(*all_of_an_opening())
    openings = session.scalars(statement.order_by(Opening.mentor_id, Opening.id)).all()
    return [one for one in openings if last_said(one) < closing[one.id] - before]


def last_said(opening: Opening) -> datetime:
    """When its mentor last confirmed it, or was last asked to."""
    asked = opening.asked_to_confirm_at
    return max(opening.last_confirmed_at, asked) if asked else opening.last_confirmed_at
