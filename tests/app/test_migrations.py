"""The steps that bring a database from one version to the next, on a database of their own."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.models.operations.audit import AuditLine
from app.models.operations.jobs import Job, Lane
from app.models.organisations import Organisation
from app.models.people import Person
from app.models.placements import Offer, OfferState
from app.models.requests import ExcludedMentor
from app.models.rounds import MatchRound, digest_of_seed
from app.models.runs import Run, RunState
from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SupervisionSession
from app.platform.audit import record
from app.platform.db import prepare_sqlite
from app.rounds.runs.service import SOLVE
from tests.builders import Builder
from tests.conftest import NOON

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without tables; on PostgreSQL a schema of its own."""
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
        prepare_sqlite(engine)
        yield engine
    else:
        url = request.getfixturevalue("postgres_url")
        engine = create_engine(url, connect_args={"options": "-csearch_path=migrated"})
        with engine.begin() as connection:
            connection.execute(text("CREATE SCHEMA migrated"))
        yield engine
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA migrated CASCADE"))
    engine.dispose()


@pytest.fixture
def alembic(database: Engine) -> Callable[..., None]:
    """alembic(command.upgrade, "head") on that database."""

    def run(step: Callable[..., object], *given: str) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with database.begin() as connection:
            config.attributes["connection"] = connection
            step(config, *given)

    return run


def found_taken(database: Engine, offer_ids: list[int]) -> list[datetime | None]:
    with Session(database) as session:
        return [session.get_one(Offer, one).found_taken_at for one in offer_ids]


def test_the_migrations_make_the_tables_of_the_models(alembic):
    alembic(command.upgrade, "head")
    alembic(command.check)


def test_who_found_a_place_taken_is_read_once_from_the_trail(alembic, database):
    alembic(command.upgrade, "head")
    with Session(database) as session:
        build = Builder(session, NOON)
        placement, told, other = build.placement(), build.offer(), build.offer()
        record(session, told.request.learner, "found an offered place taken", told, now=NOON)
        record(session, other.request.learner, "declined an offer", other, now=NOON)
        assert placement.id == placement.offer_id
        record(session, None, "found an offered place taken", placement, now=NOON)
        ids = [told.id, other.id, placement.offer_id]
        session.commit()
    assert found_taken(database, ids) == [None, None, None]
    alembic(command.downgrade, "0003")
    alembic(command.upgrade, "head")
    assert found_taken(database, ids) == [NOON, None, None]


def test_an_offer_of_before_says_what_its_opening_says_and_an_exclusion_belongs_to_its_learner_once(alembic, database):
    alembic(command.upgrade, "head")
    with Session(database) as session:
        build = Builder(session, NOON)
        offer = build.offer()
        learner, manager = offer.request.learner, build.mentor()
        first, second = build.request(learner), offer.request
        offer_id, learner_id = offer.id, learner.id
        terms = offer.said.terms
        offer.state = OfferState.TAKEN_BACK
        ids, manager_id = [first.id, second.id], manager.id
        session.commit()
    alembic(command.downgrade, "0004")
    named = (
        "INSERT INTO excluded_mentors (request_id, kind, name, email, why, mentor_id) VALUES (:r, :k, :n, '', '', :m)"
    )
    with database.begin() as connection:
        for request_id in ids:
            for name, mentor_id in (("A Manager", manager_id), ("Jane Example", None)):
                connection.execute(text(named), {"r": request_id, "k": "line manager", "n": name, "m": mentor_id})
    alembic(command.upgrade, "head")
    with Session(database) as session:
        offer = session.get_one(Offer, offer_id)
        assert (offer.state, [one.terms for one in offer.terms_said]) == (OfferState.LAPSED, [terms])
        assert [one.name for one in offer.request.excluded] == ["A Manager", "Jane Example"]
        assert {one.learner_id for one in session.scalars(select(ExcludedMentor))} == {learner_id}
    alembic(command.check)


