"""The steps that bring a database from one version to the next, on a database of their own."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, PrimaryKeyConstraint, UniqueConstraint, create_engine, inspect, select, text
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.models import Base
from app.models.course.evidence import Evidence, EvidenceKind
from app.models.course.readiness import Need, NeedKind, NeedState
from app.models.hours import HoursEntry, HoursSubmission
from app.models.operations.audit import AuditLine
from app.models.operations.jobs import Job, Lane
from app.models.organisations import Organisation
from app.models.people import Person
from app.models.placements import Offer, OfferState, Placement, PlacementState
from app.models.programmes import Enrolment, Programme
from app.models.publications import Publication
from app.models.requests import ExcludedMentor
from app.models.rounds import MatchRound, digest_of_seed
from app.models.runs import Run, RunState
from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SupervisionSession
from app.platform.audit import record
from app.platform.db import prepare_sqlite
from app.rounds.runs.service import SOLVE
from app.rules.record_totals import summaries
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


def test_what_is_unique_has_the_name_that_the_models_give_it(alembic, database):
    alembic(command.upgrade, "head")
    made, tables = inspect(database), Base.metadata.tables.values()
    keys = [made.get_pk_constraint(table.name) for table in tables]
    names = {str(one["name"]) for table in tables for one in made.get_unique_constraints(table.name)}
    assert names | {str(key["name"]) for key in keys} == {
        str(database.dialect.identifier_preparer.format_constraint(one))
        for table in tables
        for one in table.constraints
        if isinstance(one, UniqueConstraint | PrimaryKeyConstraint)
    }


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
        assert [run.can_be_checked(NOON) for run in runs] == [True, True, True]


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


def test_a_round_published_before_has_a_publication_by_whom_the_trail_says(alembic, database):
    alembic(command.upgrade, "head")
    with Session(database) as session:
        build = Builder(session, NOON)
        round_ = build.round(build.network(), published_at=NOON)
        published, unknown = (build.run(round_, published_at=NOON) for _ in range(2))
        publisher = build.coordinator()
        record(session, publisher, "published a run", published, now=NOON)
        ids, publisher_id = [published.id, unknown.id], publisher.id
        session.commit()
    alembic(command.downgrade, "0017")
    alembic(command.upgrade, "head")
    with Session(database) as session:
        made = session.scalars(select(Publication).order_by(Publication.run_id)).all()
        assert [(one.run_id, one.published_by_id, one.published_at) for one in made] == [
            (ids[0], publisher_id, NOON),
            (ids[1], None, NOON),
        ]


def test_placements_that_have_not_begun_get_a_list_of_what_they_need(alembic, database):
    alembic(command.upgrade, "head")
    with Session(database) as session:
        build = Builder(session, NOON)
        build.placement()
        coming = build.placement(starts_on=date(2150, 3, 3), ends_on=date(2150, 12, 31))
        build.placement(starts_on=date(2150, 3, 3), ends_on=date(2150, 3, 2), state=PlacementState.ENDED)
        coming_id = coming.id
        session.commit()
    alembic(command.downgrade, "0025")
    alembic(command.upgrade, "head")
    with Session(database) as session:
        needs = session.scalars(select(Need)).all()
        assert {(need.placement_id, need.due_on, need.state) for need in needs} == {
            (coming_id, date(2150, 3, 3), NeedState.NEEDED)
        }
        assert {need.kind for need in needs} == set(NeedKind)
    alembic(command.check)


def test_hours_that_counted_are_submitted_once_for_each_placement_and_go_on_counting(alembic, database):
    alembic(command.upgrade, "head")
    with Session(database) as session:
        build = Builder(session, NOON)
        one, other, empty = (build.placement() for _ in range(3))
        old = build.entry(one, minutes=30, withdrawn_at=NOON)
        build.entry(one, minutes=45, corrects_id=old.id, worked_on=date(2026, 2, 2))
        build.entry(one)
        build.entry(other)
        ids = [one.id, other.id, empty.id]
        session.commit()
    alembic(command.downgrade, "0033")
    alembic(command.upgrade, "head")
    with Session(database) as session:
        found = summaries(session, ids)
        assert [found[id_].total_minutes for id_ in ids] == [105, 60, 0]
        sent = session.scalars(select(HoursSubmission).order_by(HoursSubmission.placement_id)).all()
        assert [(row.placement_id, row.first_day) for row in sent] == [
            (ids[0], date(2026, 2, 2)),
            (ids[1], day_of(NOON)),
        ]
        entries = session.scalars(select(HoursEntry).order_by(HoursEntry.id)).all()
        assert [entry.state.value for entry in entries] == ["withdrawn", "submitted", "submitted", "submitted"]
        assert entries[0].submission_id is None
        assert {entry.submission_id for entry in entries[1:3]} == {sent[0].id}
    alembic(command.check)


def test_each_programme_gets_a_version_with_all_its_modules_and_its_learners(alembic, database):
    alembic(command.upgrade, "head")
    with Session(database) as session:
        build = Builder(session, NOON)
        programme = build.programme()
        empty = build.add(Programme(provider=programme.provider, level=programme.level, title="Not described yet"))
        placement = build.placement()
        enrolment = build.enrolment(placement.learner, programme)
        enrolment.started_on = date(2024, 9, 21)
        kept = (placement.id, placement.module_id)
        ids, titles = (programme.id, empty.id, enrolment.id), [module.title for module in programme.modules]
        session.commit()
    alembic(command.downgrade, "0043")
    alembic(command.upgrade, "head")
    with Session(database) as session:
        version = session.get_one(Enrolment, ids[2]).version
        assert version is not None
        assert (version.programme_id, version.academic_year, version.is_published) == (ids[0], 2024, True)
        assert [module.title for module in version.modules] == titles
        assert session.get_one(Programme, ids[1]).versions == []
        assert session.get_one(Placement, kept[0]).module_id == kept[1]
    alembic(command.check)


def test_what_names_hours_names_them_still_when_their_table_was_made_anew(alembic, database):
    alembic(command.upgrade, "head")
    with Session(database) as session:
        build = Builder(session, NOON)
        placement = build.placement()
        old = build.entry(placement, minutes=30, withdrawn_at=NOON)
        newer = build.entry(placement, minutes=45, corrects_id=old.id)
        named = [
            build.evidence(placement, kind=EvidenceKind.HOURS, hours_entry_id=entry_id)
            for entry_id in (old.id, newer.id)
        ]
        build.evidence(placement)
        links, ids = {newer.id: old.id, old.id: None}, {named[0].id: old.id, named[1].id: newer.id}
        session.commit()
    for version in ("0036", "head"):
        alembic(command.downgrade if version == "0036" else command.upgrade, version)
        with database.connect() as connection:
            entries = connection.execute(select(HoursEntry.id, HoursEntry.corrects_id)).all()
            assert {row.id: row.corrects_id for row in entries} == links
            pieces = connection.execute(select(Evidence.id, Evidence.hours_entry_id)).all()
            assert {row.id: row.hours_entry_id for row in pieces if row.hours_entry_id} == ids
            assert len(pieces) == 3
    alembic(command.check)
