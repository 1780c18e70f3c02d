"""Running a round: the policy, the job, the result, its files, and what can go wrong."""

import csv
import io
import json

import pytest
from sqlalchemy import func, select

import matching
from app.models.operations.jobs import Job, Lane
from app.models.people import Role
from app.models.requests import RequestState
from app.models.runs import Pin, PinKind, Proposal, Run, RunState, UnplacedRequest
from app.models.studies import OpeningState
from app.platform.leases import ask_for, take
from app.rounds.policies import POLICIES, STAGES
from app.rounds.runs.forms import OWN_STAGES
from app.rounds.runs.queries import SORTS
from app.rounds.runs.service import SOLVE
from app.web.spreadsheet import harmless
from tests.screen import shown

MINUTES = "Stop after how many minutes?"
PLAIN = {"policy": "fit", "minutes": "10"}


def start(sign_in, scene, **form):
    return sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/runs/new", data={**PLAIN, **form})


def latest_run(session, look_again):
    look_again()
    return session.scalars(select(Run).order_by(Run.id.desc())).first()


def test_a_run_places_as_many_as_there_are_places_and_says_so(full_scene, sign_in, session, look_again):
    answer = start(sign_in, full_scene)
    run = latest_run(session, look_again)
    assert answer.location == f"/runs/{run.id}"
    assert run.state is RunState.SOLVED
    assert [run.outcome["placed"], run.outcome["learners"]] == [2, 3]
    page = shown(sign_in(full_scene.coordinator).get(answer.location))
    assert page.paragraphs[0].startswith("2 of 3 placed. Proved optimal in")
    assert page.row("Digest of the problem").value == run.problem_digest
    assert page.row("Seed").value == full_scene.round.seed.secret


@pytest.mark.parametrize("policy", [policy.key for policy in POLICIES])
def test_every_policy_can_be_run(full_scene, sign_in, session, look_again, policy):
    assert start(sign_in, full_scene, policy=policy).status_code == 303
    run = latest_run(session, look_again)
    assert run.state is RunState.SOLVED
    assert run.stages[-1] == "lottery"


@pytest.mark.parametrize("stage", STAGES)
def test_every_aim_can_come_first_in_an_order_of_ones_own(full_scene, sign_in, session, look_again, stage):
    start(sign_in, full_scene)
    start(sign_in, full_scene, policy="own", aim_1=stage)
    run = latest_run(session, look_again)
    assert run.stages == [stage, "lottery"]
    assert run.state is RunState.SOLVED, run.complaint


@pytest.mark.parametrize(
    ("form", "label", "sentence"),
    [
        ({"policy": ""}, "What counts first?", "Choose what counts first"),
        ({"policy": "own"}, "1. aim", "Choose at least one aim"),
        ({"policy": "own", "aim_1": "score", "aim_2": "score"}, "1. aim, 2. aim", "Choose each aim once"),
        ({"policy": "own", "aim_2": "stay"}, "2. aim", "There is no earlier run to stay with"),
        ({"minutes": "0"}, MINUTES, "Choose from 1 to 240 minutes"),
        ({"minutes": "ten"}, MINUTES, "must be a whole number"),
    ],
)
def test_a_run_with_bad_input_is_refused_and_what_was_typed_is_kept(
    full_scene, sign_in, session, form, label, sentence
):
    answer = start(sign_in, full_scene, **form)
    assert answer.status_code == 422
    page = shown(answer)
    [(message, where)] = page.errors.items()
    assert where == label
    assert sentence in message
    typed = {**PLAIN, **form}
    assert page.field(MINUTES).value == typed["minutes"]
    assert session.scalar(select(func.count(Run.id))) == 0


def test_the_page_of_a_new_run_says_what_each_policy_rewards(full_scene, sign_in):
    page = shown(sign_in(full_scene.coordinator).get(f"/rounds/{full_scene.round.id}/runs/new"))
    assert [item.split(":")[0] for item in page.items if ":" in item][:3] == [
        "best fit",
        "learners’ own ranking, first choices, nobody far down",
        "every policy",
    ]
    assert page.link("See its digest") == f"/rounds/{full_scene.round.id}#lottery"


def test_there_are_as_many_own_aims_as_the_form_shows():
    assert 1 < OWN_STAGES <= len(STAGES)


def test_a_round_without_requests_is_not_run(scene, sign_in):
    scene.opening()
    answer = start(sign_in, scene)
    assert answer.status_code == 422
    assert shown(answer).errors == {"No request is in this round yet, so there is nobody to place.": ""}


def test_a_published_round_is_not_run_again(full_scene, sign_in):
    full_scene.round.published_at = full_scene.build.now
    assert start(sign_in, full_scene).status_code == 422


