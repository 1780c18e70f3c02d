"""Which openings a learner can be pinned to, and whether pins can still be kept."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.requests import PlacementRequest
from app.models.runs import Pin
from app.models.studies import Study
from app.phrasebook.fits import in_short
from app.rounds.inputs import Inputs
from app.rounds.one_request.choice import Possible
from app.rounds.snapshot import hindrance_of_pin


def openings_to_pin(session: Session, request: PlacementRequest, possible: Sequence[Possible]) -> list[tuple[str, str]]:
    """Each opening that nothing keeps from the learner, with its place on her list: those first, then by fit."""
    ranks = {row.opening_id: row.position for row in request.ranked}
    studies = names_of_studies(session, {one.opening.limits.study_id for one in possible})
    ordered = sorted(possible, key=lambda one: ranks.get(one.opening.id, 1000))
    return [(str(one.opening.id), label(one, studies, ranks.get(one.opening.id))) for one in ordered]


def label(one: Possible, studies: Mapping[int, str], rank: int | None) -> str:
    place = f"number {rank} on the list" if rank else "not on the list"
    study = studies[one.opening.limits.study_id]
    return f"{one.opening.given.mentor_name}, {study} ({', '.join((place, *in_short(one)))})"


def names_of_studies(session: Session, ids: Collection[int]) -> dict[int, str]:
    """What people call each study, by its id."""
    rows = session.execute(select(Study.id, Study.short_title, Study.title).where(Study.id.in_(ids)))
    return {id_: short_title or title for id_, short_title, title in rows}


def standing_of(pins: Iterable[Pin], inputs: Inputs) -> dict[int, str]:
    """Why a pin cannot be kept as things stand, by pin id; pins that can be kept, or were lifted, are not in it."""
    learners = {request.id: request for request in inputs.requests}
    openings = {opening.id: opening for opening in inputs.openings}
    found = {}
    for pin in pins:
        request = learners.get(pin.request_id)
        if pin.lifted_at is None:
            found[pin.id] = (
                hindrance_of_pin(pin, request, openings.get(pin.opening_id), inputs)
                if request
                else "the learner is no longer looking for a place in this round"
            )
    return {pin_id: hindrance for pin_id, hindrance in found.items() if hindrance}
