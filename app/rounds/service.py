"""Deeds on a round: opening it, changing its dates, closing it early."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
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
    """The window for requests, both days included, and the last day to answer an offer."""

    opens_on: date
    closes_on: date
    answer_by: date

    def check(self) -> None:
        """Raise Refused unless they come in their order (rule R1)."""
        if self.closes_on <= self.opens_on:
            raise Refused("The last day for requests must be after the first day", "closes_on")
        if self.answer_by <= self.closes_on:
            raise Refused("The last day to answer must be after the last day for requests", "answer_by")


def open_round(
    session: Session,
    actor: Person,
    today: date,
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
    if dates.closes_on < today:
        raise Refused("The last day for requests must be today or later", "closes_on")
    other = other_round(session, level, network_ids, dates)
    if other:
        shared = ", ".join(network.name for network in other.networks if network.id in network_ids)
        closes = day_in_words(other.closes_on)
        raise Refused(
            f"{taken_by(other)} in {shared}. Choose other networks, another level, or a first day after {closes}.",
            "network_ids",
        )
    round_ = MatchRound(
        name=name,
        level=level,
        opens_on=dates.opens_on,
        closes_on=dates.closes_on,
        answer_by=dates.answer_by,
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
    """Another round of the level that takes requests in one of the networks on the same days."""
    return session.scalar(
        select(MatchRound)
        .where(
            MatchRound.level == level,
            MatchRound.published_at.is_(None),
            MatchRound.opens_on <= dates.closes_on,
            MatchRound.closes_on >= dates.opens_on,
            MatchRound.networks.any(Network.id.in_(network_ids)),
            MatchRound.id != (but.id if but else 0),
        )
        .order_by(MatchRound.id)
        .limit(1)
    )


def taken_by(other: MatchRound) -> str:
    """What stands in the way of a round of the same level, without the networks."""
    days = f"from {day_in_words(other.opens_on)} to {day_in_words(other.closes_on)}"
    return f"“{other.name}” takes {other.level.value} requests {days}"


def refuse_other_round(session: Session, round_: MatchRound, dates: RoundDates) -> None:
    """Raise Refused, at the day that runs into it, when another round would take the same requests."""
    other = other_round(session, round_.level, [network.id for network in round_.networks], dates, but=round_)
    if other and other.opens_on <= dates.opens_on:
        raise Refused(f"{taken_by(other)} in a network of this round. Choose a first day after that.", "opens_on")
    if other:
        raise Refused(f"{taken_by(other)} in a network of this round. Choose a last day before that.", "closes_on")


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


def change_dates(
    session: Session, actor: Person, today: date, now: datetime, round_: MatchRound, dates: RoundDates
) -> None:
    """Move the dates of a round that has not been published; raises Refused when that is too late or out of order.

    A round that had closed and takes requests again gets another seed, because its own could be read meanwhile.
    """
    refuse_published(round_)
    dates.check()
    if dates.answer_by < today:
        raise Refused("The last day to answer must be today or later", "answer_by")
    refuse_other_round(session, round_, dates)
    before = {day: getattr(round_, day).isoformat() for day in ("opens_on", "closes_on", "answer_by")}
    seed_was_readable = round_.has_closed(today)
    round_.opens_on, round_.closes_on, round_.answer_by = dates.opens_on, dates.closes_on, dates.answer_by
    record(session, actor, "changed the dates of a round", round_, now=now, name=round_.name, before=before)
    if seed_was_readable and not round_.has_closed(today):
        digest_before, drawn = round_.seed.digest, round_.draw_seed(actor, now, OPENED_AGAIN)
        digests = {"digest": drawn.digest, "digest_before": digest_before}
        record(session, actor, "drew another seed", round_, now=now, name=round_.name, reason=OPENED_AGAIN, **digests)


def close_round_early(session: Session, actor: Person, today: date, now: datetime, round_: MatchRound) -> None:
    """End the window now, so that yesterday was its last day; raises Refused when it is not open."""
    refuse_published(round_)
    if round_.closes_on < today:
        raise Refused(f"The round closed on {day_in_words(round_.closes_on)} already.")
    if round_.opens_on >= today:
        raise Refused("Learners have not had a whole day yet. Close the round tomorrow, or change its dates.")
    planned = round_.closes_on
    round_.closes_on = today - timedelta(days=1)
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
