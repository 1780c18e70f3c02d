"""The steps that bring a database from one version to the next, on a database of their own."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.orm import Session

from app.models.placements import Offer, OfferState
from app.models.requests import ExcludedMentor
from app.platform.audit import record
from app.platform.db import prepare_sqlite
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
