"""Which mentors of a round may be somebody whom a learner excluded, and nobody has said so or otherwise."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.people import MentorProfile, Person
from app.models.placements import Offer
from app.models.requests import ExcludedMentor, PlacementRequest
from app.models.rounds import MatchRound
from app.models.studies import Opening
from app.promises.live_offers import live_offers
from app.rounds.figures.undecided import Undecided, may_be, undecided_between, undecided_of
from app.rounds.inputs import requests_in
from app.rounds.openings import openings_of


def learner_who_named(session: Session, excluded_id: int) -> Sequence[int]:
    """The id of the learner who excluded this person; empty when nobody has."""
    return session.scalars(select(ExcludedMentor.learner_id).where(ExcludedMentor.id == excluded_id)).all()


def undecided_in(
    session: Session, reader: Person, round_: MatchRound, pairs: Sequence[Sequence[int]], today: date
) -> list[Undecided]:
    """The names to check of a round: of who looks for a place, as counted, and of who has an offer to answer."""
    found = undecided_among(session, reader, pairs)
    for offer in live_offers(session, today, Offer.round_id == round_.id, Opening.mentor_id != reader.id, has_named()):
        found += undecided_of(offer.request, [offer.opening.mentor])
    return found


def undecided_among(session: Session, reader: Person, pairs: Sequence[Sequence[int]]) -> list[Undecided]:
    """Those pairs of a named person and a mentor, by their ids, about which nobody has said anything since.

    A coordinator is not asked about herself: nobody hears that she was named.
    """
    if not pairs:
        return []
    learner_ids = select(ExcludedMentor.learner_id).where(ExcludedMentor.id.in_([named_id for named_id, _ in pairs]))
    named = session.scalars(
        select(ExcludedMentor)
        .where(ExcludedMentor.learner_id.in_(learner_ids))
        .options(joinedload(ExcludedMentor.learner), selectinload(ExcludedMentor.answers))
    ).all()
    mentors = session.scalars(
        select(Person)
        .where(Person.id.in_([mentor_id for _, mentor_id in pairs]), Person.id != reader.id)
        .options(joinedload(Person.mentor_profile).joinedload(MentorProfile.organisation))
    ).all()
    wanted = {(named_id, mentor_id) for named_id, mentor_id in pairs}
    by_learner: dict[int, list[ExcludedMentor]] = {}
    for one in named:
        by_learner.setdefault(one.learner_id, []).append(one)
    found = (one for excluded in by_learner.values() for one in undecided_between(excluded, mentors))
    return [one for one in found if (one.named.id, one.mentor.id) in wanted]


def undecided_pair(
    session: Session, reader: Person, round_: MatchRound, excluded_id: int, mentor_id: int, today: date
) -> Undecided | None:
    """One of them as things stand now, for who answers; None where it is none any more."""
    names = exists().where(ExcludedMentor.learner_id == PlacementRequest.learner_id, ExcludedMentor.id == excluded_id)
    looks_for_a_place = session.scalar(select(requests_in(round_, today).where(names).exists()))
    mentors_here = session.scalar(select(openings_of(round_).where(Opening.mentor_id == mentor_id).exists()))
    if looks_for_a_place and mentors_here:
        return next(iter(undecided_among(session, reader, [(excluded_id, mentor_id)])), None)
    of_offers = live_offers(
        session,
        today,
        Offer.round_id == round_.id,
        Opening.mentor_id == mentor_id,
        Opening.mentor_id != reader.id,
        names,
    )
    found = (one for offer in of_offers for one in undecided_of(offer.request, [offer.opening.mentor]))
    return next((one for one in found if one.named.id == excluded_id), None)


def has_named() -> ColumnElement[bool]:
    """True of requests whose learner excluded somebody who is not known here."""
    return exists().where(ExcludedMentor.learner_id == PlacementRequest.learner_id, ExcludedMentor.mentor_id.is_(None))


def excluded_seen_by(reader: Person, request: PlacementRequest) -> list[ExcludedMentor]:
    """Whom the learner excluded, but for the coordinator who reads it, and who may be that person."""
    return [one for one in request.excluded if reader.id not in one.excluded_ids and not may_be(reader, one)]
