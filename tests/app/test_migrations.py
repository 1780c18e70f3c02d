"""The steps that bring a database from one version to the next, on a database of their own."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.orm import Session

from app.models.audit import AuditLine
from app.models.organisations import Organisation
from app.models.people import Person
from app.models.placements import Offer
from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SupervisionSession
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


def test_names_of_before_are_found_by_their_folded_form(alembic, database):
    alembic(command.upgrade, "head")
    with Session(database) as session:
        build = Builder(session, NOON)
        person, organisation = build.person(name="Siân O’Neill"), build.organisation(name="Ysbyty Tŵr-y-Felin")
        placement = build.placement()
        meeting = SupervisionSession(
            placement=placement,
            held_on=NOON.date(),
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
