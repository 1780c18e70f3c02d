"""An import is written in short steps: others save meanwhile, and after a kill it goes on and ends the same."""

import io
import signal
import subprocess
import sys

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken
from app.models.operations.audit import AuditLine
from app.models.operations.jobs import LEASE, Job
from app.models.operations.registry_files import RegistryImport, RegistryKind, RowOutcome, UploadedFile, UploadedRow
from app.models.organisations import Network
from app.models.people import Role
from app.models.studies import Study
from app.phrasebook.jobs import GIVEN_UP, NOBODY_AT_WORK
from app.platform.db import transaction
from app.platform.leases import take
from app.studies.imports import jobs, service
from app.studies.imports.jobs import IN_STEPS
from app.studies.imports.service import ROWS_AT_ONCE, RegistryFile, Step, Witness, import_file
from app.studies.imports.studies import StudyIntake
from tests.app.studies.registry_rows import studies_file, table, trial
from tests.screen import shown

BATCHES = 4
ROWS = [trial(n, f"Study {n}" if n % 50 else "") for n in range(BATCHES * ROWS_AT_ONCE)]
REFUSED = len(ROWS) // 50


class Interrupted(Exception):
    """Stands for whatever ends a process."""


class Stopping(Witness):
    """Interrupts the batch after the first ones, before it is committed."""

    def __init__(self, after):
        self.left = after

    def saw_batch(self, session, told):
        if not self.left:
            raise Interrupted
        self.left -= 1


def number_of(session, model):
    return session.scalar(select(func.count()).select_from(model))


def run(app, now, witness=None, file=None):
    with app.app_context():
        return import_file(IN_STEPS, file or studies_file(*ROWS), None, lambda: now, witness)


def test_others_save_between_the_steps_and_while_a_step_is_compared(app, engine, session, now, monkeypatch):
    saved: list[int] = []

    def somebody_saves(*given):
        with Session(engine) as other:
            other.connection(execution_options={"sqlite_begin": "BEGIN IMMEDIATE"})
            other.add(Network(name=f"Saved {len(saved)}"))
            other.commit()
        saved.append(1)

    compare = StudyIntake.compare

    def compare_while_others_save(self, own, rows):
        somebody_saves()
        return compare(self, own, rows)

    monkeypatch.setattr(StudyIntake, "compare", compare_while_others_save)
    report = run(app, now)
    assert report.counts["new"] == len(ROWS) - REFUSED
    assert number_of(session, Network) == len(saved) == BATCHES


def test_a_step_changes_many_studies_in_as_few_statements_as_few(app, now, queries):
    run(app, now)
    changed = [{**row, "Study Title": f"New {row['Study Title']}"} for row in ROWS[:ROWS_AT_ONCE]]
    with queries() as few:
        run(app, now, file=studies_file(*changed[:10]))
    with queries() as many:
        run(app, now, file=studies_file(*changed))
    assert len(many) <= len(few) + 5


def test_an_import_that_is_interrupted_is_not_finished_and_goes_on_where_it_was(app, session, look_again, now):
    with pytest.raises(Interrupted):
        run(app, now, Stopping(after=2))
    [begun] = session.scalars(select(RegistryImport)).all()
    assert (begun.finished_at, begun.batches) == (None, 2)
    assert number_of(session, AuditLine) == 0
    taken = number_of(session, Study)
    assert 0 < taken < len(ROWS)
    report = run(app, now)
    look_again()
    assert (report.counts["new"], report.counts["same"], report.counts["refused"]) == (len(ROWS) - REFUSED, 0, REFUSED)
    assert number_of(session, Study) == len(ROWS) - REFUSED
    [done] = session.scalars(select(RegistryImport)).all()
    assert (done.finished_at, done.batches) == (now, BATCHES)
    assert session.scalars(select(AuditLine.details)).one()["new"] == len(ROWS) - REFUSED
    assert run(app, now).counts["same"] == len(ROWS) - REFUSED


def test_two_processes_that_go_on_with_the_same_import_take_no_row_twice(app, session, now, monkeypatch):
    class Other(Witness):
        """Another process goes on with the import, while this one is between two batches."""

        is_done = False

        def saw_batch(self, own, told):
            if not self.is_done:
                self.is_done = True
                raise Interrupted

    with pytest.raises(Interrupted):
        run(app, now, Other())
    compare = Step.compare

    def compare_and_be_overtaken(self, own):
        monkeypatch.setattr(Step, "compare", compare)
        run(app, now)
        compare(self, own)

    monkeypatch.setattr(Step, "compare", compare_and_be_overtaken)
    with pytest.raises(Overtaken):
        run(app, now)
    assert number_of(session, Study) == len(ROWS) - REFUSED


KILLED = """
import os, signal, sys
from app import create_app
from app.config import Settings
from app.platform.clock import now
from app.studies.imports.jobs import IN_STEPS
from app.studies.imports.service import Witness, import_file
from app.models.operations.registry_files import RegistryKind
from app.studies.imports.service import RegistryFile
from pathlib import Path

class Killing(Witness):
    left = 2
    def saw_batch(self, session, told):
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1

settings = Settings(is_production=False, secret_key="x", base_url="http://localhost", database_url=sys.argv[1])
with create_app(settings).app_context():
    import_file(IN_STEPS, RegistryFile(RegistryKind.STUDIES, Path(sys.argv[2])), None, now, Killing())
"""


