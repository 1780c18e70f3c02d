"""All openings on which a placement could go on, best first; only those of one page are loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.placements import Placement
from app.models.studies import Opening
from app.oversight.proposals import is_same_study
from app.oversight.rescue_queries import networks_reached, openings_with_ids, plain_openings_to_take_over
from app.rules.course.next_openings import NextOpenings
from app.rules.fit import index_of_texts, interest_of
from app.rules.plain.openings import PlainOpening
from app.rules.plain.texts import texts_in
from app.web.paging import Page, page_of_rows
from matching.interest import fit_word


@dataclass(frozen=True, slots=True)
class Possible:
    """An opening on which a placement could go on, from its first day there; `score` is None where nobody can say."""

    plain: PlainOpening
    first_day: date
    score: int | None
    is_same_study: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The same with the opening itself, and how well it fits in a word."""

    opening: Opening
    first_day: date
    word: str
    is_same_study: bool


def page_of_possible(session: Session, person: Person, placement: Placement, asked: NextOpenings, number: int) -> Page:
    """Page `number` of the openings in her networks on which it could go on."""
    page = page_of_rows(possible_next(session, person, placement, asked), number)
    rows = openings_with_ids(session, [one.plain.id for one in page.rows])
    shown = [
        Shown(rows[one.plain.id], one.first_day, "" if one.score is None else fit_word(one.score), one.is_same_study)
        for one in page.rows
    ]
    return Page(shown, page.number, page.pages, page.total)


def possible_next(session: Session, person: Person, placement: Placement, asked: NextOpenings) -> list[Possible]:
    """The openings on which a placement could go on: of its own study first, then by how well they fit."""
    openings = plain_openings_to_take_over(session, person, [placement], asked, asked.today)
    free = [one for one in openings if asked.is_in_reach(placement, one.given) and not asked.obstacles(placement, one)]
    found = [
        Possible(one, asked.first_day(placement, one) or one.given.first_day, score, is_same_study(placement, one))
        for one, score in zip(free, scores_of(session, person, placement, free, asked), strict=True)
    ]
    return sorted(found, key=lambda one: (not one.is_same_study, -(one.score or 0), one.plain.id))


def scores_of(
    session: Session, person: Person, placement: Placement, openings: Sequence[PlainOpening], asked: NextOpenings
) -> list[int | None]:
    """How well each fits what the learner asked for, scored among the same openings as what is proposed for her."""
    request = asked.requests.get(placement.id)
    if request is None or not openings:
        return [None] * len(openings)
    index = index_of_texts(texts_in(session, networks_reached(person, [placement], asked), None))
    [scores] = index.scores([interest_of(request)], [str(one.id) for one in openings]).tolist()
    return [one.with_length(score, request, asked.today) for one, score in zip(openings, scores, strict=True)]
