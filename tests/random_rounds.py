"""Rounds of any kind for hypothesis: some pairs keep and others break each rule between request and opening."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from app.models.organisations import Network, Specialty
from app.models.pairs.conflicts import Conflict
from app.models.people import LearnerProfile, MentorAbsence, MentorProfile, Person, Role, RoleGrant
from app.models.programmes import Level, Module, ModuleKind, Programme
from app.models.requests import (
    ExcludedMentor,
    ExclusionAnswer,
    ExclusionKind,
    PlacementRequest,
    RankedOpening,
    RequestSpecialty,
    RequestState,
)
from app.models.studies import Opening, OpeningLevel, OpeningProfession, OpeningState, Study
from app.models.values.registration import Profession
from app.models.values.study_status import StudyStatus
from app.rounds.inputs import Inputs
from app.rules.capacity import Held

DAY = date(2026, 3, 3)
NETWORKS = [Network(id=at, name=name) for at, name in enumerate(("North West", "East Midlands", "South East"), 1)]
SPECIALTIES = [Specialty(id=1, name="Stroke"), Specialty(id=2, name="Ageing")]
NAMES = ("Anna Berg", "A Berg", "Ben Chalk", "Dr Anna van der Berg", "Chalk")
WORDS = ("", "Heart failure at home", "Wounds, and not cancer", "Cancer in older people")
MODULES = [
    Module(
        programme=Programme(level=level, title=level.value),
        title="RPE",
        credits=credits_,
        kind=ModuleKind.RPE,
        supervision_hours_a_month=hours,
    )
    for level, credits_, hours in ((Level.PGCERT, 15, 0), (Level.PGCERT, 15, 2), (Level.PGDIP, 30, 5))
]
small = st.integers(0, 4)
mostly = st.sampled_from([True, True, True, False])


def groups(most: int) -> st.SearchStrategy[int]:
    """How many a mentor or study starts with; mostly any number."""
    return st.sampled_from([0, 0, 0, most])


def grants(role: Role, *, is_held: bool) -> list[RoleGrant]:
    return [RoleGrant(role=role)] if is_held else []


@st.composite
def mentors(draw: Any, number: int) -> Person:
    person = Person(id=number, name=draw(st.sampled_from(NAMES)), email=f"m{number}@x.example")
    person.grants, person.is_active = grants(Role.MENTOR, is_held=draw(mostly)), True
    most = draw(small)
    profile = MentorProfile(
        person_id=number,
        teaches="",
        learners_max=most,
        hours_a_month=draw(st.integers(0, 12)),
        minimum_if_used=draw(groups(most)),
        learner_minimum=0,
    )
    for _ in range(draw(st.integers(0, 2))):
        begins = DAY + timedelta(days=draw(st.integers(-20, 150)))
        ends = draw(st.sampled_from([begins + timedelta(days=draw(st.integers(0, 90))), date.max]))
        profile.absences.append(MentorAbsence(starts_on=begins, ends_on=ends))
    person.mentor_profile = profile if draw(mostly) else None
    return person


@st.composite
def studies(draw: Any, number: int) -> Study:
    limit = draw(st.none() | small)
    return Study(
        id=number,
        title=f"Study {number} {draw(st.sampled_from(WORDS))}",
        short_title="",
        summary="",
        conditions="",
        status=StudyStatus.OPEN if draw(mostly) else StudyStatus.SUSPENDED,
        learner_limit=limit,
        learner_minimum=0,
        minimum_if_used=draw(groups(4 if limit is None else limit)),
        specialties=draw(st.lists(st.sampled_from(SPECIALTIES), unique=True)),
    )


@st.composite
def openings_of(draw: Any, number: int, mentor: Person, study: Study) -> Opening:
    network, begins = draw(st.sampled_from(NETWORKS)), DAY + timedelta(days=draw(st.integers(-30, 120)))
    levels = draw(st.sampled_from([[Level.PGCERT], [Level.PGCERT, Level.PGDIP], [Level.PGDIP], []]))
    professions = draw(st.sampled_from([[], [], [Profession.NURSE]]))
    return Opening(
        id=number,
        mentor_id=mentor.id,
        mentor=mentor,
        study_id=study.id,
        study=study,
        network_id=network.id,
        network=network,
        state=draw(st.sampled_from([OpeningState.PUBLISHED] * 4 + [OpeningState.PAUSED, OpeningState.WITHDRAWN])),
        places=draw(small),
        starts_on=begins,
        ends_on=begins + timedelta(days=draw(st.integers(20, 300))),
        learner_does=draw(st.sampled_from(WORDS)),
        level_rows=[OpeningLevel(level=level) for level in levels],
        profession_rows=[OpeningProfession(profession=profession) for profession in professions],
    )


@st.composite
def exclusions(draw: Any) -> ExcludedMentor:
    known, number = draw(st.none() | st.integers(1, 3)), draw(st.integers(1, 3))
    answer = ExclusionAnswer(mentor_id=number, is_same=draw(st.booleans()))
    return ExcludedMentor(
        kind=ExclusionKind.CONFLICT,
        name=draw(st.sampled_from(NAMES)),
        email=draw(st.sampled_from(["", f"M{number}@x.example"])),
        mentor_id=known,
        answers=draw(st.sampled_from([[], [answer]])),
    )


@st.composite
def requests_of(draw: Any, number: int, openings: list[Opening]) -> PlacementRequest:
    learner = Person(id=draw(st.sampled_from([1000 + number, 1000 + number, 1])), name=f"Learner {number}", email="l")
    learner.grants, learner.is_active = grants(Role.LEARNER, is_held=draw(mostly)), True
    profession = draw(st.sampled_from([Profession.NURSE, Profession.DENTIST, None]))
    learner.learner_profile = LearnerProfile(profession=profession) if draw(mostly) else None
    ranked = draw(st.lists(st.sampled_from(openings), unique=True, max_size=3)) if openings else []
    start_from = DAY + timedelta(days=draw(st.integers(-10, 100)))
    start_until = start_from + timedelta(days=draw(st.integers(0, 120)))
    return PlacementRequest(
        id=number,
        learner_id=learner.id,
        learner=learner,
        module=draw(st.none() | st.sampled_from(MODULES)),
        state=RequestState.SUBMITTED,
        interests=draw(st.sampled_from(WORDS)),
        start_from=draw(st.sampled_from([start_from, start_from, start_from, None])),
        start_until=draw(st.sampled_from([start_until, start_until, start_until, None])),
        takes_any_other=draw(st.sampled_from([True, True, False, None])),
        networks=draw(st.lists(st.sampled_from(NETWORKS), max_size=2, unique=True)),
        ranked=[RankedOpening(opening_id=one.id, position=at) for at, one in enumerate(ranked, 1)],
        excluded=draw(st.lists(exclusions(), max_size=2)),
        conflicts=[Conflict(mentor_id=one) for one in draw(st.sampled_from([[], [], [1], [2, 3]]))],
        specialty_rows=[
            RequestSpecialty(specialty=one, position=1) for one in draw(st.sampled_from([[], SPECIALTIES]))
        ],
    )


@st.composite
def rounds(draw: Any) -> Inputs:
    """Inputs of a round with some capacity taken already, even more than there is."""
    people = [draw(mentors(number)) for number in range(1, 4)]
    plans = [draw(studies(number)) for number in range(1, 4)]
    where = draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), unique=True, max_size=7))
    openings = [draw(openings_of(at, people[m], plans[s])) for at, (m, s) in enumerate(where, 1)]
    requests = [draw(requests_of(number, openings)) for number in range(1, draw(st.integers(1, 5)))]
    taken = {number: draw(small) for number in range(1, 8)}
    hours = {number: draw(st.integers(0, 15)) for number in range(1, 4)}
    holds = {1001: frozenset({1, 2}), 1: frozenset({3})} if draw(st.booleans()) else {}
    earliest = DAY + timedelta(days=draw(st.sampled_from([0, 30])))
    return Inputs(requests, openings, Held(taken, taken, taken, hours, holds), DAY, earliest)


@st.composite
def open_rounds(draw: Any) -> Inputs:
    """Inputs in which most learners can be given most openings, so that few places are what keeps them apart.

    Some learners take nothing off their lists, some ask for two placements.
    """
    people = [opened_mentor(draw(mentors(number)), draw(st.integers(1, 2))) for number in range(1, 4)]
    plans = [draw(studies(number)) for number in range(1, 4)]
    where = draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), unique=True, min_size=2, max_size=5))
    openings = [opened(draw(openings_of(at, people[m], plans[s]))) for at, (m, s) in enumerate(where, 1)]
    wishes = [opened_request(draw(requests_of(number, openings))) for number in range(1, draw(st.integers(3, 6)))]
    return Inputs(wishes, openings, Held({}, {}, {}, {}, {}), DAY)


def opened_mentor(mentor: Person, learners_max: int) -> Person:
    mentor.grants = grants(Role.MENTOR, is_held=True)
    profile = MentorProfile(
        person_id=mentor.id,
        teaches="",
        learners_max=learners_max,
        hours_a_month=12,
        minimum_if_used=0,
        learner_minimum=0,
    )
    mentor.mentor_profile = profile
    return mentor


def opened(opening: Opening) -> Opening:
    opening.state, opening.study.status = OpeningState.PUBLISHED, StudyStatus.OPEN
    opening.network, opening.network_id = NETWORKS[0], NETWORKS[0].id
    opening.level_rows, opening.profession_rows = [OpeningLevel(level=Level.PGCERT)], []
    opening.starts_on, opening.ends_on, opening.places = DAY, DAY + timedelta(days=300), max(1, opening.places)
    return opening


def opened_request(request: PlacementRequest) -> PlacementRequest:
    request.learner.grants = grants(Role.LEARNER, is_held=True)
    request.learner.learner_profile = LearnerProfile(profession=Profession.NURSE)
    request.module, request.networks, request.excluded = MODULES[0], NETWORKS[:1], []
    request.start_from, request.start_until = DAY, DAY + timedelta(days=60)
    return request
