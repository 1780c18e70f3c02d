"""The administrator sees what was given up and why, whether anybody is at work, and can let a job be tried again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.operations.jobs import CRASHED, SILENT_MAX, TRIES_MAX, Job, JobOutcome, Lane, Worker
from app.models.people import Role
from app.platform.leases import ask_for, take
from tests.screen import shown


@pytest.fixture
def browser(sign_in, build):
    return sign_in(build.person(Role.ADMINISTRATOR))


@pytest.fixture
def given_up(session, now):
    """A link for a new password that could not be mailed, to an address that nobody has."""
    job = ask_for(session, "mail a link for a new password", Lane.SHORT, ["nobody@nowhere.example"], now)
    job.outcome, job.ended_at, job.tries, job.complaint = JobOutcome.GIVEN_UP, now, TRIES_MAX, CRASHED
    job.taken_at = now
    session.commit()
    return job


def test_what_was_given_up_stands_first_with_its_reason(given_up, session, browser, now):
    waiting = ask_for(session, "import a file", Lane.LONG, [1], now)
    held = ask_for(session, "solve a run", Lane.LONG, [1], now - timedelta(minutes=1))
    take(session, Job.id == held.id, now)
    session.commit()
    page = shown(browser.get("/admin/jobs"))
    assert page.tags == ["Given up", "Running", "Waiting"]
    assert page.says(CRASHED)
    assert not page.says("nobody@nowhere.example"), "what somebody typed is nobody's business here"
    assert page.says(f"Import a file (job {waiting.id})")
    assert page.buttons.count("Try again") == 1


def test_a_job_that_was_given_up_is_tried_again_and_leaves_a_line(given_up, session, browser, look_again):
    page = shown(browser.get("/admin/jobs"))
    assert browser.post(page.button("Try again").action).status_code == 303
    look_again()
    assert (given_up.outcome, given_up.tries, given_up.complaint) == (JobOutcome.DONE, TRIES_MAX + 1, "")
    line = session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert (line.deed, line.subject_id) == ("let a job be tried again", given_up.id)
    assert browser.post(page.button("Try again").action).status_code == 404
    assert shown(browser.get("/admin/jobs")).tags == ["Done"]


@pytest.mark.parametrize(
    ("silent_for", "words"), [(timedelta(0), "the one here"), (SILENT_MAX, "No worker is at work")]
)
def test_the_page_says_who_is_at_work(app, session, browser, monkeypatch, now, silent_for, words):
    session.add(Worker(name="the one here", started_at=now, beat_at=now - silent_for))
    session.commit()
    monkeypatch.setattr(app.extensions["rpe_queue"], "is_at_once", False)
    page = shown(browser.get("/admin/jobs"))
    assert page.says(words)
    assert page.says("Nothing waits.")


def test_home_says_when_jobs_wait_and_no_worker_is_at_work(session, browser, look_again, now):
    ask_for(session, "import a file", Lane.LONG, [1], now)
    session.commit()
    page = shown(browser.get("/"))
    assert page.link("See that a worker is at work") == "/admin/jobs"
    assert page.says("1 job waits until one starts.")
    look_again()
    session.add(Worker(name="the one here", started_at=now, beat_at=now))
    session.commit()
    assert "See that a worker is at work" not in shown(browser.get("/")).links
