"""Writes the demo world into an empty database, as rows that the service then treats like any others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.playing.people_rows import enrolment_row, learner_row, mentor_row, staff_row
from app.demo.playing.programme_rows import programme_row
from app.demo.playing.request_rows import request_row
from app.demo.playing.rows import Rows
from app.demo.playing.study_rows import opening_row, organisation_row, study_row
from app.demo.world.records import DemoLearner, DemoOpening, World
from app.models.course.starting_set import starting_capabilities
from app.models.organisations import Network, Specialty
from app.models.programmes import Provider
from app.models.requests import PlacementRequest
from app.models.studies import Opening, Study
from app.platform.passwords import hasher
from app.rules.reference import add_missing_reference

PASSWORD = "demonstration"  # noqa: S105 (printed on the sign-in page of the demo)


@dataclass
class Loader:
    """Adds the records of a world in the order in which they name each other, and remembers them by key."""

    session: Session
    world: World
    now: datetime
    known_studies: Mapping[str, Study] = field(default_factory=dict)

    def load(self) -> "Loader":
        add_missing_reference(self.session)
        self.session.flush()
        self.rows = Rows(
            self.now,
            networks={row.name: row for row in self.session.scalars(select(Network))},
            specialties={row.name: row for row in self.session.scalars(select(Specialty))},
        )
        self.add_what_people_belong_to()
        self.add_people(hasher.hash(PASSWORD))
        return self

    def add_what_people_belong_to(self) -> None:
        rows, world = self.rows, self.world
        rows.organisations = {one.ods_code: organisation_row(rows, one) for one in world.organisations}
        rows.providers = {name: Provider(name=name) for name in dict.fromkeys(one.provider for one in world.programmes)}
        rows.programmes = {one.key: programme_row(rows, one) for one in world.programmes}
        rows.studies = {one.key: self.known_studies.get(one.key) or study_row(rows, one) for one in world.studies}
        self.session.add_all((*rows.programmes.values(), *rows.organisations.values(), *rows.studies.values()))
        self.session.flush()
        for programme in rows.programmes.values():
            self.session.add_all(starting_capabilities(programme.id, self.now))

    def add_people(self, password_hash: str) -> None:
        rows, world = self.rows, self.world
        rows.mentors = {one.key: mentor_row(rows, one, password_hash) for one in world.mentors}
        rows.staff = {one.key: staff_row(rows, one, password_hash) for one in world.staff}
        self.session.add_all((*rows.mentors.values(), *rows.staff.values()))
        self.session.flush()
        rows.learners = {one.key: learner_row(rows, one, password_hash) for one in world.learners}
        self.session.add_all(rows.learners.values())
        self.session.flush()
        self.session.add_all(enrolment_row(rows, one) for one in world.learners)
        self.session.flush()

    def publish(self, openings: Iterable[DemoOpening]) -> dict[str, Opening]:
        """Add those openings that are not there yet; requests that are added later may rank them."""
        known = self.rows.openings
        added = {one.key: opening_row(self.rows, one) for one in openings if one.key not in known}
        known.update(added)
        self.session.add_all(added.values())
        self.session.flush()
        return added

    def submit(self, learners: Iterable[DemoLearner], now: datetime) -> dict[str, PlacementRequest]:
        """Add the learners' submitted requests, which wait for a round."""
        requests = {learner.key: request_row(self.rows, learner, now) for learner in learners}
        self.session.add_all(requests.values())
        self.session.flush()
        return requests
