"""The list of runs tells them apart, and two or three of them can be ticked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.jobs import Job
from app.models.people import Role
from app.models.runs import Run, RunState
from app.rounds.figures import counted
from app.rounds.figures.jobs import count_round
from tests.screen import shown

BEFORE = "Made before the numbers of runs were kept: start it again to compare it"
CHANGED = "Something has changed since, so it may no longer hold"
APART = "What tells it apart"


def start(browser, scene, policy="fit"):
    return browser.post(f"/rounds/{scene.round.id}/runs/new", data={"policy": policy, "minutes": "10"})


def listed(browser, scene, where="/runs"):
    return shown(browser.get(f"/rounds/{scene.round.id}{where}"))


def rows(browser, scene, where="/runs"):
    """The rows of the runs, the oldest first."""
    return list(listed(browser, scene, where).table("Runs, the newest first").all_rows())[::-1]


@pytest.fixture
def wishes(scene):
    """Two learners and two openings: each ranks the one that fits the other's words better."""
    scene.opening(study=scene.build.study("Heart failure nurses at home"))
    scene.opening(study=scene.build.study("Wound dressings after surgery"))
    first, second = scene.openings
    scene.request(interests="Heart failure nurses.", ranked=[second])
    scene.request(interests="Wound dressings after surgery.", ranked=[first])
    return scene


def test_each_row_says_in_numbers_and_words_what_the_run_is_better_in(wishes, sign_in):
    browser = sign_in(wishes.coordinator)
    for policy in ("fit", "first"):
        start(browser, wishes, policy)
    for where in ("", "/runs"):
        fit, first = rows(browser, wishes, where)
        assert [row["Placed"] for row in (fit, first)] == ["2 of 2", "2 of 2"]
        assert [row["First choice"] for row in (fit, first)] == ["0 of 2", "2 of 2"]
        assert [row["Not on the list"] for row in (fit, first)] == ["2", "0"]
        assert int(fit["Mean fit"]) > int(first["Mean fit"])
        assert fit[APART] == "Best mean fit"
        assert first[APART] == "Most first choices Fewest off the list"


def test_runs_that_give_everybody_the_same_say_so(wishes, sign_in):
    browser = sign_in(wishes.coordinator)
    for policy in ("first", "ranking", "fit"):
        start(browser, wishes, policy)
    first, second, third = rows(browser, wishes)
    assert f"Same pairings as {first.name.partition(' Compare')[0].lower()}" in second[APART]
    assert "Same pairings" not in third[APART]


def test_pins_kept_and_a_missing_proof_stand_in_the_row(scene, sign_in, solved):
    solved({scene.request(): (scene.opening(), 700, 1)}, figures={"pinned": 1, "is_proved": False})
    [row] = rows(sign_in(scene.coordinator), scene)
    assert row[APART] == "1 pin kept Not proved to be the best"


def test_a_run_under_way_and_one_of_before_the_numbers_cannot_be_ticked(scene, sign_in, solved, build):
    wish, opening = scene.request(), scene.opening()
    for _ in range(2):
        solved({wish: (opening, 700, 1)})
    build.run(scene.round)
    build.run(scene.round, state=RunState.RUNNING)
    *able, old, running = rows(sign_in(scene.coordinator), scene)
    assert ["Compare run" in row.name for row in (*able, old, running)] == [True, True, False, False]
    assert (old[APART], running[APART]) == (BEFORE, "Running")


def test_a_single_run_has_nothing_to_be_compared_with(wishes, sign_in):
    browser = sign_in(wishes.coordinator)
    start(browser, wishes)
    page = listed(browser, wishes)
    assert (len(page.rows), page.buttons, page.fields) == (1, [], [])
    assert page.link("Start a run") == f"/rounds/{wishes.round.id}/runs/new"


def test_a_round_without_runs_says_so(scene, sign_in):
    page = listed(sign_in(scene.coordinator), scene)
    assert page.says("No run yet.")


@pytest.fixture(params=[False, True], ids=["small", "large"])
def count(request, app, wishes, session, monkeypatch):
    """count() is what the worker does every minute; a small round needs nobody to do it."""
    if not request.param:
        return lambda: None
    monkeypatch.setattr(counted, "SMALL_ROWS", 0)
    round_id = wishes.round.id

    def do_count():
        with app.app_context():
            count_round(round_id)

    return do_count


def test_a_run_says_that_something_has_changed_since(app, wishes, sign_in, session, look_again, count, now):
    browser = sign_in(wishes.coordinator)
    start(browser, wishes)
    app.config["NOW"] = lambda: now + timedelta(minutes=1)
    count()
    assert CHANGED not in rows(browser, wishes)[0][APART]
    look_again()
    wishes.openings[0].places = 7
    session.commit()
    count()
    start(browser, wishes)
    before, after = rows(browser, wishes)
    assert (CHANGED in before[APART], CHANGED in after[APART]) == (True, False)


def test_what_was_counted_before_a_run_says_nothing_about_it(
    app, wishes, sign_in, session, look_again, monkeypatch, now
):
    monkeypatch.setattr(counted, "SMALL_ROWS", 0)
    session.commit()
    with app.app_context():
        count_round(wishes.round.id)
    app.config["NOW"] = lambda: now + timedelta(minutes=1)
    look_again()
    wishes.openings[0].places = 7
    browser = sign_in(wishes.coordinator)
    start(browser, wishes)
    assert CHANGED not in rows(browser, wishes)[0][APART]


def test_after_publication_nobody_asks_whether_a_run_holds(wishes, sign_in, session, look_again, now):
    browser = sign_in(wishes.coordinator)
    start(browser, wishes)
    look_again()
    run = session.scalars(select(Run)).one()
    wishes.round.published_at = run.published_at = now
    wishes.openings[0].places = 7
    session.commit()
    assert rows(browser, wishes)[0][APART] == "Published"
    assert "Start a run" not in listed(browser, wishes).links


def test_two_coordinators_of_a_round_start_runs_at_once_and_both_stand_in_the_list(
    app, wishes, build, sign_in, session, look_again, monkeypatch
):
    monkeypatch.setattr(app.extensions["rpe_queue"], "is_at_once", False)
    other = build.coordinator(wishes.network)
    names = [wishes.coordinator.name, other.name]
    for person in (wishes.coordinator, other):
        assert start(sign_in(person), wishes).status_code == 303
    found = rows(sign_in(other), wishes)
    assert [row[APART] for row in found] == ["Waiting", "Waiting"]
    assert [row["Started"].endswith(name) for row, name in zip(found, names, strict=True)] == [True, True]
    while app.extensions["rpe_queue"].do_next(Job.id > 0):
        pass
    look_again()
    assert {run.state for run in session.scalars(select(Run))} == {RunState.SOLVED}


def test_a_long_list_of_runs_has_pages_and_the_round_shows_the_newest_ten(scene, sign_in, build):
    for _ in range(51):
        build.run(scene.round)
    browser = sign_in(scene.coordinator)
    round_ = listed(browser, scene, "")
    assert len(round_.table("Runs, the newest first").rows) == 10
    assert round_.link("See all 51 runs") == f"/rounds/{scene.round.id}/runs"
    assert (len(rows(browser, scene)), len(rows(browser, scene, "/runs?page=2"))) == (50, 1)


def test_the_runs_of_a_round_are_seen_by_its_coordinators_only(build, scene, sign_in):
    path = f"/rounds/{scene.round.id}/runs"
    assert sign_in(build.coordinator(build.network())).get(path).status_code == 404
    assert sign_in(build.person(Role.LEARNER, Role.MENTOR)).get(path).status_code == 403