def test_a_process_that_is_killed_half_way_leaves_whole_batches_and_the_next_goes_on(
    app, engine, session, look_again, now, shared_data
):
    path = shared_data / "studies" / "ctgov_csv" / "ctg-studies-11col-crc.csv"
    url = engine.url.render_as_string(hide_password=False)
    killed = subprocess.run([sys.executable, "-c", KILLED, url, str(path)], timeout=600)
    assert killed.returncode == -signal.SIGKILL
    assert number_of(session, Study) == 2 * ROWS_AT_ONCE
    with app.app_context():
        file = RegistryFile(RegistryKind.STUDIES, path)
        report = import_file(IN_STEPS, file, None, lambda: now)
        again = import_file(IN_STEPS, file, None, lambda: now)
    look_again()
    assert number_of(session, Study) == report.counts["new"] == again.counts["same"]
    assert report.rows == again.rows == 682


@pytest.fixture
def browser(sign_in, build):
    return sign_in(build.person(Role.ADMINISTRATOR))


def upload(browser, rows):
    data = {"kind": "studies", "file": (io.BytesIO(table(*rows)), "studies.csv")}
    return browser.post("/studies/import", data=data).location


def test_trying_a_file_holds_no_lock_while_it_is_compared(browser, engine, session, look_again, monkeypatch):
    trial_of = service.trial_of

    def others_save(*given):
        report = trial_of(*given)
        with Session(engine) as other:
            other.connection(execution_options={"sqlite_begin": "BEGIN IMMEDIATE"})
            other.add(Network(name="Meanwhile"))
            other.commit()
        return report

    monkeypatch.setattr("app.studies.imports.uploads.trial_of", others_save)
    assert shown(browser.get(upload(browser, ROWS[:3]))).heading == "What the file would change"
    look_again()
    assert number_of(session, Network) == 1


def test_an_import_whose_worker_died_waits_for_the_next_and_says_so(
    app, browser, session, look_again, now, monkeypatch
):
    queue = app.extensions["rpe_queue"]
    monkeypatch.setattr(queue, "is_at_once", False)
    address = upload(browser, ROWS)
    browser.post(address)
    browser.post(address)
    look_again()
    waiting = session.scalars(select(Job)).one()
    page = shown(browser.get(address))
    assert page.heading == "Import under way"
    assert page.says(NOBODY_AT_WORK)
    assert page.says(f"0 rows of {len(ROWS)} are taken.")
    part = browser.get(f"{address}/progress", headers={"HX-Request": "true"})
    assert shown(part).link("Look again") == address
    for moment in (now, now + LEASE):
        app.config["NOW"] = lambda moment=moment: moment
        with app.app_context(), transaction() as own:
            assert take(own, Job.id == waiting.id, moment)
    page = shown(browser.get(address))
    assert page.says("The worker stopped; taken up again at midday, try 2 of 3.")
    assert not page.says(NOBODY_AT_WORK)
    app.config["NOW"] = lambda: now + 2 * LEASE
    queue.do_next(Job.id == waiting.id)
    assert shown(browser.get(address)).heading == "Studies imported"


def test_an_import_that_was_interrupted_is_gone_on_with_from_its_page(browser, session, look_again, now, monkeypatch):
    address = upload(browser, ROWS)
    witness = jobs.UploadWitness.saw_batch

    def break_down(self, own, told):
        if number_of(own, Study) > ROWS_AT_ONCE:
            raise Interrupted
        witness(self, own, told)

    monkeypatch.setattr(jobs.UploadWitness, "saw_batch", break_down)
    browser.post(address)
    page = shown(browser.get(address))
    assert (page.heading, "Go on with the import" in page.buttons) == ("The import was interrupted", True)
    assert page.paragraphs[0] == GIVEN_UP
    assert page.paragraphs[1].startswith(f"{ROWS_AT_ONCE} rows of {len(ROWS)} are taken;")
    assert "A part of this file is imported already." in shown(browser.post(f"{address}/cancel")).paragraphs[0]
    monkeypatch.setattr(jobs.UploadWitness, "saw_batch", witness)
    browser.post(address)
    done = shown(browser.get(address))
    assert done.heading == "Studies imported"
    assert done.items[:1] == [f"{len(ROWS) - REFUSED} new"]
    look_again()
    assert number_of(session, Study) == len(ROWS) - REFUSED
    told = session.scalars(select(UploadedRow.line).where(UploadedRow.outcome == RowOutcome.REFUSED)).all()
    assert (len(told), len(set(told))) == (REFUSED, REFUSED)
    assert session.scalars(select(UploadedFile.content)).one() == b""
    htmx = browser.get(f"{address}/progress", headers={"HX-Request": "true"})
    assert htmx.headers["HX-Redirect"] == address
