"""Counts how those who asked for a place in an academic year fared, by what they have in common."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session, joinedload

from app.language.dates_and_times import day_of
from app.language.local_times import start_of_day
from app.models.organisations import Organisation
from app.models.pairs.nominations import Nomination
from app.models.people import LearnerProfile
from app.models.placements import Offer, Outcome, Placement
from app.models.programmes import CreditDecision, Enrolment, Module, Programme, Provider
from app.models.requests import PlacementRequest
from app.rules.credit.counting import counts
from app.rules.evaluation.years import first_day_of
from app.rules.groups.published import EVERYBODY, Part, Published, published

PLACED, OFFERED, COMPLETED, CREDITS = "placed", "offered no more", "completed", "credits"
PARTS = (
    Part(PLACED),
    Part(OFFERED, of=PLACED, of_the_rest=True),  # an offer, and no placement
    Part(COMPLETED, of=PLACED),
    Part(CREDITS, of=PLACED),
)
NOT_STATED = "Not stated"
COMPLETE = (None, Outcome.COMPLETED_EARLY)


@dataclass(frozen=True)
class Fared:
    """Who had what of those who asked."""

    offered: set[int]
    placed: set[int]
    completed: set[int]
    credits: set[int]

    def numbers_of(self, people: Collection[int]) -> dict[str, int]:
        """How many of these people are in each part."""
        placed = self.placed & set(people)
        return {
            EVERYBODY: len(people),
            PLACED: len(placed),
            OFFERED: len((self.offered & set(people)) - placed),
            COMPLETED: len(self.completed & placed),
            CREDITS: len(self.credits & placed),
        }


def count_year(session: Session, year: int, now: datetime) -> Published | None:
    """The people who sent a request in the year, or named a supervisor, as they stand now; six queries."""
    asked = asked_in(year)
    university_of = universities(session, asked)
    groupings = {"University": dict(university_of), **profiles(session, asked, university_of)}
    fared = fared_of(session, asked, first_day_of(year), day_of(now))
    return published({name: grouped(groups, fared) for name, groups in groupings.items()}, PARTS)


def grouped(group_of: Mapping[int, str], fared: Fared) -> dict[str, dict[str, int]]:
    people: dict[str, set[int]] = {}
    for person_id, label in group_of.items():
        people.setdefault(label, set()).add(person_id)
    return {label: fared.numbers_of(own) for label, own in people.items()}


def asked_in(year: int) -> tuple[Select[Any, Any], Select[Any, Any]]:
    """Who asked for a place for which module, by a request or by naming a supervisor."""
    first, last = start_of_day(first_day_of(year)), start_of_day(first_day_of(year + 1))
    sent, named = PlacementRequest.submitted_at, Nomination.created_at
    by_request = select(PlacementRequest.learner_id, PlacementRequest.module_id).where(sent >= first, sent < last)
    return by_request, select(Nomination.learner_id, Nomination.module_id).where(named >= first, named < last)


def universities(session: Session, asked: Iterable[Select[Any, Any]]) -> dict[int, str]:
    """The university of each person; of somebody who asked at two, the first by name."""
    wishes = union(*asked).subquery()
    statement = (
        select(wishes.c.learner_id, Provider.name)
        .join(Module, Module.id == wishes.c.module_id)
        .join(Programme, Programme.id == Module.programme_id)
        .join(Provider, Provider.id == Programme.provider_id)
        .order_by(Provider.name.desc())
    )
    rows = session.execute(statement).all()
    return dict(rows)


def profiles(session: Session, asked: Iterable[Select[Any, Any]], people: Collection[int]) -> dict[str, dict[int, str]]:
    """Each person's label for what she says of herself; what she left out, or would rather not say, is not stated."""
    wishes = union(*asked).subquery()
    statement = select(LearnerProfile).where(LearnerProfile.person_id.in_(select(wishes.c.learner_id)))
    employer = joinedload(LearnerProfile.employer).joinedload(Organisation.network)
    found = {one.person_id: one for one in session.scalars(statement.options(employer))}
    return {
        name: {person_id: label_of(found.get(person_id), name) for person_id in people}
        for name in ("Profession", "Region of the employer", "Kind of employer", "Research experience before")
    }


def label_of(profile: LearnerProfile | None, name: str) -> str:
    if profile is None:
        return NOT_STATED
    employer, kind, experience = profile.employer, profile.employer_kind, profile.research_experience
    labels = {
        "Profession": profile.profession and profile.profession.label,
        "Region of the employer": employer and employer.network and employer.network.name,
        "Kind of employer": kind and kind is not type(kind).NOT_SAID and kind.label,
        "Research experience before": experience and experience is not type(experience).NOT_SAID and experience.label,
    }
    return labels[name] or NOT_STATED


def fared_of(session: Session, asked: tuple[Select[Any, Any], Select[Any, Any]], first: date, today: date) -> Fared:
    wishes = union(*asked).subquery()
    requests = asked[0].with_only_columns(PlacementRequest.id)
    offers = select(PlacementRequest.learner_id).join(Offer, Offer.request_id == PlacementRequest.id)
    offered = offers.where(Offer.request_id.in_(requests), Offer.taken_back_with_id.is_(None))
    statement = select(Placement).join(
        wishes, (wishes.c.learner_id == Placement.learner_id) & (wishes.c.module_id == Placement.module_id)
    )
    began = [
        one
        for one in session.scalars(statement.where(Placement.agreed_at >= start_of_day(first)))
        if not one.never_began
    ]
    earned = earned_for(session, {one.module_id for one in began})
    placed = {one.learner_id for one in began}
    return Fared(
        offered=set(session.scalars(offered)) | placed,
        placed=placed,
        completed={one.learner_id for one in began if one.ends_on < today and one.outcome in COMPLETE},
        credits={one.learner_id for one in began if earned.get((one.learner_id, one.module_id))},
    )


def earned_for(session: Session, modules: Collection[int]) -> dict[tuple[int, int], int]:
    """The credits of each learner for a module, by the decision that counts."""
    statement = (
        select(Enrolment.learner_id, CreditDecision.module_id, CreditDecision.credits)
        .join(CreditDecision.enrolment)
        .where(CreditDecision.module_id.in_(modules), counts())
    )
    return {(learner_id, module_id): earned for learner_id, module_id, earned in session.execute(statement)}
