"""A living world that begins before its round has closed, and counts what was done in it and what was refused."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from math import inf
from typing import NamedTuple

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.models.course.better_places import BetterPlace
from app.models.course.next_places import NextPlace
from app.models.people import Role
from app.models.placements import Placement
from app.models.requests import PlacementRequest, RequestState
from app.models.rounds import MatchRound
from app.models.studies import Opening, OpeningState
from app.platform.db import TransactionalFlask
from tests.app.promises.living_world import FOUR_WEEKS, LivingWorld, takes_part
from tests.builders import Builder
from tests.changes import Changes
from tests.screen import Screen


class Taken(NamedTuple):
    """A learner takes up a place of an opening, so many hours a month of its mentor."""

    learner_id: int
    opening: Opening
    hours: int


class WholeWorld(LivingWorld):
    """The same few people; their requests are not sent yet, and the round takes them until tomorrow.

    All want the same place most, so that whoever has another one may move up. A page that was read is not asked for
    again until something is kept or the day has changed: to look changes nothing.
    """

    def __init__(self, app: TransactionalFlask, engine: Engine, done: Counter[tuple[str, int]]) -> None:
        self.done, self.changes = done, Changes(engine)
        self.browsers: dict[tuple[int, int], FlaskClient] = {}
        self.pages: dict[tuple[int, str], Screen | None] = {}
        self.pages_are_of = (0, 0)
        self.held: Session | None = None
        super().__init__(app, engine)

    def make(self, build: Builder) -> None:
        super().make(build)
        round_ = self.the_round(self.session)
        round_.closes_at, round_.moves_up = self.now.replace(hour=23), True
        for request in self.session.scalars(select(PlacementRequest)):
            request.state, request.submitted_at, request.round_id = RequestState.DRAFT, None, None
        self.session.commit()

    def list_of(self, n: int, openings: list[Opening]) -> list[Opening]:
        return [openings[1], openings[0], openings[2]]

    def close(self) -> None:
        self.changes.close()
        super().close()

    @property
    def moment(self) -> tuple[int, int]:
        """The day, and how often something was kept: nothing differs between two moments that are equal."""
        return self.day_number, self.changes.number

    def page(self, person_id: int, address: str) -> Screen | None:
        if self.pages_are_of != self.moment:
            self.pages.clear()
            self.pages_are_of = self.moment
        if (person_id, address) not in self.pages:
            self.pages[person_id, address] = super().page(person_id, address)
        return self.pages[person_id, address]

    @contextmanager
    def rows(self) -> Iterator[Session]:
        if self.held:
            yield self.held
        else:
            with super().rows() as session:
                yield session

    @contextmanager
    def held_still(self) -> Iterator[None]:
        """Look at the rows of this moment in one session, so that none is read twice; nobody may write meanwhile."""
        with super().rows() as session:
            self.held = session
            try:
                yield
            finally:
                self.held = None

    def send(self, person_id: int, address: str, **data: object) -> int:
        status = super().send(person_id, address, **data)
        self.done[address, status] += 1
        if address.startswith("/admin/"):
            self.browsers.clear()  # whose account goes is signed out everywhere
        return status

    def browser(self, person_id: int) -> FlaskClient:
        """The one browser that a person has today."""
        kept = self.browsers.get((person_id, self.day_number))
        return kept or self.browsers.setdefault((person_id, self.day_number), super().browser(person_id))

    def is_published(self, session: Session) -> bool:
        return self.the_round(session).published_at is not None

    def starts_on(self, opening_id: int) -> date:
        with self.rows() as session:
            return session.get_one(Opening, opening_id).starts_on

    # Who takes up what, by the bare rows.

    def taken(self, session: Session) -> Iterator[Taken]:
        """What placements, offers that wait, and places kept to go on with or to move up to take up today."""
        for placement in session.scalars(select(Placement)):
            if placement.is_current_on(self.today):
                yield Taken(placement.learner_id, placement.opening, hours_of(placement))
        for offer in self.waiting(session):
            module = offer.request.module
            yield Taken(offer.request.learner_id, offer.opening, module.supervision_hours_a_month if module else 0)
        for place in session.scalars(select(NextPlace)):
            if place.is_open_on(self.today):
                yield Taken(place.placement.learner_id, place.opening, hours_of(place.placement))
        for better in session.scalars(select(BetterPlace)):
            if better.is_open_on(self.today):
                request = better.offer.request
                assert request.module is not None
                yield Taken(request.learner_id, better.opening, request.module.supervision_hours_a_month)

    def numbers(self, session: Session) -> dict[tuple[str, int], tuple[int, float]]:
        """How much is taken of each limit and what it is; who goes on with her mentor or study is there once."""
        taken = list(self.taken(session))
        found: dict[tuple[str, int], tuple[int, float]] = {}
        for opening in session.scalars(select(Opening)):
            of_mentor = {one.learner_id: one.hours for one in taken if one.opening.mentor_id == opening.mentor_id}
            of_study = {one.learner_id for one in taken if one.opening.study_id == opening.study_id}
            profile, limit = opening.mentor.mentor_profile, opening.study.learner_limit
            found["opening", opening.id] = sum(one.opening is opening for one in taken), opening.places
            if profile:
                found["mentor", opening.mentor_id] = len(of_mentor), profile.learners_max
                found["hours", opening.mentor_id] = sum(of_mentor.values()), profile.hours_a_month
            # Who was there before a study had a limit stays, so what has none is counted as well.
            found["study", opening.study_id] = len(of_study), inf if limit is None else limit
        return found

    def free_openings(self, session: Session) -> list[Opening]:
        """Where somebody could begin: published, with room in every number, and long enough yet."""
        numbers = self.numbers(session)
        return [
            opening
            for opening in session.scalars(select(Opening))
            if opening.state is OpeningState.PUBLISHED
            and takes_part(opening.mentor, Role.MENTOR)
            and opening.study.status.can_take_learners
            and opening.ends_on - FOUR_WEEKS >= self.today
            and all(
                number < limit
                for key, (number, limit) in numbers.items()
                if key in (("opening", opening.id), ("mentor", opening.mentor_id), ("study", opening.study_id))
            )
        ]

    def the_round(self, session: Session) -> MatchRound:
        return session.get_one(MatchRound, self.round_id)


def hours_of(placement: Placement) -> int:
    return placement.module.supervision_hours_a_month
