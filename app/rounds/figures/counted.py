"""The figures of a round for a page: counted at once where it is small, else as they were kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.figures import RoundFigures
from app.models.rounds import MatchRound
from app.rounds.figures.counting import Figures, figures_in
from app.rounds.fingerprint import fingerprints_of
from app.rounds.hindrances import blocked_among, idle_among
from app.rounds.inputs import Inputs, inputs_by_round, requests_in_any
from app.rules.fit import published_in

SMALL_ROWS = 200  # requests and openings: so many are counted while somebody waits for the page


@dataclass(frozen=True)
class Counted:
    """Figures with when they were counted, None for just now, and whether they still hold.

    `read_details` is called only by who asks for more than the sums.
    """

    places: int
    without_opening: int
    undecided: Sequence[Sequence[int]]
    read_details: Callable[[], Mapping[str, Any]]
    counted_at: datetime | None = None
    is_current: bool = True

    @cached_property
    def details(self) -> Mapping[str, Any]:
        return self.read_details()

    def possible_for(self, request_ids: Sequence[int]) -> dict[int, int | None]:
        """How many openings each request could be given; None for one that was not there when it was counted."""
        return {one: self.details["possible"].get(str(one)) for one in request_ids}

    def chances_of(self, opening_ids: Sequence[int]) -> dict[int, int | None]:
        """How many learners could be given each opening; None for one that was not there when it was counted."""
        return {one: self.details["chances"].get(str(one)) for one in opening_ids}


def counted_of(session: Session, round_: MatchRound, today: date, *, with_texts: bool = False) -> Counted | None:
    """The figures of a round; None where they have never been counted and would take too long now."""
    return counted_by_round(session, [round_], today, with_texts=with_texts).get(round_.id)


def counted_by_round(
    session: Session, rounds: Sequence[MatchRound], today: date, *, with_texts: bool = False
) -> dict[int, Counted]:
    """The figures of rounds by their ids; `with_texts` also asks whether the advice that they hold still stands.

    The number of queries depends neither on the rounds nor on what is in them.
    """
    if are_small(session, rounds, today):
        by_round = inputs_by_round(session, rounds, today)
        return {round_.id: at_once(session, round_, by_round[round_.id]) for round_ in rounds}
    statement = select(RoundFigures).where(RoundFigures.round_id.in_([round_.id for round_ in rounds]))
    kept = session.scalars(statement).all()
    known = [round_ for round_ in rounds if any(one.round_id == round_.id for one in kept)]
    fingerprints = fingerprints_of(session, known, today, with_texts=with_texts)
    return {one.round_id: as_kept(one, fingerprints[one.round_id], with_texts) for one in kept}


def are_small(session: Session, rounds: Sequence[MatchRound], today: date) -> bool:
    """Whether there are few requests and openings to count, those of several rounds together."""
    if not rounds:
        return True
    networks = {network.id for round_ in rounds for network in round_.networks}
    counts = (
        session.scalar(select(func.count()).select_from(one.order_by(None).limit(SMALL_ROWS + 1).subquery()))
        for one in (requests_in_any(rounds, today), published_in(networks))
    )
    return sum(number or 0 for number in counts) <= SMALL_ROWS


def at_once(session: Session, round_: MatchRound, inputs: Inputs) -> Counted:
    figures = figures_in(inputs)
    return Counted(
        figures.places,
        figures.without_opening,
        figures.undecided,
        lambda: details_of(session, round_, inputs, figures),
    )


def as_kept(kept: RoundFigures, fingerprint: str, with_texts: bool) -> Counted:
    was = kept.fingerprint_with_texts if with_texts else kept.fingerprint
    return Counted(
        kept.places,
        kept.without_opening,
        kept.undecided,
        lambda: kept.details,
        kept.counted_at,
        was == fingerprint,
    )


def details_of(session: Session, round_: MatchRound, inputs: Inputs, figures: Figures) -> dict[str, Any]:
    """Everything that lists show, as JSON keeps it: ids are texts where they are keys."""
    blocked = [request for request in inputs.requests if not figures.possible[request.id]]
    idle = [opening for opening in inputs.openings if not figures.chances[opening.id]]
    return {
        "possible": {str(request_id): number for request_id, number in figures.possible.items()},
        "chances": {str(opening_id): number for opening_id, number in figures.chances.items()},
        "blocked": [
            {"request": one.request.id, "sentence": one.sentence, "openings": [opening.id for opening in one.openings]}
            for one in blocked_among(session, round_, inputs, blocked)
        ],
        "idle": [{"opening": one.opening.id, "sentence": one.sentence} for one in idle_among(inputs, idle)],
    }
