"""One learner in a run: what she got, and why not what she would rather have had."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.requests import PlacementRequest
from app.models.runs import Proposal, Run
from app.models.studies import Opening
from app.phrasebook.obstacles import sentence, to_coordinator
from app.rounds.questions.queries import openings_of_ids
from app.rounds.questions.telling.differences import Told, told
from app.rules.eligibility import obstacles
from app.rules.fit import all_of_an_opening

NOT_IN_RUN = "It was not an opening of this run."
NO_PLACE_THEN = "It had no place left when the run began."
NOT_FORMED = "The run could not form this pair; what kept it from it has changed since."


@dataclass(frozen=True)
class Alternative:
    """An opening that she would rather have had, and what forcing it would do."""

    opening: Opening
    rank: int | None
    score: int
    told: Told


@dataclass(frozen=True)
class NotPossible:
    """An opening higher on her list that the run could not give her at all, and why."""

    opening: Opening
    rank: int
    why: str


@dataclass(frozen=True)
class Explained:
    """The answer in names; `without` is what keeping her from her place would do."""

    without: Told | None
    alternatives: Sequence[Alternative]
    more: int


def explained(session: Session, answer: Mapping[str, Any]) -> Explained:
    """What the engine found for one learner, in names."""
    alternatives, without = answer["alternatives"], answer["without"]
    openings = openings_of_ids(session, [one["opening"] for one in alternatives])
    first, *others = told(session, [without, *alternatives] if without else [NOTHING, *alternatives])
    return Explained(
        first if without else None,
        [
            Alternative(openings[one["opening"]], one["rank"], one["score"], difference)
            for one, difference in zip(alternatives, others, strict=True)
        ],
        answer["more"],
    )


NOTHING: Mapping[str, Any] = {"stages": [], "moves": [], "clash": None}


def not_possible(
    session: Session, run: Run, request: PlacementRequest, proposal: Proposal | None, found: Explained, today: date
) -> list[NotPossible]:
    """What stood higher on her list and was no possible pair, with the obstacle as it is now."""
    got = proposal.rank if proposal else None
    explained_ids = {one.opening.id for one in found.alternatives}
    better = [row for row in request.ranked if (got is None or row.position < got)]
    left = {row.opening_id: row.position for row in better if row.opening_id not in explained_ids}
    left.pop(proposal.opening_id if proposal else 0, None)
    statement = select(Opening).where(Opening.id.in_(left)).options(*all_of_an_opening())
    rows = sorted(session.scalars(statement), key=lambda one: left[one.id])
    return [NotPossible(one, left[one.id], why_not_possible(run, request, one, today)) for one in rows]


def why_not_possible(run: Run, request: PlacementRequest, opening: Opening, today: date) -> str:
    in_the_way = obstacles(request, opening, today)
    if in_the_way:
        return sentence(to_coordinator(in_the_way[0]))
    places = run.outcome["places"].get(str(opening.id))
    return NOT_IN_RUN if places is None else NOT_FORMED if places else NO_PLACE_THEN
