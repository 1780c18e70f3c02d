"""Reads what the engine proposes for placements that cannot stay, with the openings themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.placements import Placement
from app.models.studies import Opening
from app.oversight import rescue_queries
from app.oversight.proposals import proposed
from app.rules.course.next_openings import NextOpenings
from app.rules.fit import index_of_texts
from app.rules.plain.texts import texts_in


@dataclass(frozen=True)
class Proposed:
    """Where a placement could go on, from when, and how well that fits in a word."""

    placement: Placement
    opening: Opening
    first_day: date
    word: str


def proposals_for(
    session: Session,
    person: Person,
    placements: Sequence[Placement],
    first_days: Mapping[int, date],
    today: date,
    but_of: int | None = None,
) -> dict[int, Proposed]:
    """A place for as many of the placements as can be, by their ids, in networks of this person.

    `first_days` say from when each could be elsewhere; openings of the mentor with the id `but_of` are left out.
    """
    asked = NextOpenings(session, placements, first_days, today)
    openings = rescue_queries.plain_openings_to_take_over(session, person, placements, asked, today)
    others = [one for one in openings if one.given.mentor_id != but_of]
    index = index_of_texts(texts_in(session, rescue_queries.networks_reached(person, placements, asked), None))
    places = proposed(placements, others, asked, index)
    rows = rescue_queries.openings_with_ids(session, {one.opening_id for one in places.values()})
    by_id = {one.id: one for one in placements}
    return {id_: Proposed(by_id[id_], rows[one.opening_id], one.first_day, one.word) for id_, one in places.items()}
