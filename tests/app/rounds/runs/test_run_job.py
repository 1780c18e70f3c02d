"""The job that solves a run: it runs once, writes how far it is, and says on the run what went wrong."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session

import matching
from app.models.organisations import Network
from app.models.runs import LOST_AFTER, Run, RunState
from app.platform.db import db
from app.rounds.runs import jobs
from app.rounds.runs.jobs import Look, solve_run
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


@pytest.mark.parametrize(
    ("failure", "state", "words"),
    [
        (matching.NothingFound("over"), RunState.FAILED, "stopped before it had found anything"),
        (ZeroDivisionError("a mistake of ours"), RunState.FAILED, "Something went wrong here"),
    ],
)
def test_what_goes_wrong_is_written_on_the_run(app, waiting, look_again, monkeypatch, failure, state, words):
    def fail(*args, **kwargs):
        raise failure

    monkeypatch.setattr(matching, "solve", fail)
    work(app, waiting)
    look_again()
    assert waiting.state is state
    assert words in waiting.complaint
    assert waiting.problem_digest.startswith("sha256:")


@pytest.mark.parametrize("state", [RunState.WAITING, RunState.RUNNING])
def test_a_run_that_was_killed_counts_as_failed_an_hour_after_it_should_have_ended(
    full_scene, session, sign_in, look_again, now, state
):
    begun = now - timedelta(minutes=10) - LOST_AFTER
    at_work = full_scene.build.run(full_scene.round, state=state, created_at=begun, time_limit_seconds=600)
    killed = full_scene.build.run(
        full_scene.round, state=state, created_at=begun - timedelta(seconds=1), time_limit_seconds=600
    )
    client = sign_in(full_scene.coordinator)
    page = shown(client.get(f"/runs/{killed.id}"))
    assert page.tags == ["Failed"]
    assert ["The run was interrupted" in line for line in page.paragraphs].count(True) == 1
    assert page.buttons == []
    assert client.post(f"/runs/{killed.id}/stop").status_code == 422
    assert client.get(f"/runs/{killed.id}/progress", headers={"HX-Request": "true"}).status_code != 200
    assert shown(client.get(f"/runs/{at_work.id}")).buttons == ["Stop with the best found so far"]
    runs = shown(client.get(f"/rounds/{full_scene.round.id}")).table("Runs, the newest first")
    assert runs.row(f"Run {killed.id}").tags == ["Failed"]
    assert runs.row(f"Run {at_work.id}").tags == [state.value.capitalize()]


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
