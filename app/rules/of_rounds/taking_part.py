"""The rounds in which a mentor's openings take part."""

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.rounds import MatchRound, round_networks
from app.models.studies import Opening, OpeningLevel, OpeningState


def offers_a_place(person: Person) -> ColumnElement[bool]:
    """True of rounds in which an opening of hers takes part, or would if it were not paused."""
    return (
        select(Opening.id)
        .join(OpeningLevel, OpeningLevel.opening_id == Opening.id)
        .where(
            Opening.mentor_id == person.id,
            Opening.state != OpeningState.WITHDRAWN,
            OpeningLevel.level == MatchRound.level,
            Opening.network_id.in_(networks_of_the_round()),
        )
        .correlate(MatchRound)
        .exists()
    )


def networks_of_the_round() -> ColumnElement[int]:
    own = select(round_networks.c.network_id).where(round_networks.c.round_id == MatchRound.id)
    return own.correlate(MatchRound).scalar_subquery()


def rounds_of_mentor(session: Session, mentor: Person, now: datetime) -> list[MatchRound]:
    """The rounds in which an opening of hers takes part and that can still be answered, those that close first."""
    statement = select(MatchRound).where(offers_a_place(mentor), MatchRound.answer_until > now)
    return list(session.scalars(statement.order_by(MatchRound.closes_at, MatchRound.id).limit(10)))
