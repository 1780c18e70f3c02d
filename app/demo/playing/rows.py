"""The rows that the demo has written so far, by the keys of its world."""

from dataclasses import dataclass, field
from datetime import datetime

from app.models.organisations import Network, Organisation, Specialty
from app.models.people import Person
from app.models.programmes import Programme, Provider
from app.models.studies import Opening, Study


@dataclass
class Rows:
    """`now` is the moment when people joined and openings were written; networks and specialties were there before."""

    now: datetime
    networks: dict[str, Network]
    specialties: dict[str, Specialty]
    organisations: dict[str, Organisation] = field(default_factory=dict)
    providers: dict[str, Provider] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    studies: dict[str, Study] = field(default_factory=dict)
    mentors: dict[str, Person] = field(default_factory=dict)
    staff: dict[str, Person] = field(default_factory=dict)
    learners: dict[str, Person] = field(default_factory=dict)
    openings: dict[str, Opening] = field(default_factory=dict)
