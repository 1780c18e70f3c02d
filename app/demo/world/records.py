"""The records of the demo world; they name each other by key, so that any store can take them in this order."""

import enum
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.demo.content.networks import DemoNetwork
from app.demo.content.organisations import DemoOrganisation
from app.demo.content.universities import DemoProgramme
from app.models.people import Role
from app.models.programmes import Level
from app.models.requests import ExclusionKind
from app.models.values.registration import Profession, Regulator


class StudyToPlace(Protocol):
    """What the demo must know of a study, invented or from a registry, to put openings on it."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def specialties(self) -> tuple[str, ...]: ...
    @property
    def phase(self) -> str: ...
    @property
    def learner_does(self) -> str: ...
    @property
    def learner_limit(self) -> int | None: ...


@dataclass(frozen=True)
class RegistryStudy:
    """A real study from a registry's export: often no more than a title and specialties."""

    key: str
    title: str
    specialties: tuple[str, ...]
    summary: str = ""
    phase: str = ""
    learner_does: str = ""
    learner_limit: int | None = None


@dataclass(frozen=True)
class DemoMentor:
    """A mentor; `absences` are first and last days away, `learners_max` counts over all openings."""

    key: str
    name: str
    email: str
    profession: Profession
    job_title: str
    organisation: str
    network: str
    specialties: tuple[str, ...]
    teaches: str
    learners_max: int
    hours_a_month: int
    absences: tuple[tuple[date, date], ...]


@dataclass(frozen=True)
class DemoOpening:
    """One mentor on one study; no professions named means that all are welcome."""

    key: str
    mentor: str
    study: str
    organisation: str
    network: str
    places: int
    levels: tuple[Level, ...]
    professions: tuple[Profession, ...]
    starts_on: date
    ends_on: date
    learner_does: str


@dataclass(frozen=True)
class DemoExclusion:
    """A mentor who may not mentor this learner, and why."""

    mentor: str
    kind: ExclusionKind
    why: str


class Trouble(enum.Enum):
    """Why no opening can fit a learner, by the design of the demo; the value reads after "because"."""

    NO_OPENING = "the networks within reach have no opening at this level"
    LINE_MANAGER = "every opening that fits is with the learner's own line manager"
    PROFESSION = "no opening within reach accepts this profession"
    TOO_EARLY = "the start window closes before any opening begins"
    TOO_LATE = "every opening has ended before the learner can start"


@dataclass(frozen=True)
class DemoLearner:
    """A learner and the request; `organisation` is an ODS code, empty for the invented employers.

    `networks` begins with the one where the learner works. `ranked` are opening keys, the favourite first. `trouble`
    says why the learner cannot be placed, where the demo arranged that; others may still find everything full.
    """

    key: str
    name: str
    email: str
    profession: Profession
    regulator: Regulator | None
    registration_number: str
    job_title: str
    organisation: str
    employer: str
    networks: tuple[str, ...]
    programme: str
    level: Level
    specialties: tuple[str, ...]
    words: str
    start_from: date
    start_until: date
    exclusions: tuple[DemoExclusion, ...]
    trouble: Trouble | None
    ranked: tuple[str, ...] = ()
    takes_any_other: bool = True


@dataclass(frozen=True)
class DemoGrant:
    """A role and its reach: a network for a coordinator, a university for an academic."""

    role: Role
    network: str = ""
    provider: str = ""


@dataclass(frozen=True)
class DemoStaff:
    """Somebody who neither learns nor mentors."""

    key: str
    name: str
    email: str
    grants: tuple[DemoGrant, ...]


@dataclass(frozen=True)
class World:
    """Everything in the demo. `first_start` is the Monday on which the first placements begin."""

    seed: str
    today: date
    first_start: date
    networks: tuple[DemoNetwork, ...]
    organisations: tuple[DemoOrganisation, ...]
    programmes: tuple[DemoProgramme, ...]
    studies: tuple[StudyToPlace, ...]
    mentors: tuple[DemoMentor, ...]
    openings: tuple[DemoOpening, ...]
    learners: tuple[DemoLearner, ...]
    staff: tuple[DemoStaff, ...]
