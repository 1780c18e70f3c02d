"""The openings that fit a request: found, searched and filtered for its page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.language.folding import as_searched
from app.models.organisations import Network, Specialty
from app.models.requests import PlacementRequest
from app.models.studies import Opening
from app.phrasebook.obstacles import all_to_learner
from app.requests.queries import openings_with_ids, round_of, specialties_named
from app.rules.capacity import Held
from app.rules.eligibility import Obstacles, between
from app.rules.fit import OpeningFit, index_of_texts, interest_of, text_of, with_reasons
from app.rules.length import with_length
from app.rules.plain.openings import PlainOpening, could_fit, plain_openings
from app.rules.plain.texts import folded_names_by_opening, folded_once, numbers_by_study, texts_in
from matching.interest import InterestIndex, OpeningText, fit_word

PAGE_SIZE = 20  # studies
A_PLACE = 1  # what is full fits too, and is shown as full


@dataclass(frozen=True, slots=True)
class Search:
    """What the learner looks for among the openings that fit; it lives in the address of the page."""

    text: str = ""
    specialty_id: int | None = None
    network_id: int | None = None
    word: str = ""
    page: int = 1

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


@dataclass(frozen=True, slots=True)
class PlainFit:
    """An opening that fits, full or not: its score and how many places it has left."""

    opening: PlainOpening
    text: OpeningText
    score: int
    places: int


def networks_of_round(session: Session, request: PlacementRequest, now: datetime) -> set[int] | None:
    """The networks of the request and of its round, whose openings are scored together, there and here, so that scores
    agree; None, which is all networks, where there is no round yet."""
    round_ = request.round or round_of(session, request, now)
    return {network.id for network in (*request.networks, *round_.networks)} if round_ else None


def fitting(session: Session, request: PlacementRequest, now: datetime) -> tuple[list[PlainFit], InterestIndex]:
    """The openings that fit, full or not, best first, and the index that scored them."""
    today = day_of(now)
    level = request.module.programme.level if request.module else None
    within_reach = [network.id for network in request.networks]
    near = plain_openings(session, within_reach, level, today, *could_fit(request, today))
    held = Held.around(session, today, [one.limits for one in near], [request.learner_id])
    asked = Obstacles(today, held).asked_by(request)
    openings = [one for one in near if not between(asked, one.given, A_PLACE)]
    texts = texts_in(session, networks_of_round(session, request, now), level)
    index, text_of_id = index_of_texts(texts), {text.key: text for text in texts}
    scores = index.scores([interest_of(request)], [str(one.id) for one in openings])[0]
    fits = [
        PlainFit(
            one, text_of_id[str(one.id)], one.with_length(int(score), request, today), one.places_for(request, held)
        )
        for one, score in zip(openings, scores, strict=True)
    ]
    return sorted(fits, key=lambda fit: (-fit.score, fit.opening.id)), index


def by_study(fits: Iterable[PlainFit]) -> list[list[PlainFit]]:
    """The openings of each study together, best first; what is full stands behind what is not."""
    studies: dict[int, list[PlainFit]] = {}
    for fit in sorted(fits, key=lambda fit: not fit.places):
        studies.setdefault(fit.opening.limits.study_id, []).append(fit)
    return list(studies.values())


def find_openings(session: Session, request: PlacementRequest, search: Search, now: datetime) -> Found:
    """The page of studies whose openings fit and that the search finds; a page past the last one is the last.

    Only the openings on the page are loaded.
    """
    today = day_of(now)
    fits, index = fitting(session, request, now)
    specialties = specialties_named(session, frozenset().union(*(fit.text.specialties for fit in fits)))
    found = searched(session, fits, search, specialties)
    studies = by_study(found)
    page_count = max(1, -(-len(studies) // PAGE_SIZE))
    page = min(search.page, page_count)
    shown = studies[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    openings = openings_with_ids(session, [fit.opening.id for fits in shown for fit in fits])
    cards = [[OpeningFit(openings[fit.opening.id], fit.score, request, index, today) for fit in fits] for fits in shown]
    with_reasons([card for study in cards for card in study])
    number = number_with_place(found)
    return Found(
        studies=cards,
        number=number,
        number_fitting=number_with_place(fits),
        number_full=len(found) - number,
        page=page,
        page_count=page_count,
        places_left={fit.opening.id: fit.places for fits in shown for fit in fits},
        networks=list(request.networks),
        specialties=specialties,
    )


def searched(
    session: Session, fits: Sequence[PlainFit], search: Search, specialties: Iterable[Specialty]
) -> list[PlainFit]:
    """Those that the search finds, in their order."""
    wanted = next((one.name for one in specialties if one.id == search.specialty_id), "")
    found = [
        fit
        for fit in fits
        if search.network_id in (None, fit.opening.network_id)
        and (not search.word or fit_word(fit.score) == search.word)
        and (search.specialty_id is None or wanted in fit.text.specialties)
    ]
    return with_words(session, found, search.text) if search.text else found


def with_words(session: Session, fits: Sequence[PlainFit], typed: str) -> list[PlainFit]:
    """Those that have every typed word somewhere in what a learner reads of them."""
    words, names = as_searched(typed).split(), folded_names_by_opening(session)
    numbers = numbers_by_study(session)
    found = []
    for fit in fits:
        parts = (
            names[fit.opening.id],
            *map(folded_once, fit.text.texts),
            *numbers.get(fit.opening.limits.study_id, ()),
        )
        read = " ".join(parts)
        if all(word in read for word in words):
            found.append(fit)
    return found


def number_with_place(fits: Iterable[PlainFit]) -> int:
    return sum(bool(fit.places) for fit in fits)


def fit_in_round(session: Session, request: PlacementRequest, opening: Opening, now: datetime) -> OpeningFit:
    """How well one opening fits, scored among the same openings as on the page of all that fit."""
    today = day_of(now)
    level = request.module.programme.level if request.module else None
    texts = texts_in(session, networks_of_round(session, request, now), level)
    own = text_of(opening)
    index = index_of_texts(texts if own in texts else (*texts, own))
    score = int(index.scores([interest_of(request)], [own.key])[0][0])
    return OpeningFit(opening, with_length(score, request, opening, today), request, index, today)


def number_that_still_fit(session: Session, request: PlacementRequest, today: date) -> int:
    """How many openings on the learner's list she could be given now."""
    return len(request.ranked) - len(obstacles_on_list(session, request, today))


def obstacles_on_list(session: Session, request: PlacementRequest, today: date) -> dict[int, str]:
    """What keeps openings on the learner's list from fitting, in words by opening id; those that fit are left out."""
    openings = [row.opening for row in request.ranked]
    asked = Obstacles(today, Held.around(session, today, openings, [request.learner_id]))
    found = {one.id: asked.of(request, one) for one in openings}
    return {opening_id: all_to_learner(in_the_way) for opening_id, in_the_way in found.items() if in_the_way}
