"""The job that solves a run: it runs once, writes how far it is, and says on the run what went wrong."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session

import matching
from app.models.operations.jobs import LEASE, SILENT_MAX, Job, JobOutcome, Lane, Worker
from app.models.organisations import Network
from app.models.people import Role
from app.models.runs import Run, RunState
from app.phrasebook.jobs import GIVEN_UP, NOBODY_AT_WORK
from app.platform.db import db, transaction
from app.platform.leases import ask_for, take
from app.rounds.runs import jobs
from app.rounds.runs.jobs import Look, solve_run
from app.rounds.runs.service import SOLVE, STOPPED, begin_run
from tests.screen import shown


@pytest.fixture
def waiting(full_scene, session):
    run = full_scene.build.run(full_scene.round, state=RunState.WAITING, problem="", problem_digest="")
    session.commit()
    return run


def work(app, run):
    with app.app_context():
        solve_run(run.id)


def test_a_job_that_comes_twice_solves_once(app, waiting, session, look_again):
    work(app, waiting)
    work(app, waiting)
    look_again()
    assert waiting.state is RunState.SOLVED
    assert len(waiting.proposals) == 2


def test_a_solve_that_was_stopped_too_early_says_so_on_the_run(app, waiting, look_again, monkeypatch):
    def fail(*args, **kwargs):
        raise matching.NothingFound("over")

    monkeypatch.setattr(matching, "solve", fail)
    work(app, waiting)
    look_again()
    assert waiting.state is RunState.FAILED
    assert "stopped before it had found anything" in waiting.complaint
    assert waiting.problem_digest.startswith("sha256:")


@pytest.fixture
def job(waiting, session, now):
    """The job of the run that waits."""
    asked = ask_for(session, SOLVE, Lane.LONG, [waiting.id], now)
    session.commit()
    return asked


@pytest.fixture
def taken(app, job, now):
    """taken(moment) takes the job as a worker does that then dies."""

    def take_it(moment=now):
        with app.app_context(), transaction() as own:
            held = take(own, Job.id == job.id, moment)
            assert held
            begin_run(own, held.given[0], moment)
        return held

    return take_it


def do_what_waits(app):
    while app.extensions["rpe_queue"].do_next(Job.lane == Lane.LONG):
        pass


def test_a_mistake_of_ours_is_tried_three_times_and_then_said_to_both(
    app, full_scene, waiting, job, sign_in, look_again, monkeypatch, now
):
    def fail(*args, **kwargs):
        raise ZeroDivisionError("a mistake of ours")

    with monkeypatch.context() as patched:
        patched.setattr(matching, "solve", fail)
        app.extensions["rpe_queue"].do_at_once(job.id)
    page = shown(sign_in(full_scene.coordinator).get(f"/runs/{waiting.id}"))
    assert page.tags == ["Failed"]
    assert GIVEN_UP in page.paragraphs
    administrator = sign_in(full_scene.build.person(Role.ADMINISTRATOR))
    assert shown(administrator.get("/")).says("Look at 1 job that failed")
    jobs_page = shown(administrator.get("/admin/jobs"))
    assert jobs_page.says("A fault of the programme (ZeroDivisionError); the log of the service has the details.")
    assert administrator.post(jobs_page.button("Try again").action).status_code == 303
    look_again()
    assert (waiting.state, job.outcome, job.tries) == (RunState.SOLVED, JobOutcome.DONE, 4)
    assert administrator.post(jobs_page.button("Try again").action).status_code == 404


def test_a_run_whose_worker_died_is_begun_again_and_says_so(
    app, full_scene, waiting, job, taken, sign_in, look_again, now
):
    taken()
    later = now + LEASE
    app.config["NOW"] = lambda: later
    taken(later)
    browser = sign_in(full_scene.coordinator)
    words = "The worker stopped; taken up again at midday, try 2 of 3."
    assert words in shown(browser.get(f"/runs/{waiting.id}")).paragraphs
    part = browser.get(f"/runs/{waiting.id}/progress", headers={"HX-Request": "true"})
    assert words in shown(part).paragraphs
    app.config["NOW"] = lambda: later + LEASE
    do_what_waits(app)
    look_again()
    assert (waiting.state, len(waiting.proposals), job.tries) == (RunState.SOLVED, 2, 3)


def test_a_worker_that_dies_once_all_is_written_leaves_nothing_to_be_given_up(
    app, waiting, job, taken, look_again, monkeypatch, now
):
    for one in range(2):
        taken(now + one * LEASE)
    app.config["NOW"] = lambda: now + 2 * LEASE

    def die(*given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "solve_and_keep", lambda run_id, solve=jobs.solve_and_keep: (solve(run_id), die()))
        with pytest.raises(KeyboardInterrupt):
            do_what_waits(app)
    app.config["NOW"] = lambda: now + 4 * LEASE
    app.extensions["rpe_queue"].give_up_abandoned()
    look_again()
    assert (waiting.state, job.outcome, job.tries) == (RunState.SOLVED, JobOutcome.DONE, 3)


@pytest.mark.parametrize("silent_for", [timedelta(0), SILENT_MAX])
def test_with_no_worker_the_page_says_that_none_is_at_work(
    app, full_scene, waiting, job, session, sign_in, monkeypatch, now, silent_for
):
    monkeypatch.setattr(app.extensions["rpe_queue"], "is_at_once", False)
    session.add(Worker(name="one", started_at=now, beat_at=now - silent_for))
    page = shown(sign_in(full_scene.coordinator).get(f"/runs/{waiting.id}"))
    assert page.says(NOBODY_AT_WORK) == bool(silent_for)


def test_a_run_that_nobody_is_at_work_on_is_stopped_at_once(
    app, full_scene, waiting, job, taken, sign_in, look_again, now
):
    taken()
    app.config["NOW"] = lambda: now + LEASE
    browser = sign_in(full_scene.coordinator)
    assert browser.post(f"/runs/{waiting.id}/stop").status_code == 303
    page = shown(browser.get(f"/runs/{waiting.id}"))
    assert page.tags == ["Failed"]
    assert STOPPED in page.paragraphs
    assert page.buttons == []
    assert browser.post(f"/runs/{waiting.id}/stop").status_code == 422
    do_what_waits(app)
    look_again()
    assert (waiting.state, waiting.proposals, job.outcome) == (RunState.FAILED, [], JobOutcome.DONE)


def test_a_run_that_was_to_stop_when_its_worker_died_is_not_begun_again(
    app, full_scene, waiting, job, taken, sign_in, look_again, now
):
    taken()
    browser = sign_in(full_scene.coordinator)
    assert browser.post(f"/runs/{waiting.id}/stop").status_code == 303
    look_again()
    assert waiting.state is RunState.RUNNING, "its worker may be alive and stop it"
    app.config["NOW"] = lambda: now + LEASE
    do_what_waits(app)
    look_again()
    assert (waiting.state, waiting.complaint) == (RunState.FAILED, STOPPED)


def test_a_worker_that_comes_back_after_somebody_else_took_its_run_writes_nothing(
    app, waiting, job, taken, engine, session, look_again, monkeypatch, now
):
    solve = matching.solve

    def be_away_meanwhile(problem, **given):
        monkeypatch.setattr(matching, "solve", solve)
        app.config["NOW"] = lambda: now + LEASE
        taken(now + LEASE)
        given["progress"](matching.Progress("score", 0, 1))
        assert given["cancelled"]()
        return solve(problem, **given)

    monkeypatch.setattr(jobs, "SECONDS_BETWEEN_LOOKS", 0.0)
    monkeypatch.setattr(matching, "solve", be_away_meanwhile)
    do_what_waits(app)
    look_again()
    assert (waiting.state, waiting.proposals, job.tries) == (RunState.RUNNING, [], 2)
    app.config["NOW"] = lambda: now + 2 * LEASE
    do_what_waits(app)
    look_again()
    assert (waiting.state, len(waiting.proposals), job.outcome) == (RunState.SOLVED, 2, JobOutcome.DONE)


def test_a_solve_holds_no_transaction(app, waiting, session, monkeypatch):
    seen = {}
    solve = matching.solve

    def watch(problem, **kwargs):
        seen["in transaction"] = db.session().in_transaction()
        return solve(problem, **kwargs)

    monkeypatch.setattr(matching, "solve", watch)
    work(app, waiting)
    assert seen == {"in transaction": False}


@pytest.mark.parametrize("work_before", ["snapshot_of", "begin_of", "end_of"])
def test_others_save_while_what_a_run_writes_is_worked_out(
    app, waiting, engine, session, look_again, monkeypatch, work_before
):
    deed = getattr(jobs, work_before)

    def somebody_saves(*given):
        with Session(engine) as other:
            other.connection(execution_options={"sqlite_begin": "BEGIN IMMEDIATE"})
            other.add(Network(name="Saved meanwhile"))
            other.commit()
        return deed(*given)

    monkeypatch.setattr(jobs, work_before, somebody_saves)
    work(app, waiting)
    look_again()
    assert session.scalar(select(Network.id).where(Network.name == "Saved meanwhile"))
    assert (waiting.state, len(waiting.proposals), len(waiting.unplaced)) == (RunState.SOLVED, 2, 1)


def test_a_look_that_meets_a_lock_is_left_out_and_the_solve_goes_on(app, waiting, engine, monkeypatch):
    look = Look(engine, waiting.id)
    look.next_look = 0

    def meet_a_lock():
        raise NoConnectionFree

    monkeypatch.setattr(look, "look", meet_a_lock)
    assert not look.is_stop_wished()


def test_progress_is_written_and_a_wish_to_stop_is_heard(app, waiting, engine, session, look_again, now):
    look = Look(engine, waiting.id)
    look.next_look = 0
    look.note(matching.Progress("score", 1, 4, best=10, bound=12))
    look_again()
    assert waiting.progress == (
        "Part 2 of 4. The best fit of interests, summed over everybody: 10 found, at most 12 possible"
    )
    assert not look.is_stop_wished()
    session.get_one(Run, waiting.id).stop_wished_at = now
    session.commit()
    look.next_look = 0
    assert look.is_stop_wished()