def test_the_same_inputs_and_seed_give_the_same_result_and_another_seed_may_not(scene, sign_in, session, look_again):
    opening = scene.opening()
    for _ in range(12):
        scene.request()
    outcomes: dict[str, set[tuple[int, str]]] = {}
    for seed in ("a", "a", "b", "c", "d"):
        scene.round.draw_seed(None, scene.build.now, secret=seed)
        start(sign_in, scene)
        run = latest_run(session, look_again)
        winner = session.scalar(select(Proposal.request_id).where(Proposal.run_id == run.id))
        outcomes.setdefault(seed, set()).add((winner, run.problem_digest))
    assert opening.places == 1
    assert len(outcomes["a"]) == 1
    assert len({winner for found in outcomes.values() for winner, _ in found}) > 1


def test_the_files_of_a_run_can_be_read_and_belong_together(full_scene, sign_in, session, look_again):
    start(sign_in, full_scene)
    run = latest_run(session, look_again)
    browser = sign_in(full_scene.coordinator)
    problem = matching.read_problem(browser.get(f"/runs/{run.id}/problem.json").text)
    solution = matching.read_solution(browser.get(f"/runs/{run.id}/solution.json").text)
    assert matching.digest(problem) == run.problem_digest == solution.problem_digest
    assert matching.solve(problem).placed == solution.placed


def test_the_problem_file_holds_no_name_and_no_free_text(full_scene, sign_in, session, look_again):
    wish = full_scene.requests[0]
    session.add(
        Pin(
            round_id=full_scene.round.id,
            request=wish,
            opening=full_scene.openings[0],
            kind=PinKind.CIRCUMSTANCES,
            reason="A private matter",
            author_id=full_scene.coordinator.id,
            created_at=full_scene.build.now,
        )
    )
    start(sign_in, full_scene)
    text = latest_run(session, look_again).problem
    assert "A private matter" not in text
    assert wish.learner.name not in text
    assert json.loads(text)["pins"][0]["learner"] == f"R{wish.id}"


def test_every_unplaced_learner_gets_a_reason_and_a_next_step(full_scene, sign_in, session, look_again):
    lonely = full_scene.build.request(networks=[full_scene.build.network("Far away")], round_id=full_scene.round.id)
    start(sign_in, full_scene)
    run = latest_run(session, look_again)
    unplaced = {row.request_id: row for row in session.scalars(select(UnplacedRequest))}
    assert len(unplaced) == 2
    assert "Far away" in unplaced[lonely.id].reason
    assert "North West" in unplaced[lonely.id].next_step
    others = [row for request_id, row in unplaced.items() if request_id != lonely.id]
    assert "filled by other learners" in others[0].reason
    page = shown(sign_in(full_scene.coordinator).get(f"/runs/{run.id}/unplaced"))
    assert len(page.rows) == 2
    row = page.row(f"{lonely.learner.name} Nurse")
    assert row["What you can tell them"] == unplaced[lonely.id].reason
    assert row["Next step for them"] == unplaced[lonely.id].next_step


def test_proposals_are_searched_filtered_sorted_and_downloaded_as_shown(full_scene, sign_in, session, look_again):
    full_scene.build.request(
        full_scene.build.learner(name="Zoe Example"),
        networks=[full_scene.network],
        round_id=full_scene.round.id,
        ranked=[full_scene.openings[0]],
    )
    start(sign_in, full_scene, policy="first")
    run = latest_run(session, look_again)
    browser = sign_in(full_scene.coordinator)
    page = shown(browser.get(f"/runs/{run.id}/proposals?rank=first"))
    assert page.part("proposals").paragraphs == ["1 proposal. Download it as CSV"]
    assert page.rows == ["Zoe Example Nurse"]
    assert page.row("Zoe Example Nurse")["Choice"] == "1"
    nobody = shown(browser.get(f"/runs/{run.id}/proposals?q=nobody"))
    assert (nobody.part("proposals").paragraphs, nobody.rows) == (["0 proposals"], [])
    orders = {sort: shown(browser.get(f"/runs/{run.id}/proposals?sort={sort}")).rows for sort in (*SORTS, "nonsense")}
    by_name = [orders["learner"][0], "Zoe Example Nurse"]
    assert orders["learner"] == orders["weakest"] == orders["nonsense"] == by_name
    assert orders["score"] == orders["rank"] == by_name[::-1]
    answer = browser.get(f"/runs/{run.id}/proposals.csv?q=zoe")
    lines = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert [(line["Learner"], line["Rank"]) for line in lines] == [("Zoe Example", "1")]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_of_the_download_is_never_a_formula(cell):
    assert harmless(cell) == f"'{cell}"
    assert harmless(7) == 7
    assert harmless("A plain title") == "A plain title"


@pytest.mark.parametrize(
    "address", ["", "/proposals", "/proposals.csv", "/unplaced", "/problem.json", "/solution.json", "/publish"]
)
def test_a_run_is_seen_by_coordinators_of_its_networks_only(build, full_scene, sign_in, session, look_again, address):
    start(sign_in, full_scene)
    path = f"/runs/{latest_run(session, look_again).id}{address}"
    assert sign_in(full_scene.coordinator).get(path).status_code == 200
    assert sign_in(build.coordinator(build.network())).get(path).status_code == 404
    assert sign_in(build.person(Role.LEARNER, Role.MENTOR)).get(path).status_code == 403


