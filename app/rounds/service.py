"""Deeds on a round: opening it, changing its dates, closing it early."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.local_times import end_of_day, from_in_words, start_of_day, until_in_words
from app.language.refusal import Refused
from app.models.organisations import Network
from app.models.people import Person
from app.models.programmes import Level, Module, Programme
from app.models.requests import PlacementRequest, RequestState
from app.models.rounds import MatchRound
from app.platform.audit import record

OPENED_AGAIN = "The round was opened again after its seed could be read"


@dataclass(frozen=True)
class RoundDates:
    """The window for requests, from `opens_at` until before `closes_at`, and until when an offer can be answered."""

    opens_at: datetime
    closes_at: datetime
    answer_until: datetime

    @classmethod
    def of_days(cls, opens_on: date, closes_on: date, answer_by: date) -> "RoundDates":
        """Whole days, all three included."""
        return cls(start_of_day(opens_on), end_of_day(closes_on), end_of_day(answer_by))

    def check(self) -> None:
        """Raise Refused unless they come in their order (rule R1)."""
        if self.closes_at <= self.opens_at:
            raise Refused("Requests must close after they open", "closes_at")
        if self.answer_until <= self.closes_at:
            raise Refused("The time to answer must be after requests close", "answer_until")


def open_round(
    session: Session,
    actor: Person,
    now: datetime,
    name: str,
    level: Level,
    network_ids: Sequence[int],
    dates: RoundDates,
    secret: str = "",
) -> MatchRound:
    """Open a round in networks that the actor coordinates; requests that wait for one join it.

    Its seed is drawn here: it is random, unless the demonstration gives a `secret` of its own.

    Raises Refused when a network is not hers, when the dates are out of order or past, or when a network would have
    two rounds of one level at the same time.
    """
    if not network_ids or not set(network_ids) <= actor.network_ids():
        raise Refused("Choose networks that you coordinate", "network_ids")
    dates.check()
    if dates.closes_at <= now:
        raise Refused("Requests must close later than now", "closes_at")
    other = other_round(session, level, network_ids, dates)
    if other:
        shared = ", ".join(network.name for network in other.networks if network.id in network_ids)
        closes = until_in_words(other.closes_at)
        raise Refused(
            f"{taken_by(other)} in {shared}. Choose other networks, another level, or open this one after {closes}.",
            "network_ids",
        )
    round_ = MatchRound(
        name=name,
        level=level,
        opens_at=dates.opens_at,
        closes_at=dates.closes_at,
        answer_until=dates.answer_until,
        networks=list(session.scalars(select(Network).where(Network.id.in_(network_ids)).order_by(Network.name))),
        created_at=now,
        created_by_id=actor.id,
    )
    session.add(round_)
    seed = round_.draw_seed(actor, now, secret=secret)
    session.flush()
    joined = join_waiting_requests(session, round_)
    record(
        session, actor, "opened a round", round_, now=now, name=name, requests_joined=joined, seed_digest=seed.digest
    )
    return round_


def other_round(
    session: Session, level: Level, network_ids: Sequence[int], dates: RoundDates, but: MatchRound | None = None
) -> MatchRound | None:
    """Another round of the level that takes requests in one of the networks at the same time."""
    return session.scalar(
        select(MatchRound)
        .where(
            MatchRound.level == level,
            MatchRound.published_at.is_(None),
            MatchRound.opens_at < dates.closes_at,
            MatchRound.closes_at > dates.opens_at,
            MatchRound.networks.any(Network.id.in_(network_ids)),
            MatchRound.id != (but.id if but else 0),
        )
        .order_by(MatchRound.id)
        .limit(1)
    )


def taken_by(other: MatchRound) -> str:
    """What stands in the way of a round of the same level, without the networks."""
    days = f"from {from_in_words(other.opens_at)} to {until_in_words(other.closes_at)}"
    return f"“{other.name}” takes {other.level.value} requests {days}"


def refuse_other_round(session: Session, round_: MatchRound, dates: RoundDates) -> None:
    """Raise Refused, at the time that runs into it, when another round would take the same requests."""
    other = other_round(session, round_.level, [network.id for network in round_.networks], dates, but=round_)
    if other and other.opens_at <= dates.opens_at:
        raise Refused(f"{taken_by(other)} in a network of this round. Open this one after that.", "opens_at")
    if other:
        raise Refused(f"{taken_by(other)} in a network of this round. Close this one before that.", "closes_at")


def join_waiting_requests(session: Session, round_: MatchRound) -> int:
    """Take in the submitted requests that are in no round yet and could be in this one; return how many they are."""
    waiting = session.scalars(
        select(PlacementRequest)
        .join(Module, PlacementRequest.module_id == Module.id)
        .join(Programme)
        .where(
            PlacementRequest.round_id.is_(None),
            PlacementRequest.state == RequestState.SUBMITTED,
            Programme.level == round_.level,
            PlacementRequest.networks.any(Network.id.in_([network.id for network in round_.networks])),
        )
    ).all()
    for request in waiting:
        request.round_id = round_.id
    return len(waiting)


def change_dates(session: Session, actor: Person, now: datetime, round_: MatchRound, dates: RoundDates) -> None:
    """Move the dates of a round that has not been published; raises Refused when that is too late or out of order.

    A round that had closed and takes requests again gets another seed, because its own could be read meanwhile.
    """
    refuse_published(round_)
    dates.check()
    if dates.answer_until <= now:
        raise Refused("The time to answer must end later than now", "answer_until")
    refuse_other_round(session, round_, dates)
    before = {name: getattr(round_, name).isoformat() for name in vars(dates)}
    seed_was_readable = round_.has_closed(now)
    round_.opens_at, round_.closes_at, round_.answer_until = dates.opens_at, dates.closes_at, dates.answer_until
    record(session, actor, "changed the dates of a round", round_, now=now, name=round_.name, before=before)
    if seed_was_readable and not round_.has_closed(now):
        digest_before, drawn = round_.seed.digest, round_.draw_seed(actor, now, OPENED_AGAIN)
        digests = {"digest": drawn.digest, "digest_before": digest_before}
        record(session, actor, "drew another seed", round_, now=now, name=round_.name, reason=OPENED_AGAIN, **digests)


def close_round_early(session: Session, actor: Person, now: datetime, round_: MatchRound) -> None:
    """End the window now; raises Refused when it is not open."""
    refuse_published(round_)
    if round_.has_closed(now):
        raise Refused(f"The round closed on {until_in_words(round_.closes_at)} already.")
    if round_.opens_at >= now:
        raise Refused("The round has not opened yet, so it cannot be closed. Change its dates instead.")
    planned = round_.closes_at
    round_.closes_at = now
    record(session, actor, "closed a round early", round_, now=now, name=round_.name, planned=planned.isoformat())


def refuse_at_rest(round_: MatchRound) -> None:
    """Raise Refused when the round is published and no clearing turn is open: then nothing is left to decide."""
    if not round_.is_worked_on:
        raise Refused(
            f"“{round_.name}” is published, and no clearing turn of it is open. Open one on its page of free places."
        )


def refuse_published(round_: MatchRound) -> None:
    if round_.published_at is not None:
        raise Refused(f"“{round_.name}” is published: its offers are out and it can no longer be changed.")
