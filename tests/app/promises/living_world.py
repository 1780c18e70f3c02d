"""A small round whose people come, go, change their minds and answer, and what may be said to them by its bare rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.models import Base
from app.models.people import Person, Role
from app.models.placements import Offer, OfferState, Placement
from app.models.requests import PlacementRequest, RequestState
from app.models.rounds import MatchRound
from app.models.runs import Proposal, Run, RunState
from app.models.studies import Opening, OpeningState
from app.models.values.study_status import StudyStatus
from app.platform.db import TransactionalFlask
from tests.browsers import browser_of
from tests.builders import Builder
from tests.conftest import NOON
from tests.screen import Screen, shown

FOUR_WEEKS = timedelta(weeks=4)
NAMES = ("Dr Jane Example", "Sian Mentor", "Tom Smith")
LIKE = {"EXAMPLE, Jane": "Dr Jane Example", "Siân Mentor": "Sian Mentor", "J. Example": "Dr Jane Example"}


class LivingWorld:
    """Three mentors with an opening each, three learners with a request each, their coordinator, an administrator."""

    def __init__(self, app: TransactionalFlask, engine: Engine) -> None:
        self.app, self.engine = app, engine
        with engine.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
        self.day_number = 0
        app.config["NOW"] = lambda: self.now
        self.session = Session(engine, expire_on_commit=True)
        self.make(Builder(self.session, NOON))

    def make(self, build: Builder) -> None:
        network = build.network("North West")
        coordinator = build.coordinator(network)
        round_ = build.round(
            network, coordinator=coordinator, name="Spring 2026", closes_on=build.today - timedelta(days=1)
        )
        study = build.study("Walking after a stroke", learner_limit=2)
        mentors = [build.mentor(name=name, learners_max=2, hours_a_month=8) for name in NAMES]
        openings = [
            build.opening(mentors[0], study, network, places=2),
            build.opening(mentors[1], study, network),
            build.opening(mentors[2], build.study("Wounds"), network),
        ]
        requests = [
            build.request(
                build.learner(name=f"Learner {n}"), [network], round_id=round_.id, ranked=self.list_of(n, openings)
            )
            for n in range(3)
        ]
        self.learner_ids = [request.learner_id for request in requests]
        self.request_ids = [request.id for request in requests]
        self.mentor_ids, self.opening_ids = [one.id for one in mentors], [one.id for one in openings]
        self.round_id, self.coordinator_id = round_.id, coordinator.id
        self.administrator_id = build.person(Role.ADMINISTRATOR).id
        self.session.commit()

    def list_of(self, n: int, openings: list[Opening]) -> list[Opening]:
        """What the learner with this number ranks, the first first."""
        return openings[n:]

    def close(self) -> None:
        self.session.close()

    # Time and browsers.

    @property
    def now(self) -> datetime:
        return NOON + timedelta(days=self.day_number)

    @property
    def today(self) -> date:
        return day_of(self.now)

    def browser(self, person_id: int) -> FlaskClient:
        return browser_of(self.app, person_id)

    def page(self, person_id: int, address: str) -> Screen | None:
        """The page, or None for somebody who may not see it or whose account is withdrawn."""
        answer = self.browser(person_id).get(address)
        return shown(answer) if answer.status_code == 200 else None

    def send(self, person_id: int, address: str, **data: object) -> int:
        status = self.browser(person_id).post(address, data=data).status_code
        assert status < 500, (address, data)
        return status

    @contextmanager
    def rows(self) -> Iterator[Session]:
        """A look at the rows as they are; nothing that is done with it stays."""
        with Session(self.engine) as session:
            yield session
            session.rollback()

    # What may be, by the bare rows.

    def waiting(self, session: Session) -> list[Offer]:
        statement = select(Offer).where(Offer.state == OfferState.WAITING, Offer.answer_by >= self.today)
        return list(session.scalars(statement.order_by(Offer.id)))

    def may_be(self, request: PlacementRequest, opening: Opening, *, keeps_word: bool = False) -> bool:
        """Whether the learner could begin here, limits of numbers aside; a pause does not undo an offer of before."""
        allowed = {OpeningState.PUBLISHED, OpeningState.PAUSED} if keeps_word else {OpeningState.PUBLISHED}
        return (
            takes_part(request.learner, Role.LEARNER)
            and takes_part(opening.mentor, Role.MENTOR)
            and request.state is RequestState.SUBMITTED
            and opening.state in allowed
            and opening.study.status is StudyStatus.OPEN
            and not self.is_excluded(request, opening.mentor)
            and any(self.days_to_begin(request, opening))
        )

    def is_excluded(self, request: PlacementRequest, mentor: Person) -> bool:
        """Whether she named the mentor, or somebody who may be the mentor and nobody has said otherwise."""
        for one in request.excluded:
            said = {answer.mentor_id: answer.is_same for answer in one.answers}
            is_meant = one.mentor_id == mentor.id or said.get(mentor.id, False)
            may_be_meant = one.mentor_id is None and LIKE.get(one.name, one.name) == mentor.name
            if is_meant or (may_be_meant and mentor.id not in said):
                return True
        return False

    def days_to_begin(self, request: PlacementRequest, opening: Opening) -> Iterator[date]:
        assert request.start_from
        assert request.start_until
        day = max(request.start_from, opening.starts_on, self.today)
        absences = opening.mentor.mentor_profile.absences if opening.mentor.mentor_profile else []
        while day <= min(request.start_until, opening.ends_on - FOUR_WEEKS):
            if not any(one.starts_on <= day <= one.ends_on for one in absences):
                yield day
            day += timedelta(days=1)

    def is_within_limits(self, session: Session) -> bool:
        """Whether placements and waiting offers together keep to every limit."""
        placed = list(session.scalars(select(Placement).where(Placement.ends_on >= self.today)))
        held: list[Opening] = [one.opening for one in placed]
        held += [one.opening for one in self.waiting(session)]
        return all(
            held.count(opening) <= opening.places
            and sum(one.mentor_id == opening.mentor_id for one in held) <= learners_max(opening)
            and (
                opening.study.learner_limit is None
                or sum(one.study_id == opening.study_id for one in held) <= opening.study.learner_limit
            )
            for opening in set(held)
        )

    def latest_run(self, session: Session) -> Run | None:
        return session.scalar(select(Run).order_by(Run.id.desc()).limit(1))

    def newest_proposals(self, session: Session) -> list[Proposal]:
        run = self.latest_run(session)
        if run is None or run.state is not RunState.SOLVED:
            return []
        return list(session.scalars(select(Proposal).where(Proposal.run_id == run.id)))

    def the_round(self, session: Session) -> MatchRound:
        return session.get_one(MatchRound, self.round_id)


def learners_max(opening: Opening) -> int:
    profile = opening.mentor.mentor_profile
    return profile.learners_max if profile else opening.places


def takes_part(person: Person, role: Role) -> bool:
    return person.is_active and any(grant.role is role and grant.ended_at is None for grant in person.grants)
