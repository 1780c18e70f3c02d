"""The openings that fit a request: found, searched and filtered for its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.language.folding import has_words
from app.models.organisations import Network, Specialty
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.phrasebook.obstacles import all_to_learner
from app.requests.queries import round_of
from app.rules.capacity import Held
from app.rules.eligibility import Obstacles
from app.rules.fit import OpeningFit, fits_of, openings_in

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Search:
    """What the learner looks for among the openings that fit; it lives in the address of the page."""

    text: str = ""
    specialty_id: int | None = None
    network_id: int | None = None
    word: str = ""
    page: int = 1

    def finds(self, fit: OpeningFit) -> bool:
        opening = fit.opening
        return (
            (self.network_id is None or opening.network_id == self.network_id)
            and (self.specialty_id is None or self.specialty_id in {one.id for one in opening.study.specialties})
            and (not self.word or fit.word == self.word)
            and (not self.text or has_words(text_of(opening), self.text))
        )

    @property
    def address(self) -> dict[str, Any]:
        """The search as it stands in an address; what was left open is left out."""
        values = {
            "text": self.text,
            "specialty": self.specialty_id,
            "network": self.network_id,
            "fit": self.word,
            "page": self.page if self.page > 1 else None,
        }
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the openings that fit, with what the filters can be set to."""

    fits: list[OpeningFit]
    number: int
    number_fitting: int
    page: int
    page_count: int
    places_left: dict[int, int]
    networks: list[Network]
    specialties: list[Specialty]


def text_of(opening: Opening) -> str:
    """What a search looks through."""
    study = opening.study
    parts = (
        study.title,
        study.short_title,
        study.summary,
        opening.learner_does,
        opening.mentor.name,
        opening.organisation.name,
        *(identifier.value for identifier in study.identifiers),
    )
    return " ".join(parts)


def fitting(session: Session, request: PlacementRequest, today: date) -> tuple[list[OpeningFit], dict[int, int]]:
    """The openings that fit, best first, and how many places each has left."""
    level = request.module.programme.level if request.module else None
    within_reach = {network.id for network in request.networks}
    of_round = openings_in(session, within_reach | networks_of_round(session, request, today), level)
    openings = [one for one in of_round if one.network_id in within_reach]
    held = Held.on(session, today)
    asked = Obstacles(today, held)
    fitting = [one for one in openings if not asked.of(request, one)]
    left = {one.id: held.places_left(one) for one in openings}
    return fits_of(request, fitting, today, among=of_round), left


def networks_of_round(session: Session, request: PlacementRequest, today: date) -> set[int]:
    """The networks of the request's round: its openings are scored together, there and here, so that scores agree."""
    round_ = request.round or round_of(session, request, today)
    return {network.id for network in round_.networks} if round_ else set()


def find_openings(session: Session, request: PlacementRequest, search: Search, today: date) -> Found:
    """The page of openings that fit and that the search finds; a page past the last one is the last."""
    fits, left = fitting(session, request, today)
    found = [fit for fit in fits if search.finds(fit)]
    page_count = max(1, -(-len(found) // PAGE_SIZE))
    page = min(search.page, page_count)
    specialties = {one.id: one for fit in fits for one in fit.opening.study.specialties}
    return Found(
        fits=found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        number=len(found),
        number_fitting=len(fits),
        page=page,
        page_count=page_count,
        places_left=left,
        networks=list(request.networks),
        specialties=sorted(specialties.values(), key=lambda one: one.name),
    )


def obstacles_on_list(session: Session, request: PlacementRequest, today: date) -> dict[int, str]:
    """What keeps openings on the learner's list from fitting, in words by opening id; those that fit are left out."""
    openings: Sequence[Opening] = [row.opening for row in request.ranked]
    asked = Obstacles(today, Held.on(session, today)) if openings else Obstacles(today)
    found = {one.id: asked.of(request, one) for one in openings}
    return {opening_id: all_to_learner(in_the_way) for opening_id, in_the_way in found.items() if in_the_way}
