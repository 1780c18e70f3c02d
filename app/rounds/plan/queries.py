"""Who may read the plan of a round, and what it says."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from app.language.dates_and_times import day_of
from app.language.working_days import working_days_between
from app.models.organisations import Network
from app.models.people import Person
from app.models.programmes import Module, Programme
from app.models.requests import PlacementRequest, RequestState
from app.models.rounds import MatchRound, PolicyAnnouncement
from app.rounds.policies import meaning_of, rewards_of
from app.rounds.queries import is_within_reach_of
from app.rules.of_rounds.taking_part import networks_of_the_round, offers_a_place


@dataclass(frozen=True)
class Said:
    """An announced policy in words."""

    announcement: PolicyAnnouncement
    meaning: str
    rewards: str


def plan_of(session: Session, person: Person, round_id: int) -> MatchRound | None:
    """The round, if it concerns this person: she coordinates it, asks for such a place, or offers one."""
    concerns = or_(is_within_reach_of(person), asks_for_a_place(person), offers_a_place(person))
    return session.scalar(
        select(MatchRound)
        .where(MatchRound.id == round_id, concerns)
        .options(
            selectinload(MatchRound.networks),
            selectinload(MatchRound.seeds),
            selectinload(MatchRound.announcements).joinedload(PolicyAnnouncement.announced_by),
        )
    )


def asks_for_a_place(person: Person) -> ColumnElement[bool]:
    """True of rounds that a request of hers is in, or whose level and networks suit one that she has begun."""
    suits = and_(
        PlacementRequest.state != RequestState.WITHDRAWN,
        PlacementRequest.module_id.in_(
            select(Module.id).join(Programme).where(Programme.level == MatchRound.level).scalar_subquery()
        ),
        PlacementRequest.networks.any(Network.id.in_(networks_of_the_round())),
    )
    hers = select(PlacementRequest.id).where(PlacementRequest.learner_id == person.id)
    return hers.where(or_(PlacementRequest.round_id == MatchRound.id, suits)).correlate(MatchRound).exists()


def said_in(round_: MatchRound) -> list[Said]:
    """What was announced, the newest first."""
    return [Said(one, meaning_of(one.stages), rewards_of(one.stages)) for one in reversed(round_.announcements)]


def days_to_answer(round_: MatchRound) -> int:
    """The working days from the day after publication to the last one; before it, from the day after requests close."""
    after = day_of(round_.published_at) if round_.published_at else round_.closes_on
    return working_days_between(after, round_.answer_by)
