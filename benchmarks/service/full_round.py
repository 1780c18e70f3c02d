"""A database with one closed match round of any size, the same for the same seed: what `round_in_service` measures.

Learners, mentors and studies speak in the words of the demonstration, each with a turn of its own, so that no two texts
are the same. With as many openings as learners in twelve networks, a learner can be given 460 of 5,000 openings; every
tenth has two of them listed only, every tenth has named somebody who must not mentor her.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from app.demo.content.names import name_groups
from app.demo.content.personas import personas
from app.demo.content.studies import studies
from app.models.organisations import Network, Organisation, Specialty
from app.models.people import LearnerProfile, MentorAbsence, MentorProfile, Person, Role, RoleGrant
from app.models.programmes import Level, Module, ModuleKind, Programme, Provider
from app.models.requests import (
    ExcludedMentor,
    ExclusionKind,
    PlacementRequest,
    RankedOpening,
    RequestSpecialty,
    RequestState,
    request_networks,
)
from app.models.rounds import MatchRound
from app.models.studies import Opening, OpeningLevel, OpeningProfession, OpeningState, Study, study_specialties
from app.models.values.registration import Profession
from app.models.values.study_status import StudyStatus
from app.rules.reference import NETWORK_HOSTS

MODULES = 3
PROFESSIONS = list(Profession)


@dataclass(frozen=True)
class Made:
    """The round and the coordinator who may run it."""

    round_id: int
    coordinator_id: int


def make_round(session: Session, size: int, today: date, now: datetime, seed: int = 1) -> Made:
    """Fill an empty database with a round of `size` learners and as many openings, which closed yesterday."""
    chance = random.Random(f"{seed} {size}")  # noqa: S311 - a benchmark, not a secret
    made = _round_itself(session, today, now)
    world = _World(chance, size, today, now, made.round_id)
    for model, rows in world.tables():
        if rows:
            session.execute(insert(model if isinstance(model, Table) else model.__table__), rows)
    session.commit()
    return made


def _round_itself(session: Session, today: date, now: datetime) -> Made:
    networks = [Network(name=name) for name in NETWORK_HOSTS]
    names = sorted({one for study in studies() for one in study.specialties} | _asked_for())
    provider = Provider(name="A University")
    coordinator = Person(email="coordinator@nowhere.example", name="A Coordinator", created_at=now)
    coordinator.grants = [RoleGrant(role=Role.COORDINATOR, network=one, granted_at=now) for one in networks]
    programme = Programme(provider=provider, level=Level.PGCERT, title="Certificate")
    programme.modules = [
        Module(title=f"Experience {at}", credits=15 * at, kind=ModuleKind.RPE, supervision_hours_a_month=1 + at)
        for at in range(1, MODULES + 1)
    ]
    session.add_all([*networks, *(Specialty(name=name) for name in names), programme, coordinator])
    session.add_all(
        Organisation(ods_code=f"R{at:02}", name=f"Hospital {at} NHS Trust", network=one)
        for at, one in enumerate(networks)
    )
    session.flush()
    round_ = MatchRound(
        name="The large round",
        level=Level.PGCERT,
        opens_on=today - timedelta(days=40),
        closes_on=today - timedelta(days=1),
        answer_by=today + timedelta(days=20),
        created_at=now,
        created_by_id=coordinator.id,
        networks=networks,
    )
    round_.draw_seed(None, now, secret="benchmark")  # noqa: S106 - the lottery of nobody
    session.add(round_)
    session.commit()
    return Made(round_.id, coordinator.id)


def _asked_for() -> set[str]:
    return {one for persona in personas() for one in persona.specialties}


class _World:
    """The rows of learners, mentors, studies, openings and requests."""

    def __init__(self, chance: random.Random, size: int, today: date, now: datetime, round_id: int) -> None:
        self.chance, self.size, self.today, self.now, self.round_id = chance, size, today, now, round_id
        self.networks = len(NETWORK_HOSTS)
        names = sorted({one for study in studies() for one in study.specialties} | _asked_for())
        self.given = [name for group in name_groups() for name in group.given]
        self.family = [name for group in name_groups() for name in group.family]
        self.specialty_id = {name: at for at, name in enumerate(names, 1)}
        self.mentors = range(10, 10 + size * 2 // 3)
        self.learners = range(self.mentors.stop, self.mentors.stop + size)
        self.studies = range(1, 1 + max(len(self.mentors) // 2, 2))
        self.home = {mentor: 1 + at % self.networks for at, mentor in enumerate(self.mentors)}
        self.openings = list(self._openings())
        self.by_network: dict[int, list[int]] = {}
        for opening in self.openings:
            self.by_network.setdefault(opening["network_id"], []).append(opening["id"])
        self.requests = list(self._requests())

    def tables(self) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
        """Each table with its rows, in an order that foreign keys allow."""
        yield Person, list(self._people())
        yield RoleGrant, list(self._grants())
        yield LearnerProfile, list(self._learner_profiles())
        yield MentorProfile, list(self._mentor_profiles())
        yield MentorAbsence, list(self._absences())
        yield from self._study_rows()
        yield Opening, self.openings
        yield OpeningLevel, [{"opening_id": one["id"], "level": Level.PGCERT} for one in self.openings]
        yield OpeningProfession, list(self._professions())
        yield PlacementRequest, self.requests
        yield from self._of_requests()

    def _people(self) -> Iterator[dict[str, Any]]:
        for person in (*self.mentors, *self.learners):
            name = f"{self.chance.choice(self.given)} {self.chance.choice(self.family)}"
            yield {
                "id": person,
                "email": f"person{person}@nowhere.example",
                "name": name,
                "created_at": self.now,
            }

    def _grants(self) -> Iterator[dict[str, Any]]:
        for people, role in ((self.mentors, Role.MENTOR), (self.learners, Role.LEARNER)):
            yield from ({"person_id": person, "role": role, "granted_at": self.now} for person in people)

    def _learner_profiles(self) -> Iterator[dict[str, Any]]:
        for person in self.learners:
            persona = personas()[person % len(personas())]
            yield {"person_id": person, "profession": persona.profession}

    def _mentor_profiles(self) -> Iterator[dict[str, Any]]:
        for person in self.mentors:
            study = studies()[person % len(studies())]
            yield {
                "person_id": person,
                "profession": Profession.DOCTOR,
                "learners_max": self.chance.choice((1, 1, 1, 2, 2)),
                "hours_a_month": 20,
                "teaches": f"{study.learner_does} Group {person % 97}.",
            }

    def _absences(self) -> Iterator[dict[str, Any]]:
        for person in self.chance.sample(self.mentors, len(self.mentors) // 10):
            begins = self.today + timedelta(days=self.chance.randrange(20, 200))
            yield {"mentor_id": person, "starts_on": begins, "ends_on": begins + timedelta(days=21)}

    def _study_rows(self) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
        written, specialties = [], []
        for number in self.studies:
            study, other = studies()[number % len(studies())], self.chance.choice(studies())
            title = f"{study.title}: cohort {number}"
            row = {"id": number, "title": title, "summary": f"{study.summary} {other.short_title}."}
            status = StudyStatus.SUSPENDED if number % 50 == 0 else StudyStatus.OPEN
            limit = 6 if number % 10 == 0 else None
            written.append({**row, "status": status, "learner_limit": limit})
            ids = {self.specialty_id[name] for name in study.specialties}
            specialties += [{"study_id": number, "specialty_id": one} for one in sorted(ids)]
        yield Study, written
        yield study_specialties, specialties

    def _openings(self) -> Iterator[dict[str, Any]]:
        taken: set[tuple[int, int]] = set()
        while len(taken) < self.size:
            mentor, study = self.chance.choice(self.mentors), self.chance.choice(self.studies)
            if (mentor, study) in taken:
                continue
            taken.add((mentor, study))
            begins = self.today + timedelta(days=7 * self.chance.randrange(3, 26))
            yield {
                "id": len(taken),
                "mentor_id": mentor,
                "study_id": study,
                "organisation_id": self.home[mentor],
                "network_id": self.home[mentor],
                "state": OpeningState.PUBLISHED,
                "places": self.chance.choice((1, 1, 1, 2)),
                "starts_on": begins,
                "ends_on": begins + timedelta(days=7 * self.chance.randrange(12, 40)),
                "learner_does": self.chance.choice(studies()).learner_does,
                "created_at": self.now,
            }

    def _professions(self) -> Iterator[dict[str, Any]]:
        for opening in self.openings:
            if self.chance.random() < 0.2:
                for profession in self.chance.sample(PROFESSIONS, 4):
                    yield {"opening_id": opening["id"], "profession": profession}

    def _requests(self) -> Iterator[dict[str, Any]]:
        for number, learner in enumerate(self.learners, 1):
            persona, begins = personas()[learner % len(personas())], self.chance.randrange(20, 80)
            study = self.chance.choice(studies())
            yield {
                "id": number,
                "learner_id": learner,
                "module_id": 1 + number % MODULES,
                "round_id": self.round_id,
                "state": RequestState.SUBMITTED,
                "interests": f"{persona.words} A study like {study.short_title} would suit me too.",
                "start_from": self.today + timedelta(days=begins),
                "start_until": self.today + timedelta(days=begins + self.chance.randrange(60, 160)),
                "nobody_excluded": number % 10 != 0,
                "takes_any_other": number % 10 != 1,
                "created_at": self.now,
                "submitted_at": self.now,
            }

    def _of_requests(self) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
        reach, ranked, wanted, excluded = [], [], [], []
        for request in self.requests:
            id_, home = request["id"], 1 + request["id"] % self.networks
            others = [one for one in range(1, self.networks + 1) if one != home]
            own = [home, *self.chance.sample(others, self.chance.choice((0, 0, 0, 1, 1, 2, 2)))]
            reach += [{"request_id": id_, "network_id": one} for one in own]
            near = [one for network in own for one in self.by_network.get(network, ())]
            listed = self.chance.sample(near, min(len(near), 6 if request["takes_any_other"] else 2))
            ranked += [{"request_id": id_, "opening_id": one, "position": at} for at, one in enumerate(listed, 1)]
            persona = personas()[request["learner_id"] % len(personas())]
            ids = [self.specialty_id[name] for name in persona.specialties]
            wanted += [{"request_id": id_, "specialty_id": one, "position": at} for at, one in enumerate(ids, 1)]
            if not request["nobody_excluded"]:
                name = f"{self.chance.choice(self.given)} {self.chance.choice(self.family)}"
                row = {"learner_id": request["learner_id"], "kind": ExclusionKind.CONFLICT, "name": name}
                excluded.append({**row, "email": f"person{self.chance.choice(self.mentors)}@nowhere.example"})
        yield request_networks, reach
        yield RankedOpening, ranked
        yield RequestSpecialty, wanted
        yield ExcludedMentor, excluded
