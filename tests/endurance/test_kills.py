"""A process that dies at the worst moment loses nothing and nothing is done twice: the trial of kills in short."""

import os
import random
import signal

import pytest
from sqlalchemy import make_url, text

from app import create_app
from app.models import Base
from app.platform.db import db, transaction
from tests.conftest import POSTGRES, absent, server_connection
from tests.endurance import asked as trial
from tests.endurance.kills import do_the_rest, kill_servers, mail_server, settings_of
from tests.endurance.processes import begin, kill, work_until

# Where a worker dies: just before that is called.
PLACES = (
    "app.rounds.runs.jobs:begin_run",  # it holds the job, and the run waits
    "app.rounds.runs.jobs:solve_apart",  # the run is running
    "app.rounds.runs.jobs:finish_run",  # within the transaction that would write everything
    "app.rounds.dossier.jobs:made_of",  # the publication is read
    "app.rounds.questions.jobs:keep_explanations",  # within the transaction that would keep some
    "app.platform.leases:end",  # all is written, only the job is still open
    "app.sign_in.jobs:end_job",  # the link is written, its transaction open
    "app.studies.imports.service:finish",  # every batch is written
    "app.platform.mailing:note_outcome",  # the server has taken the mail
)

SECONDS_TO_DIE = 100  # none of what is asked for keeps a worker for so long


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path, worker_id):
    """The address of an empty database that nothing else uses."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'rpe.sqlite3'}"
        return
    name = f"rpe_kills_{os.getpid()}_{worker_id}"
    try:
        with server_connection() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
    except OSError as failure:
        absent(f"no PostgreSQL server answers: {failure}")
    yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    with server_connection() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture
def post():
    with mail_server() as found:
        yield found


@pytest.fixture
def trial_settings(database, post):
    return settings_of(database, post[1])


@pytest.fixture
def served_app(trial_settings):
    app = create_app(trial_settings)
    with app.app_context():
        Base.metadata.create_all(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_a_worker_that_dies_at_the_worst_moment_loses_nothing(served_app, trial_settings, post):
    with served_app.app_context():
        asked = trial.prepare()
    for place in PLACES:
        with served_app.app_context():
            trial.ask(asked, with_import=place.startswith("app.studies"))
        worker = begin(work_until, trial_settings, place)
        worker.join(SECONDS_TO_DIE)
        has_died = not worker.is_alive()
        kill(worker)
        assert has_died, f"{place} was never called"
        assert worker.exitcode == -signal.SIGKILL, place
        do_the_rest(served_app, trial_settings)
        with served_app.app_context(), transaction(writing=False) as session:
            assert trial.faults(session, asked, post[0].letters, len(PLACES)) == [], place


def test_what_a_server_has_acknowledged_before_it_died_is_there_once(served_app, trial_settings):
    assert kill_servers(served_app, trial_settings, kills=3, chance=random.Random(1)) == []
