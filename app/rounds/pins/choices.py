"""Which openings a learner can be pinned to, and whether pins can still be kept."""

from collections.abc import Iterable

from app.models.requests import PlacementRequest
from app.models.runs import Pin
from app.phrasebook.fits import in_short
from app.rounds.inputs import Inputs, rank_of
from app.rounds.snapshot import hindrance_of
from app.rules.fit import OpeningFit


def openings_to_pin(request: PlacementRequest, fits: Iterable[OpeningFit]) -> list[tuple[str, str]]:
    """Each opening that nothing keeps from the learner, with its place on her list: those first, then by fit."""
    ranked = sorted(fits, key=lambda fit: rank_of(request, fit.opening) or 1000)
    return [(str(fit.opening.id), label(request, fit)) for fit in ranked]


def label(request: PlacementRequest, fit: OpeningFit) -> str:
    rank, opening = rank_of(request, fit.opening), fit.opening
    place = f"number {rank} on the list" if rank else "not on the list"
    return f"{opening.mentor.name}, {opening.study.name} ({', '.join((place, *in_short(fit)))})"


def standing_of(pins: Iterable[Pin], inputs: Inputs) -> dict[int, str]:
    """Why a pin cannot be kept as things stand, by pin id; pins that can be kept, or were lifted, are not in it."""
    learners = {request.id: request for request in inputs.requests}
    openings = {opening.id: opening for opening in inputs.openings}
    found = {}
    for pin in pins:
        request = learners.get(pin.request_id)
        if pin.lifted_at is None:
            found[pin.id] = (
                hindrance_of(request, openings.get(pin.opening_id), inputs)
                if request
                else "the learner is no longer looking for a place in this round"
            )
    return {pin_id: hindrance for pin_id, hindrance in found.items() if hindrance}