@pytest.mark.parametrize("deed", ["stop", "publish"])
def test_strangers_and_others_cannot_do_the_deeds_of_a_run(build, scene, sign_in, deed):
    path = f"/runs/{build.run(scene.round).id}/{deed}"
    assert sign_in(build.coordinator(build.network())).post(path).status_code == 404
    assert sign_in(build.person(Role.LEARNER)).post(path).status_code == 403


def test_a_run_under_way_shows_its_progress_and_can_be_stopped(build, scene, sign_in, session, look_again, now):
    run = build.run(scene.round, state=RunState.RUNNING, progress="Part 2 of 9")
    job = ask_for(session, SOLVE, Lane.LONG, [run.id], now)
    take(session, Job.id == job.id, now)
    browser = sign_in(scene.coordinator)
    page = shown(browser.get(f"/runs/{run.id}"))
    assert page.part("progress").paragraphs[0] == "Running Part 2 of 9"
    assert page.link("look now") == f"/runs/{run.id}"
    assert page.button("Stop with the best found so far").action == f"/runs/{run.id}/stop"
    part = shown(browser.get(f"/runs/{run.id}/progress", headers={"HX-Request": "true"}))
    assert (part.headings, part.paragraphs[0]) == ([], "Running Part 2 of 9")
    assert browser.get(f"/runs/{run.id}/progress").status_code == 303
    assert browser.post(f"/runs/{run.id}/stop").status_code == 303
    look_again()
    assert (run.state, run.stop_wished_at) == (RunState.RUNNING, now), "its worker stops it"


def test_when_a_run_has_ended_the_progress_leads_to_the_result_and_there_is_nothing_to_stop(build, scene, sign_in):
    run = build.run(scene.round, state=RunState.FAILED, complaint="Something went wrong.")
    browser = sign_in(scene.coordinator)
    part = browser.get(f"/runs/{run.id}/progress", headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == f"/runs/{run.id}"
    page = shown(browser.get(f"/runs/{run.id}"))
    assert page.tags == ["Failed"]
    assert "Something went wrong." in page.paragraphs
    assert page.buttons == []
    assert browser.post(f"/runs/{run.id}/stop").status_code == 422
    assert browser.get(f"/runs/{run.id}/proposals").status_code == 404


def test_a_pin_that_can_no_longer_be_kept_stops_the_run_and_is_named(full_scene, sign_in, session, look_again):
    wish, opening = full_scene.requests[0], full_scene.openings[0]
    session.add(
        Pin(
            round_id=full_scene.round.id,
            request=wish,
            opening=opening,
            reason="Agreed",
            author_id=full_scene.coordinator.id,
            created_at=full_scene.build.now,
        )
    )
    opening.state = OpeningState.PAUSED
    start(sign_in, full_scene)
    run = latest_run(session, look_again)
    assert run.state is RunState.CLASH
    assert f"The pin of {wish.learner.name} cannot be kept" in run.complaint


def test_pins_that_clash_with_a_mentors_limit_are_named_by_peoples_names(scene, sign_in, session, look_again):
    mentor = scene.build.mentor(learners_max=1, name="Dr Busy")
    first, second = scene.opening(mentor=mentor), scene.opening(mentor=mentor)
    for opening in (first, second):
        session.add(
            Pin(
                round_id=scene.round.id,
                request=scene.request(),
                opening=opening,
                reason="Agreed",
                author_id=scene.coordinator.id,
                created_at=scene.build.now,
            )
        )
    start(sign_in, scene)
    run = latest_run(session, look_again)
    assert run.state is RunState.CLASH
    assert "Dr Busy" in run.complaint
    page = shown(sign_in(scene.coordinator).get(f"/runs/{run.id}"))
    assert page.tags == ["Cannot be solved"]
    assert len([item for item in page.items if " is pinned to Dr Busy on " in item]) == 2


def test_a_withdrawn_request_is_not_run(full_scene, sign_in, session, look_again):
    full_scene.requests[0].state = RequestState.WITHDRAWN
    start(sign_in, full_scene)
    assert latest_run(session, look_again).outcome["learners"] == 2


@pytest.mark.parametrize("address", ["", "/proposals", "/unplaced", "/publish"])
def test_queries_of_a_run_page_do_not_grow_with_the_rows(scene, sign_in, session, look_again, queries, address):
    counts = []
    for number in (1, 8):
        for _ in range(number):
            specialty = scene.build.specialty()
            scene.opening(study=scene.build.study(specialties=[specialty]))
            scene.request(specialties=[specialty])
            scene.build.request(networks=[scene.build.network()], round_id=scene.round.id)
        start(sign_in, scene)
        run = latest_run(session, look_again)
        browser = sign_in(scene.coordinator)
        with queries() as statements:
            assert browser.get(f"/runs/{run.id}{address}").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
