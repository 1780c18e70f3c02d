"""The openings that one request could be given: SQL leaves out most, the rules are asked of what is left."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Session, joinedload, subqueryload

from app.models.people import MentorProfile, Person
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.studies import Opening, OpeningProfession, Study
from app.models.values.study_status import StudyStatus
from app.rounds.one_request.interest import index_of_round
from app.rounds.openings import openings_of
from app.rules.capacity import Held
from app.rules.eligibility import SHORTEST_PLACEMENT, Obstacles
from app.rules.fit import OpeningFit, fits_in


def fits_for(session: Session, round_: MatchRound, request: PlacementRequest, today: date) -> list[OpeningFit]:
    """The openings of the round that nothing keeps from the learner, wanted or not, best first."""
    openings = list(openings_near(session, round_, request, today))
    if not openings:
        return []
    rules = Obstacles(today, Held.around(session, today, openings, [request.learner_id]))
    possible = [opening for opening in openings if not rules.of(request, opening)]
    return fits_in(index_of_round(session, round_), request, possible, today)


def openings_near(session: Session, round_: MatchRound, request: PlacementRequest, today: date) -> list[Opening]:
    """Those within her networks, for her dates and profession, with what the rules, names and lengths need."""
    mentor = joinedload(Opening.mentor).load_only(Person.name, Person.email, Person.is_active)
    profile = mentor.joinedload(Person.mentor_profile)
    statement = (
        openings_of(round_)
        .join(Opening.study)
        .where(*could_fit(request, today))
        .order_by(Opening.id)
        .options(
            mentor.subqueryload(Person.grants),
            profile.subqueryload(MentorProfile.absences),
            joinedload(Opening.study).load_only(Study.title, Study.short_title, Study.status, Study.learner_limit),
            joinedload(Opening.organisation),
            joinedload(Opening.network),
            subqueryload(Opening.level_rows),
            subqueryload(Opening.profession_rows),
        )
    )
    return list(session.scalars(statement))


def could_fit(request: PlacementRequest, today: date) -> Iterator[ColumnElement[bool]]:
    """Conditions that every opening that fits fulfils; the rules ask them again, and more."""
    yield Study.status.in_([status for status in StudyStatus if status.can_take_learners])
    if request.networks:
        yield Opening.network_id.in_([network.id for network in request.networks])
    if request.start_from and request.start_until:
        yield Opening.starts_on <= request.start_until
        yield Opening.ends_on >= max(request.start_from, today) + SHORTEST_PLACEMENT
    profile = request.learner.learner_profile
    if profile and profile.profession:
        names_hers = Opening.profession_rows.any(OpeningProfession.profession == profile.profession)
        yield or_(~Opening.profession_rows.any(), names_hers)
