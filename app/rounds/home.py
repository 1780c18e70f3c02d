"""What a coordinator's home page says about her rounds."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.language.dates_and_times import day_in_words, day_of, time_in_words
from app.language.local_times import from_in_words, is_midnight, until_in_words
from app.language.numbers import count, plural
from app.models.people import Person, Role
from app.models.placements import Offer, OfferState
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.runs import Pin, PinEvidence
from app.rounds.figures.counted import Counted, counted_by_round
from app.rounds.inputs import has_live_offer
from app.rounds.queries import is_within_reach_of
from app.rounds.runs.holding import rounds_with_a_run_that_holds
from app.rules.home_items import Line, Standing, ToDo

SOON_DAYS = 7
FOLLOW_UP = timedelta(weeks=3)  # after which lapsed offers are history


def home_items_of(session: Session, person: Person, now: datetime) -> list[Line]:
    """What waits in the rounds of a coordinator; the number of queries does not grow with the rounds."""
    today = day_of(now)
    if not person.network_ids():
        return []
    rounds = unpublished_rounds(session, person)
    published = published_with_waiting_offers(session, person, now)
    taken_back = published_with_taken_back_offers(session, person, today)
    if not rounds and not published and not taken_back:
        return [Standing("No round is open in your networks", "Open one when learners ask for places.", "rounds.new")]
    solved = rounds_with_a_run_that_holds(session, rounds, today)
    counted = counted_by_round(session, rounds, today)
    found: list[Line] = evidence_to_see(session, person, rounds)
    for round_ in rounds:
        figures = counted.get(round_.id)
        found += before_publication(round_, now, round_.id in solved, holds=solved.get(round_.id, False))
        found += (
            [*what_stands_in_the_way(round_, now, figures), *names_to_check(person, round_, figures)]
            if figures
            else [
                Standing(
                    f"{round_.name} has not been counted yet",
                    "Its page counts it.",
                    "rounds.show",
                    {"round_id": round_.id},
                )
            ]
        )
    found += [about_answers(round_, number, until) for round_, number, until in published]
    return [*found, *(about_taken_back(round_, number) for round_, number in taken_back)]


def unpublished_rounds(session: Session, person: Person) -> Sequence[MatchRound]:
    return session.scalars(
        select(MatchRound)
        .where(is_within_reach_of(person), MatchRound.published_at.is_(None))
        .options(selectinload(MatchRound.networks))
        .order_by(MatchRound.closes_at, MatchRound.id)
    ).all()


def before_publication(round_: MatchRound, now: datetime, is_solved: bool, holds: bool = True) -> list[Line]:
    """A line on when it closes or that it should be run or published; `holds` is whether a solved run still does."""
    at = {"round_id": round_.id}
    closes = until_in_words(round_.closes_at)
    lines: list[Line]
    if round_.has_closed(now) and is_solved and not holds:
        lines = [
            ToDo(
                f"Run {round_.name} again",
                f"It closed on {closes}, and something in it has changed since its runs.",
                "rounds.show",
                at,
                round_.closes_on,
            )
        ]
    elif round_.has_closed(now) and is_solved:
        lines = [
            ToDo(
                f"Publish {round_.name}",
                f"It closed on {closes} and has a run that is solved.",
                "rounds.show",
                at,
                round_.closes_on,
            )
        ]
    elif round_.has_closed(now):
        lines = [
            ToDo(
                f"Run {round_.name}",
                f"It closed on {closes} and no run can be published yet.",
                "rounds.show",
                at,
                round_.closes_on,
            )
        ]
    elif round_.opens_at > now:
        lines = [Standing(f"{round_.name} opens on {from_in_words(round_.opens_at)}", "", "rounds.show", at)]
    else:
        when, why = when_it_closes(round_, now), f"Learners can send requests until {closes}."
        lines = [Standing(f"{round_.name} closes {when}", why, "rounds.show", at)]
    return lines


def when_it_closes(round_: MatchRound, now: datetime) -> str:
    """in 3 days, tomorrow, today at 5pm"""
    days = (round_.closes_on - day_of(now)).days
    if days > 1:
        return f"in {days} days"
    at = "" if is_midnight(round_.closes_at) else f" at {time_in_words(round_.closes_at)}"
    return f"{'tomorrow' if days else 'today'}{at}"


def what_stands_in_the_way(round_: MatchRound, now: datetime, counted: Counted) -> list[Line]:
    """A line on learners without any opening, where there are some."""
    if not counted.without_opening:
        return []
    learners = count(counted.without_opening, "learner has", "learners have")
    days, closes = (round_.closes_on - day_of(now)).days, until_in_words(round_.closes_at)
    when = "It has closed." if round_.has_closed(now) else f"It closes on {closes}."
    return [
        ToDo(
            f"See what stands in the way in {round_.name}",
            " ".join((f"{learners} no possible opening.", when, *as_of(counted))),
            "rounds.obstacles",
            {"round_id": round_.id},
            round_.closes_on if days <= SOON_DAYS else None,
        )
    ]


def as_of(counted: Counted) -> list[str]:
    """When the figures are from, where something has changed since."""
    if counted.is_current or counted.counted_at is None:
        return []
    return [f"Counted on {day_in_words(counted.counted_at)}; something has changed since."]


def evidence_to_see(session: Session, person: Person, rounds: Sequence[MatchRound]) -> list[Line]:
    """Pins that somebody else made and that hold their round back until a second person has seen the evidence."""
    names = {round_.id: round_.name for round_ in rounds}
    statement = (
        select(Pin.round_id, func.count())
        .outerjoin(Pin.evidence)
        .where(
            Pin.round_id.in_(names),
            Pin.lifted_at.is_(None),
            Pin.needs_evidence,
            Pin.author_id != person.id,
            PinEvidence.pin_id.is_(None),
        )
        .group_by(Pin.round_id)
        .order_by(Pin.round_id)
    )
    return [
        ToDo(
            f"Look at the evidence for {count(number, 'pin')} of {names[round_id]}",
            "Another coordinator fixed the pairing. No run begins until a second person has seen what it rests on.",
            "rounds.pins.index",
            {"round_id": round_id},
        )
        for round_id, number in session.execute(statement)
    ]


def names_to_check(person: Person, round_: MatchRound, counted: Counted) -> list[Line]:
    """Whether mentors are people whom learners excluded: until somebody says so, no run pairs them."""
    number = sum(mentor_id != person.id for _, mentor_id in counted.undecided)
    if not number:
        return []
    text = f"Check {count(number, 'name')} in {round_.name}"
    why = "A mentor may be somebody whom a learner excluded. No run pairs them before you have said."
    return [ToDo(text, " ".join((why, *as_of(counted))), "rounds.names.index", {"round_id": round_.id})]


def published_with_waiting_offers(
    session: Session, person: Person, now: datetime
) -> list[tuple[MatchRound, int, datetime]]:
    """Her published rounds with the number of offers that can still be answered, and until when the last one can."""
    rows = session.execute(
        select(MatchRound, func.count(Offer.id), func.max(Offer.answer_until))
        .join(Offer, Offer.round_id == MatchRound.id)
        .where(is_within_reach_of(person), Offer.is_open_at(now))
        .group_by(MatchRound.id)
        .order_by(MatchRound.id)
    )
    return [(round_, number, until) for round_, number, until in rows]


def published_with_taken_back_offers(session: Session, person: Person, today: date) -> list[tuple[MatchRound, int]]:
    """Her published rounds with the number of learners who lost an offer and have not asked again."""
    rows = session.execute(
        select(MatchRound, func.count(Offer.id))
        .join(Offer, Offer.round_id == MatchRound.id)
        .join(Offer.request)
        .join(PlacementRequest.learner)
        .where(
            is_within_reach_of(person),
            Offer.state == OfferState.TAKEN_BACK,
            Offer.taken_back_with_id.is_(None),
            MatchRound.answer_by >= today - FOLLOW_UP,
            PlacementRequest.asked_again_at.is_(None),
            Person.takes_part_as(Role.LEARNER),
            ~has_live_offer(today),
        )
        .group_by(MatchRound.id)
        .order_by(MatchRound.id)
    )
    return [(round_, number) for round_, number in rows]


def about_taken_back(round_: MatchRound, number: int) -> Line:
    learners = count(number, "learner", "learners")
    return ToDo(
        f"Look for another place for {learners} of {round_.name}",
        "What their offers rested on is gone, so they were taken back. Each answer says why.",
        "rounds.answers",
        {"round_id": round_.id, "state": OfferState.TAKEN_BACK.value},
    )


def about_answers(round_: MatchRound, number: int, until: datetime) -> Standing:
    """Offers that wait are known; when they have lapsed, their places are among those that are free."""
    return Standing(
        f"{count(number, 'offer')} of {round_.name} {plural(number, 'waits', 'wait')} for an answer",
        f"Learners answer until {until_in_words(until)}.",
        "rounds.answers",
        {"round_id": round_.id},
    )
