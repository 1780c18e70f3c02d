"""A large file is compared by a job: the page says how far it is, and what the file would change waits there."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.models.operations.audit import AuditLine
from app.models.operations.jobs import TRIES_MAX, Job, JobOutcome
from app.models.operations.registry_files import UploadedFile
from app.models.people import Role
from app.models.studies import Study
from app.phrasebook.jobs import NOBODY_AT_WORK
from app.platform.db import transaction
from app.registries.records import UnreadableFile
from app.studies.imports import jobs, service, uploads
from app.studies.imports.service import ROWS_AT_ONCE
from tests.app.studies.registry_rows import table, trial
from tests.screen import shown

ROWS = [trial(number, f"Study {number}") for number in range(2 * ROWS_AT_ONCE + 1)]
DRY_RUN = "What the file would change"


@pytest.fixture(autouse=True)
def few_at_hand(monkeypatch):
    monkeypatch.setattr(uploads, "ROWS_AT_HAND", ROWS_AT_ONCE)
    monkeypatch.setattr(jobs, "ROWS_BETWEEN_NOTES", ROWS_AT_ONCE)


@pytest.fixture
def browser(sign_in, build):
    return sign_in(build.person(Role.ADMINISTRATOR))


@pytest.fixture
def queue(app, monkeypatch):
    queue = app.extensions["rpe_queue"]
    monkeypatch.setattr(queue, "is_at_once", False)
    return queue


def upload(browser, content=None):
    data = {"kind": "studies", "file": (io.BytesIO(content or table(*ROWS)), "studies.csv")}
    return browser.post("/studies/import", data=data).location


def work(queue):
    assert queue.do_next(Job.outcome.is_(None))


def test_what_it_would_change_is_there_when_the_job_is_done(browser, queue, session, look_again):
    address = upload(browser)
    page = shown(browser.get(address))
    assert page.heading == "The file is being compared"
    assert page.says(f"0 rows of {len(ROWS)} are compared. Nothing is written.")
    assert page.says(NOBODY_AT_WORK)
    part = shown(browser.get(f"{address}/progress", headers={"HX-Request": "true"}))
    assert part.link("Look again") == address
    refused = browser.post(address)
    assert (refused.status_code, shown(refused).says("Wait until the file is compared")) == (422, True)
    work(queue)
    page = shown(browser.get(address))
    assert (page.heading, page.items[0]) == (DRY_RUN, f"{len(ROWS)} new")
    assert browser.get(f"{address}/progress").location == address
    look_again()
    assert session.scalar(select(func.count()).select_from(Study)) == 0
    assert session.scalars(select(AuditLine.deed)).all() == ["tried a file of studies"]


def test_how_far_it_is_is_kept_while_it_goes_on(browser, queue, monkeypatch):
    seen = []
    address, note = upload(browser), uploads.note_compared

    def noting(session, *given):
        note(session, *given)
        seen.append(session.scalar(select(UploadedFile)).rows_compared)

    monkeypatch.setattr(jobs, "note_compared", noting)
    work(queue)
    assert seen == [ROWS_AT_ONCE, 2 * ROWS_AT_ONCE]
    assert shown(browser.get(address)).heading == DRY_RUN


def test_one_that_is_dropped_meanwhile_is_compared_in_vain(browser, queue, session, look_again):
    address = upload(browser)
    assert browser.post(f"{address}/cancel").status_code == 303
    work(queue)
    look_again()
    assert session.scalars(select(UploadedFile)).all() == []
    assert session.scalars(select(Job.outcome)).all() == [JobOutcome.DONE]


def test_another_that_takes_its_place_is_compared_instead(browser, queue):
    upload(browser)
    second = upload(browser, table(*ROWS[:-1]))
    work(queue)
    work(queue)
    assert shown(browser.get(second)).items[0] == f"{len(ROWS) - 1} new"


def test_what_was_compared_with_other_columns_is_not_shown(browser, queue, monkeypatch):
    compared = service.trial_in_steps

    def while_somebody_says(*given):
        with transaction() as session:
            session.scalars(select(UploadedFile)).one().columns = {"Title": "Study Title"}
        return compared(*given)

    monkeypatch.setattr(jobs, "trial_in_steps", while_somebody_says)
    address = upload(browser)
    work(queue)
    assert shown(browser.get(address)).heading == "The file was not compared"


def test_one_that_turns_out_to_be_broken_says_why(browser, queue, monkeypatch):
    def broken(*given):
        raise UnreadableFile("The quotation marks are broken.")

    monkeypatch.setattr(jobs, "trial_in_steps", broken)
    address = upload(browser)
    work(queue)
    page = shown(browser.get(address))
    assert page.heading == "The file cannot be used"
    assert page.says("studies.csv: The quotation marks are broken.")
    assert page.link("Choose another file") == "/studies/import"
    assert shown(browser.post(address)).says("The quotation marks are broken.")


def test_one_that_fails_again_and_again_is_told_to_be_chosen_again(browser, queue, app, now, monkeypatch):
    def failing(*given):
        raise RuntimeError("for this test")

    monkeypatch.setattr(jobs, "trial_in_steps", failing)
    address = upload(browser)
    for minutes in range(TRIES_MAX):
        app.config["NOW"] = lambda minutes=minutes: now + timedelta(minutes=minutes)
        work(queue)
    assert shown(browser.get(address)).says(jobs.NOT_COMPARED)