def test_each_round_gets_a_seed_and_its_runs_keep_theirs(alembic, database):
    alembic(command.upgrade, "head")
    with Session(database) as session:
        build = Builder(session, NOON)
        published, closed, empty = (build.round(build.network()) for _ in range(3))
        published.published_at = NOON
        build.run(published, seed="tried first")
        build.run(published, seed="autumn", published_at=NOON)
        build.run(closed, seed="spring")
        ids = [published.id, closed.id, empty.id]
        session.commit()
    alembic(command.downgrade, "0004")
    alembic(command.upgrade, "head")
    with Session(database) as session:
        rounds = [session.get_one(MatchRound, one) for one in ids]
        assert [len(round_.seeds) for round_ in rounds] == [1, 1, 1]
        secrets = [round_.seed.secret for round_ in rounds]
        assert secrets[0] == "autumn"
        assert [len(bytes.fromhex(secret)) for secret in secrets[1:]] == [16, 16]
        assert secrets[1] != secrets[2]
        assert [round_.seed.digest for round_ in rounds] == [digest_of_seed(secret) for secret in secrets]
        runs = session.scalars(select(Run).order_by(Run.id)).all()
        assert [run.seed for run in runs] == ["tried first", "autumn", "spring"]
        assert [run.has_the_seed_of_its_round for run in runs] == [False, True, False]
        assert [run.can_be_checked(day_of(NOON)) for run in runs] == [True, True, True]


def test_what_was_under_way_becomes_a_job(alembic, database):
    alembic(command.upgrade, "head")
    with Session(database) as session:
        build = Builder(session, NOON)
        states = (RunState.WAITING, RunState.RUNNING, RunState.SOLVED, RunState.FAILED)
        runs = [build.run(build.round(build.network()), state=state) for state in states]
        under_way = [run.id for run in runs if run.state.is_under_way]
        session.commit()
    alembic(command.downgrade, "0009")
    alembic(command.upgrade, "head")
    with Session(database) as session:
        jobs = session.scalars(select(Job).order_by(Job.id)).all()
        assert [job.given for job in jobs] == [[run_id] for run_id in under_way]
        assert {(job.deed, job.lane, job.tries, job.outcome) for job in jobs} == {(SOLVE, Lane.LONG, 0, None)}


def test_names_of_before_are_found_by_their_folded_form(alembic, database):
    alembic(command.upgrade, "head")
    with Session(database) as session:
        build = Builder(session, NOON)
        person, organisation = build.person(name="Siân O’Neill"), build.organisation(name="Ysbyty Tŵr-y-Felin")
        placement = build.placement()
        meeting = SupervisionSession(
            placement=placement,
            held_on=day_of(NOON),
            minutes=60,
            form=SessionForm.VIDEO,
            topics="Consent.",
            logged_by_id=placement.mentor_id,
            logged_at=NOON,
            form_key="first",
            actions=[AgreedAction(what="Read", owner=ActionOwner.LEARNER)],
        )
        record(session, person, "signed in", person, now=NOON)
        session.add(meeting)
        session.commit()
        ids = person.id, organisation.id
    alembic(command.downgrade, "0004")
    alembic(command.upgrade, "head")
    with Session(database) as session:
        assert session.get_one(Person, ids[0]).folded_name == "sian oneill"
        assert session.get_one(Organisation, ids[1]).folded_name == "ysbyty twr y felin"
        assert session.scalars(select(AuditLine.folded_names)).all() == ["sian oneill"]
        assert session.scalars(select(AgreedAction.what)).all() == ["Read"]


def test_problems_and_solutions_of_runs_are_compressed_and_read_as_before(alembic, database):
    long = '{"learners": [], "seed": "é"}' + " " * 10_000
    alembic(command.upgrade, "head")
    with Session(database) as session:
        build = Builder(session, NOON)
        build.run(build.round(build.network()), problem=long)
        session.commit()
    alembic(command.downgrade, "0013")
    with database.connect() as connection:
        assert connection.scalar(text("SELECT problem FROM runs")) == long
    alembic(command.upgrade, "0014")
    with database.connect() as connection:
        assert connection.execute(select(Run.problem, Run.solution)).one() == (long, "")
        assert connection.scalar(text("SELECT length(problem) FROM runs")) < len(long) / 10
