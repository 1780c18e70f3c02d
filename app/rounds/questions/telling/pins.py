"""What each pin of a run costs, in names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.models.requests import PlacementRequest
from app.models.runs import Proposal, Run
from app.models.studies import Opening
from app.rounds.questions.queries import openings_of_ids, requests_of_ids
from app.rounds.questions.telling.differences import Told, told


@dataclass(frozen=True)
class PinCost:
    """A pin, and what the run would be without it."""

    request: PlacementRequest
    opening: Opening
    reason: str
    told: Told

    @property
    def costs_an_aim(self) -> bool:
        return bool(self.told.changed_stages)


def has_pins(session: Session, run: Run) -> bool:
    """Whether the run kept any pin."""
    return bool(session.scalar(select(exists().where(Proposal.run_id == run.id, Proposal.is_pinned))))


def pins_told(session: Session, answer: Mapping[str, Any]) -> Sequence[PinCost]:
    """Those that cost something first."""
    pins = answer["pins"]
    requests = requests_of_ids(session, [one["request"] for one in pins])
    openings = openings_of_ids(session, [one["opening"] for one in pins])
    found = [
        PinCost(requests[one["request"]], openings[one["opening"]], one["reason"], difference)
        for one, difference in zip(pins, told(session, pins), strict=True)
    ]
    return sorted(found, key=lambda one: (not one.costs_an_aim, not one.told.movers, one.request.learner.name))
