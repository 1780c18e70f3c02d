"""The openings of a round as its coordinator lists them."""

from collections.abc import Mapping, Sequence

from app.language.folding import has_words
from app.models.studies import Opening
from app.rounds.inputs import Inputs


def openings_listed(inputs: Inputs, search: str, network_id: int | None) -> list[Opening]:
    """The openings whose study, mentor or organisation has each word of the search, by mentor's name."""
    listed = [
        opening
        for opening in inputs.openings
        if (not network_id or opening.network_id == network_id) and has_words(names_of(opening), search)
    ]
    return sorted(listed, key=lambda opening: (opening.mentor.name, opening.id))


def names_of(opening: Opening) -> str:
    study = opening.study
    return " ".join((study.short_title, study.title, opening.mentor.name, opening.organisation.name))


def chances_of(inputs: Inputs, openings: Sequence[Opening]) -> Mapping[int, int]:
    """How many learners could be given each of the openings, by opening id."""
    shown = {opening.id: 0 for opening in openings}
    for request in inputs.requests:
        for opening in inputs.possible_for(request):
            if opening.id in shown:
                shown[opening.id] += 1
    return shown
