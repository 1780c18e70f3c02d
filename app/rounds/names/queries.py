"""Which mentors of a round may be somebody whom a learner excluded, and nobody has said so or otherwise."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.person_names import could_be_same_person
from app.models.people import Person
from app.models.placements import Offer
from app.models.requests import ExcludedMentor, PlacementRequest
from app.models.rounds import MatchRound
from app.models.studies import Opening
from app.promises.live_offers import live_offers
from app.rounds.inputs import Inputs


@dataclass(frozen=True)
class Undecided:
    """A learner, somebody whom she named, and a mentor who may be that person."""

    learner: Person
    named: ExcludedMentor
    mentor: Person


def learner_who_named(session: Session, excluded_id: int) -> Sequence[int]:
    """The id of the learner who excluded this person; empty when nobody has."""
    return session.scalars(select(ExcludedMentor.learner_id).where(ExcludedMentor.id == excluded_id)).all()


def undecided_in(session: Session, reader: Person, round_: MatchRound, inputs: Inputs, today: date) -> list[Undecided]:
    """The names to check of a round: of those who look for a place, and of those who have an offer to answer."""
    found = undecided_of_inputs(reader, inputs)
    for offer in live_offers(session, today, Offer.round_id == round_.id, Opening.mentor_id != reader.id):
        found += undecided_of(offer.request, [offer.opening.mentor])
    return found


def undecided_of_inputs(reader: Person, inputs: Inputs) -> list[Undecided]:
    """Those of who looks for a place; a coordinator is not asked about herself: nobody hears that she was named."""
    mentors = {opening.mentor_id: opening.mentor for opening in inputs.openings if opening.mentor_id != reader.id}
    return [one for request in inputs.requests for one in undecided_of(request, mentors.values())]


def excluded_seen_by(reader: Person, request: PlacementRequest) -> list[ExcludedMentor]:
    """Whom the learner excluded, but for the coordinator who reads it, and who may be that person."""
    return [one for one in request.excluded if reader.id not in one.excluded_ids and not may_be(reader, one)]


def may_be(mentor: Person, named: ExcludedMentor) -> bool:
    """Whether somebody named without an account may be this person, as far as anybody has said."""
    is_open = named.mentor_id is None and mentor.id not in named.other_ids
    return is_open and could_be_same_person(named.name, mentor.name)


def undecided_of(request: PlacementRequest, mentors: Iterable[Person]) -> Iterator[Undecided]:
    """A constant time for each mentor, and none where every person whom she excluded is known."""
    named = [one for one in request.excluded if one.mentor_id is None]
    if not named:
        return
    known = frozenset().union(*(one.excluded_ids for one in request.excluded))
    for mentor in mentors:
        if mentor.id in known:
            continue
        for one in named:
            if may_be(mentor, one):
                yield Undecided(request.learner, one, mentor)
