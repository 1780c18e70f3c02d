"""The openings that fit a request: found, searched and filtered for its page."""

from collections.abc import Iterable, Mapping, Sequence
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
from app.rules.eligibility import Obstacle, Obstacles
from app.rules.fit import OpeningFit, fits_of, openings_in

PAGE_SIZE = 20  # studies


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
    """One page of the studies whose openings fit, each with its openings, and what the filters can be set to.

    The numbers are of openings with a place free; those that are full are counted beside them.
    """

    studies: list[list[OpeningFit]]
    number: int
    number_fitting: int
    number_full: int
    page: int
    page_count: int
    places_left: dict[int, int]
    networks: list[Network]
    specialties: list[Specialty]

    @property
    def ids_with_place(self) -> list[int]:
        """The openings on the page that can be added to the list."""
        return [fit.opening.id for fits in self.studies for fit in fits if self.places_left[fit.opening.id]]


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
    """The openings that fit, full or not, best first, and how many places each has left."""
    level = request.module.programme.level if request.module else None
    within_reach = {network.id for network in request.networks}
    of_round = openings_in(session, within_reach | networks_of_round(session, request, today), level)
    openings = [one for one in of_round if one.network_id in within_reach]
    held = Held.on(session, today)
    asked = Obstacles(today, held)
    fitting = [one for one in openings if set(asked.of(request, one)) <= {Obstacle.NO_PLACE}]
    left = {one.id: held.places_for(request, one) for one in openings}
    return fits_of(request, fitting, today, among=of_round), left


def by_study(fits: Sequence[OpeningFit], left: Mapping[int, int]) -> list[list[OpeningFit]]:
    """The openings of each study together, best first; what is full stands behind what is not."""
    studies: dict[int, list[OpeningFit]] = {}
    for fit in sorted(fits, key=lambda fit: not left[fit.opening.id]):
        studies.setdefault(fit.opening.study_id, []).append(fit)
    return list(studies.values())


def networks_of_round(session: Session, request: PlacementRequest, today: date) -> set[int]:
    """The networks of the request's round: its openings are scored together, there and here, so that scores agree."""
    round_ = request.round or round_of(session, request, today)
    return {network.id for network in round_.networks} if round_ else set()


def find_openings(session: Session, request: PlacementRequest, search: Search, today: date) -> Found:
    """The page of studies whose openings fit and that the search finds; a page past the last one is the last."""
    fits, left = fitting(session, request, today)
    found = [fit for fit in fits if search.finds(fit)]
    studies = by_study(found, left)
    page_count = max(1, -(-len(studies) // PAGE_SIZE))
    page = min(search.page, page_count)
    specialties = {one.id: one for fit in fits for one in fit.opening.study.specialties}
    number = number_with_place(found, left)
    return Found(
        studies=studies[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        number=number,
        number_fitting=number_with_place(fits, left),
        number_full=len(found) - number,
        page=page,
        page_count=page_count,
        places_left=left,
        networks=list(request.networks),
        specialties=sorted(specialties.values(), key=lambda one: one.name),
    )


def number_with_place(fits: Iterable[OpeningFit], left: Mapping[int, int]) -> int:
    return sum(bool(left[fit.opening.id]) for fit in fits)


def fit_in_round(session: Session, request: PlacementRequest, opening: Opening, today: date) -> OpeningFit:
    """How well one opening fits, scored among the same openings as on the page of all that fit."""
    networks = {network.id for network in request.networks} | networks_of_round(session, request, today)
    level = request.module.programme.level if request.module else None
    among = openings_in(session, networks, level)
    return fits_of(request, [opening], today, among=[*among, *([] if opening in among else [opening])])[0]


def number_that_still_fit(session: Session, request: PlacementRequest, today: date) -> int:
    """How many openings on the learner's list she could be given now."""
    return len(request.ranked) - len(obstacles_on_list(session, request, today))


def obstacles_on_list(session: Session, request: PlacementRequest, today: date) -> dict[int, str]:
    """What keeps openings on the learner's list from fitting, in words by opening id; those that fit are left out."""
    openings: Sequence[Opening] = [row.opening for row in request.ranked]
    asked = Obstacles(today, Held.on(session, today)) if openings else Obstacles(today)
    found = {one.id: asked.of(request, one) for one in openings}
    return {opening_id: all_to_learner(in_the_way) for opening_id, in_the_way in found.items() if in_the_way}
