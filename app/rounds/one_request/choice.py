"""The openings that one request could be given: SQL leaves out most, the rules are asked of what is left.

Only openings that are shown are loaded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.studies import Opening
from app.rules.capacity import Held
from app.rules.eligibility import Obstacles, between
from app.rules.fit import OpeningFit, all_of_an_opening, interest_of
from app.rules.length import Length
from app.rules.plain.openings import PlainOpening, could_fit, plain_openings
from matching.interest import InterestIndex, fit_word


@dataclass(frozen=True, slots=True)
class Possible:
    """An opening that nothing keeps from the learner: how well it fits, interests and length together."""

    opening: PlainOpening
    score: int
    length: Length | None

    @property
    def word(self) -> str:
        return fit_word(self.score)


def possible_for(
    session: Session, round_: MatchRound, index: InterestIndex, request: PlacementRequest, today: date
) -> list[Possible]:
    """The openings of the round that nothing keeps from the learner, wanted or not, best first.

    `index` is that of the round, from `index_of_round`.
    """
    here = [network.id for network in round_.networks]
    near = plain_openings(session, here, round_.level, today, *could_fit(request, today))
    held = Held.around(session, today, [one.limits for one in near], [request.learner_id])
    asked = Obstacles(today, held).asked_by(request)
    free = [one for one in near if not between(asked, one.given, one.places_for(request, held))]
    scores = index.scores([interest_of(request)], [str(one.id) for one in free])[0]
    lengths = [one.length_for(request, today) for one in free]
    found = [
        Possible(one, length.pulled(int(score)) if length else int(score), length)
        for one, score, length in zip(free, scores, lengths, strict=True)
    ]
    return sorted(found, key=lambda one: (-one.score, one.opening.id))


def fits_shown(
    session: Session, index: InterestIndex, request: PlacementRequest, some: Sequence[Possible], today: date
) -> list[OpeningFit]:
    """Some of them with all that a page says of an opening."""
    ids = [one.opening.id for one in some]
    statement = select(Opening).where(Opening.id.in_(ids)).options(*all_of_an_opening())
    openings = {opening.id: opening for opening in session.scalars(statement)}
    return [OpeningFit(openings[one.opening.id], one.score, request, index, today) for one in some]
