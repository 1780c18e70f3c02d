"""How well openings fit a request and why: one answer for the learner's pages and for the round."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.people import MentorProfile, Person, Role
from app.models.programmes import Level, Module
from app.models.requests import ExcludedMentor, PlacementRequest, RequestSpecialty
from app.models.studies import Opening, OpeningLevel, OpeningState, Study
from app.rules.length import Length, length_of
from matching.interest import Fit, Interest, InterestIndex, OpeningText, fit_word

INDEXES_MAX = 8  # of the openings of some networks and levels; one of 5,000 openings has some 50 MB


@dataclass
class OpeningFit:
    """An opening that fits a request, interests and length together; reasons are read only when somebody asks."""

    opening: Opening
    score: int
    request: PlacementRequest
    index: InterestIndex
    today: date

    @property
    def word(self) -> str:
        """The score in words: strong, good, some or little."""
        return fit_word(self.score)

    @property
    def terms(self) -> tuple[str, ...]:
        """What the opening and the learner both speak of, weightiest first, in the opening's words.

        Lone words that say little, such as "effects", are left out.
        """
        return tuple(term.text for term in self.reasons.terms if term.is_telling)

    @property
    def weak_terms(self) -> tuple[str, ...]:
        """The lone words that both have and that say little."""
        return tuple(term.text for term in self.reasons.terms if not term.is_telling)

    @property
    def refused(self) -> tuple[str, ...]:
        """What the learner said that she does not want and the opening speaks of, in her words."""
        return self.reasons.refused

    @property
    def shares_little(self) -> bool:
        """Whether interests alone are a little fit, whatever the length."""
        return self.reasons.word == "little"

    @cached_property
    def length(self) -> Length | None:
        """What the opening leaves of the time that the module takes, where she has said which."""
        return length_of(self.request, self.opening, self.today)

    @property
    def ranks(self) -> dict[str, int]:
        """The learner's specialties that the opening has, each with its place among hers, her first one first."""
        ranks = {name.casefold(): rank for rank, name in enumerate(interest_of(self.request).specialties, 1)}
        return {name: ranks[name.casefold()] for name in self.reasons.specialties}

    @cached_property
    def reasons(self) -> Fit:
        return self.index.fits(interest_of(self.request), [str(self.opening.id)])[0]


def with_reasons(fits: Sequence[OpeningFit]) -> Sequence[OpeningFit]:
    """Fits of one request whose reasons are all shown, read together: that takes little longer than those of one."""
    if fits:
        index, wish = fits[0].index, interest_of(fits[0].request)
        for fit, reasons in zip(fits, index.fits(wish, [str(fit.opening.id) for fit in fits]), strict=True):
            fit.reasons = reasons
    return fits


def openings_in(session: Session, network_ids: Iterable[int], level: Level | None) -> list[Opening]:
    """The published openings in some networks, for one level where one is given, with all that a page asks."""
    statement = published_in(network_ids).order_by(Opening.id).options(*all_of_an_opening())
    return list(session.scalars(statement if level is None else statement.where(has_level(level))))


def published_in(network_ids: Iterable[int]) -> Select[Opening]:
    """The published openings in some networks, of mentors who take part."""
    return (
        select(Opening)
        .join(Opening.mentor)
        .where(
            Opening.network_id.in_(list(network_ids)),
            Opening.state == OpeningState.PUBLISHED,
            Person.takes_part_as(Role.MENTOR),
        )
    )


def has_level(level: Level) -> ColumnElement[bool]:
    """True of openings for learners of this level."""
    return Opening.level_rows.any(OpeningLevel.level == level)


def all_of_an_opening() -> tuple[Any, ...]:
    """What to load with openings so that neither rules nor templates query again."""
    person = joinedload(Opening.mentor)
    mentor = person.joinedload(Person.mentor_profile)
    return (
        joinedload(Opening.organisation),
        joinedload(Opening.network),
        person.selectinload(Person.grants),
        mentor.selectinload(MentorProfile.absences),
        mentor.joinedload(MentorProfile.organisation),
        selectinload(Opening.study).options(selectinload(Study.specialties), selectinload(Study.identifiers)),
        selectinload(Opening.level_rows),
        selectinload(Opening.profession_rows),
    )


def all_of_a_request() -> tuple[Any, ...]:
    """What to load with requests so that neither rules nor templates query again."""
    learner = joinedload(PlacementRequest.learner)
    return (
        learner.joinedload(Person.learner_profile),
        learner.selectinload(Person.grants),
        joinedload(PlacementRequest.module).joinedload(Module.programme),
        selectinload(PlacementRequest.networks),
        selectinload(PlacementRequest.specialty_rows).joinedload(RequestSpecialty.specialty),
        selectinload(PlacementRequest.ranked),
        selectinload(PlacementRequest.excluded).selectinload(ExcludedMentor.answers),
        selectinload(PlacementRequest.conflicts),
    )


def interest_of(request: PlacementRequest) -> Interest:
    return Interest(request.interests, tuple(row.specialty.name for row in request.specialty_rows))


def index_of(openings: Sequence[Opening]) -> InterestIndex:
    """The index of the openings' texts; kept for as long as none of them changes."""
    return index_of_texts(tuple(text_of(opening) for opening in openings))


def index_of_texts(texts: tuple[OpeningText, ...]) -> InterestIndex:
    return INDEXES.of(texts)


class Indexes:
    """The indexes that were asked for last; where a text of an opening has changed, only that one is read anew."""

    def __init__(self) -> None:
        self.known: dict[tuple[OpeningText, ...], InterestIndex] = {}
        self.lock = Lock()

    def of(self, texts: tuple[OpeningText, ...]) -> InterestIndex:
        with self.lock:
            index, others = self.known.get(texts), list(self.known.values())
        if index is None:
            nearest = max(others, key=lambda one: one.shares(texts), default=None)
            index = InterestIndex(texts, earlier=nearest)
        with self.lock:
            self.known.pop(texts, None)
            self.known[texts] = index
            if len(self.known) > INDEXES_MAX:
                del self.known[next(iter(self.known))]
        return index


INDEXES = Indexes()


def text_of(opening: Opening) -> OpeningText:
    """What an opening says of itself: its study, what the learner does there, what the mentor teaches."""
    study, profile = opening.study, opening.mentor.mentor_profile
    texts = (
        " ".join((study.short_title, study.title, study.summary, study.conditions)),
        opening.learner_does,
        profile.teaches if profile else "",
    )
    return OpeningText(
        key=str(opening.id),
        texts=tuple(text for text in texts if text.strip()),
        specialties=frozenset(specialty.name for specialty in study.specialties),
    )
