"""What a coordinator's home page says of places that are free after a publication, and of clearing turns."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from app.language.dates_and_times import day_in_words
from app.language.numbers import count, plural
from app.models.people import Person
from app.models.rounds import MatchRound, RoundTurn
from app.models.runs import Run, RunState
from app.rounds.clearing.places import free_by_round, waiting_by_round
from app.rounds.queries import is_within_reach_of
from app.rules.home_items import Line, Standing, ToDo

FOLLOWED_FOR = timedelta(weeks=26)  # after the last day to answer; then the next round is there for those who wait


def items_of_free_places(session: Session, person: Person, today: date) -> list[Line]:
    """A line for each of her published rounds with free places or learners who wait."""
    rounds = rounds_followed(session, person, today) if person.network_ids() else []
    if not rounds:
        return []
    free, waiting = free_by_round(session, rounds, today), waiting_by_round(session, rounds, today)
    solved = solved_in_their_turn(session, rounds)
    found = (
        about_turn(round_, round_.open_turn, round_.id in solved)
        if round_.open_turn
        else about_places(round_, len(free[round_.id]), waiting.get(round_.id, 0))
        for round_ in rounds
    )
    return [item for item in found if item]


def rounds_followed(session: Session, person: Person, today: date) -> Sequence[MatchRound]:
    since = today - FOLLOWED_FOR
    is_recent = or_(MatchRound.answer_by >= since, MatchRound.turns.any(RoundTurn.answer_by >= since))
    return session.scalars(
        select(MatchRound)
        .where(is_within_reach_of(person), MatchRound.published_at.is_not(None), is_recent)
        .options(selectinload(MatchRound.networks))
        .order_by(MatchRound.closes_on, MatchRound.id)
    ).all()


def solved_in_their_turn(session: Session, rounds: Sequence[MatchRound]) -> set[int]:
    """The rounds whose present turn has a run that is solved."""
    runs = select(Run.round_id, Run.turn).where(
        Run.round_id.in_([round_.id for round_ in rounds]), Run.state == RunState.SOLVED
    )
    solved = set(session.execute(runs.distinct()).all())
    return {round_.id for round_ in rounds if (round_.id, round_.turn_number) in solved}


def about_turn(round_: MatchRound, turn: RoundTurn, is_solved: bool) -> ToDo:
    deed = "Publish" if is_solved else "Run"
    return ToDo(
        f"{deed} the clearing turn of {round_.name}",
        f"Learners who wait were told that they hear by {day_in_words(turn.hears_by)}.",
        "rounds.show",
        {"round_id": round_.id},
        turn.hears_by,
    )


def about_places(round_: MatchRound, free: int, waiting: int) -> Line | None:
    """Free places and learners who wait are to be brought together; one without the other only needs to be known."""
    at = {"round_id": round_.id}
    openings, wait = count(free, "opening"), count(waiting, "learner waits", "learners wait")
    if free and waiting:
        return ToDo(
            f"Fill free places of {round_.name}",
            f"{openings} {plural(free, 'has', 'have')} a free place, and {wait} for one. See who comes next, or open a "
            "clearing turn.",
            "rounds.clearing.index",
            at,
        )
    if free:
        return Standing(
            f"{openings} of {round_.name} {plural(free, 'has', 'have')} a free place",
            "Nobody waits for one."
            + (" See whether somebody who has a place can move up to it." if round_.moves_up else ""),
            "rounds.clearing.index",
            at,
        )
    if waiting:
        return Standing(
            f"{count(waiting, 'learner', 'learners')} of {round_.name} {plural(waiting, 'waits', 'wait')} for a place",
            "None is free at the moment.",
            "rounds.clearing.index",
            at,
        )
    return None
