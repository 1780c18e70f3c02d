"""The seed of a round: fixed before it closes, shown as a digest, used by every run, replaced with a reason only."""

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

import matching
from app.models.operations.audit import AuditLine
from app.models.people import Role
from app.models.placements import Offer
from app.models.rounds import MatchRound, RoundSeed
from app.models.runs import Run
from tests.app.rounds.test_rounds import dates_of
from tests.screen import shown

WHY, SURE = "Why is another seed needed?", "It is right as it is: save it"
DIGEST, SEED = "Digest of the seed (SHA-256)", "Seed"
SOMEBODY_SAW_IT = "A copy of the database was left on a train."
NOT_YET = "Nobody can read it here until the round has closed."


@pytest.fixture
def open_scene(full_scene, session):
    """The round of three learners, which takes requests for another nine days."""
    full_scene.round.closes_on = full_scene.build.today + timedelta(days=9)
    session.commit()
    return full_scene


def draw(browser, round_, **form):
    sent = {"shown_digest": round_.seed.digest, "reason": SOMEBODY_SAW_IT, **form}
    return browser.post(f"/rounds/{round_.id}/seed", data=sent)


def run_it(browser, round_, session, look_again):
    browser.post(f"/rounds/{round_.id}/runs/new", data={"policy": "fit"})
    look_again()
    return session.scalars(select(Run).order_by(Run.id.desc())).first()


def test_a_new_round_has_a_seed_that_nobody_can_guess_and_its_digest_is_shown_from_the_first_day(
    build, sign_in, session, look_again, today
):
    network = build.network()
    form = {"name": "Spring", "level": "PGCert", "network_ids": [str(network.id)]}
    browser = sign_in(build.coordinator(network))
    dates = dates_of(today, today + timedelta(days=20), today + timedelta(days=40))
    address = browser.post("/rounds/new", data=form | dates).location
    look_again()
    seed = session.scalar(select(MatchRound)).seed
    assert len(bytes.fromhex(seed.secret)) == 16
    assert seed.digest == hashlib.sha256(seed.secret.encode()).hexdigest()
    page = shown(browser.get(address))
    assert (page.row(DIGEST).value, page.row(SEED).value) == (seed.digest, NOT_YET)
    line = session.scalar(select(AuditLine).where(AuditLine.deed == "opened a round"))
    assert line.details["seed_digest"] == seed.digest


def test_two_rounds_never_share_a_seed(build):
    network = build.network()
    assert len({build.round(network).seed.secret for _ in range(20)}) == 20


def test_every_run_uses_the_seed_of_its_round_whatever_is_sent(open_scene, sign_in, session, look_again):
    browser = sign_in(open_scene.coordinator)
    for policy in ("fit", "ranking"):
        browser.post(f"/rounds/{open_scene.round.id}/runs/new", data={"policy": policy, "seed": "the one I like"})
    look_again()
    runs = session.scalars(select(Run)).all()
    assert {run.seed for run in runs} == {open_scene.round.seed.secret}
    assert {json.loads(run.problem)["seed"] for run in runs} == {open_scene.round.seed.secret}


def test_while_the_round_is_open_no_page_file_or_line_gives_the_seed_away(open_scene, sign_in, session, look_again):
    secret, round_ = open_scene.round.seed.secret, open_scene.round
    browser = sign_in(open_scene.coordinator)
    run = run_it(browser, round_, session, look_again)
    parts = ("", "/seed", "/dates", "/requests", "/openings", "/obstacles", "/pins", "/runs/new")
    pages = [f"/rounds/{round_.id}{part}" for part in parts]
    pages += [f"/runs/{run.id}{part}" for part in ("", "/proposals", "/unplaced", "/publish")]
    assert [address for address in pages if shown(browser.get(address)).says(secret)] == []
    refused = browser.get(f"/runs/{run.id}/problem.json")
    assert refused.status_code == 422
    assert (
        "nobody can read until the round has closed. Download it after 12 March 2026." in shown(refused).paragraphs[0]
    )
    solution = browser.get(f"/runs/{run.id}/solution.json")
    read = matching.read_solution(solution.text)
    assert (read.problem_digest, secret in repr(read)) == (run.problem_digest, False)
    wish = open_scene.requests[0]
    learner = sign_in(wish.learner)
    assert not shown(learner.get(f"/request/{wish.id}")).says(secret)
    assert not shown(learner.get(f"/request/{wish.id}/print")).says(secret)
    copy = json.loads(learner.get(f"/request/{wish.id}/request.json").text)
    assert copy["seeds_of_the_round"] == {"seed_sha256": [round_.seed.digest], "seed": None}
    assert not any(secret in json.dumps(line.details) for line in session.scalars(select(AuditLine)))


def test_when_the_round_has_closed_everybody_can_check_the_digest_and_solve_again(
    full_scene, sign_in, session, look_again
):
    seed, browser = full_scene.round.seed, sign_in(full_scene.coordinator)
    run = run_it(browser, full_scene.round, session, look_again)
    page = shown(browser.get(f"/rounds/{full_scene.round.id}"))
    assert (page.row(DIGEST).value, page.row(SEED).value) == (seed.digest, seed.secret)
    of_run = shown(browser.get(f"/runs/{run.id}"))
    assert (of_run.row(DIGEST).value, of_run.row(SEED).value) == (seed.digest, seed.secret)
    problem = matching.read_problem(browser.get(f"/runs/{run.id}/problem.json").text)
    solution = matching.read_solution(browser.get(f"/runs/{run.id}/solution.json").text)
    assert hashlib.sha256(problem.seed.encode()).hexdigest() == seed.digest
    assert matching.solve(problem).placed == solution.placed


@pytest.mark.parametrize("page", ["", "/print"])
def test_a_learner_who_waits_sees_the_digest_before_the_round_closes_and_the_seed_after(
    open_scene, sign_in, session, page, today
):
    wish, seed = open_scene.requests[0], open_scene.round.seed
    browser = sign_in(wish.learner)
    before = shown(browser.get(f"/request/{wish.id}{page}")).part("lottery")
    assert before.says(seed.digest)
    assert before.paragraphs[-1] == "Seed: nobody can read it here until the round has closed."
    open_scene.round.closes_on = today - timedelta(days=1)
    session.commit()
    after = shown(browser.get(f"/request/{wish.id}{page}")).part("lottery")
    assert after.paragraphs[-1] == f"Seed: {seed.secret}"
    copy = json.loads(browser.get(f"/request/{wish.id}/request.json").text)
    assert copy["seeds_of_the_round"] == {"seed_sha256": [seed.digest], "seed": seed.secret}


def test_another_seed_is_drawn_with_a_reason_that_stays_and_runs_before_it_are_not_published(
    full_scene, sign_in, session, look_again
):
    round_, browser = full_scene.round, sign_in(full_scene.coordinator)
    first, old_run = round_.seed, run_it(browser, round_, session, look_again)
    page = shown(browser.get(f"/rounds/{round_.id}/seed"))
    assert page.items[-1] == "1 run stays to be read, but can no longer be published"
    assert page.button("Draw another seed").action == ""  # to the page itself
    assert draw(browser, round_).location == f"/rounds/{round_.id}"
    look_again()
    second = round_.seed
    assert second.secret != first.secret
    line = session.scalar(select(AuditLine).where(AuditLine.deed == "drew another seed"))
    assert line.details == {"reason": SOMEBODY_SAW_IT, "digest": second.digest, "digest_before": first.digest}
    page = shown(browser.get(f"/rounds/{round_.id}"))
    table = page.table("Seeds of this round, the newest first")
    who = full_scene.coordinator.name
    assert [(row["By"], row["Why"], row["Digest"]) for row in map(table.row, table.rows)] == [
        (who, SOMEBODY_SAW_IT, second.digest),
        ("The service", "The round was set up", first.digest),
    ]
    assert page.row(f"Run {old_run.id}").tags == ["Earlier seed"]
    assert f"Publish run {old_run.id}" not in page.links
    of_run = shown(browser.get(f"/runs/{old_run.id}"))
    assert f"{who} drew the seed of the round on 3 March 2026" in of_run.insets[0]
    assert SOMEBODY_SAW_IT in of_run.insets[0]
    assert "Publish this run" not in of_run.links
    refused = browser.post(f"/runs/{old_run.id}/publish", data={"has_looked": "y"})
    assert refused.status_code == 422
    assert "drew its lottery from another seed" in shown(refused).paragraphs[0]
    new_run = run_it(browser, round_, session, look_again)
    assert browser.post(f"/runs/{new_run.id}/publish", data={"has_looked": "y"}).status_code == 303
    look_again()
    assert session.scalar(select(func.count(Offer.id))) == 2


def test_learners_see_that_another_seed_was_drawn_and_not_why(full_scene, sign_in, look_again):
    draw(sign_in(full_scene.coordinator), full_scene.round)
    look_again()
    wish = full_scene.requests[0]
    part = shown(sign_in(wish.learner).get(f"/request/{wish.id}")).part("lottery")
    assert part.paragraphs[1].startswith("The seed was drawn 2 times. The last one counts")
    assert [part.says(seed.digest) for seed in full_scene.round.seeds] == [True, True]
    assert not part.says(SOMEBODY_SAW_IT)


def test_a_seed_that_no_longer_counts_can_be_read_so_that_its_runs_can_be_checked(
    open_scene, sign_in, session, look_again
):
    browser, first = sign_in(open_scene.coordinator), open_scene.round.seed
    run = run_it(browser, open_scene.round, session, look_again)
    draw(browser, open_scene.round)
    look_again()
    page = shown(browser.get(f"/rounds/{open_scene.round.id}"))
    assert page.row(SEED).value == NOT_YET
    table = page.table("Seeds of this round, the newest first")
    assert [row[SEED] for row in map(table.row, table.rows)] == ["Not yet", first.secret]
    assert json.loads(browser.get(f"/runs/{run.id}/problem.json").text)["seed"] == first.secret


@pytest.mark.parametrize(
    ("form", "label", "sentence"),
    [
        ({"reason": "  "}, WHY, "Enter the reason"),
        ({"reason": "x" * 501}, WHY, "at most 500 characters"),
        ({"reason": "Asked by patient 943 476 5919"}, SURE, "looks like an NHS number"),
    ],
)
def test_another_seed_without_a_good_reason_is_refused_and_what_was_typed_is_kept(
    full_scene, sign_in, session, form, label, sentence
):
    answer = draw(sign_in(full_scene.coordinator), full_scene.round, **form)
    assert answer.status_code == 422
    page = shown(answer)
    where, message = page.complaint
    assert (where, sentence in message) == (label, True)
    assert page.field(WHY).value == form["reason"].strip()
    assert session.scalar(select(func.count(RoundSeed.id))) == 1


def test_pressing_twice_draws_once(full_scene, sign_in, session, look_again):
    browser, digest = sign_in(full_scene.coordinator), full_scene.round.seed.digest
    assert draw(browser, full_scene.round, shown_digest=digest).status_code == 303
    again = draw(browser, full_scene.round, shown_digest=digest)
    assert again.status_code == 409
    assert shown(again).paragraphs[0].startswith("Another seed has been drawn meanwhile")
    look_again()
    assert session.scalar(select(func.count(RoundSeed.id))) == 2


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_seed_of_a_published_round_stays(full_scene, sign_in, session, method):
    full_scene.round.published_at = full_scene.build.now
    browser = sign_in(full_scene.coordinator)
    answer = getattr(browser, method)(f"/rounds/{full_scene.round.id}/seed", data={"reason": SOMEBODY_SAW_IT})
    assert answer.status_code == 422
    assert session.scalar(select(func.count(RoundSeed.id))) == 1
    assert "Draw another seed" not in shown(browser.get(f"/rounds/{full_scene.round.id}")).links


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_coordinators_of_its_networks_draw_for_a_round(build, full_scene, sign_in, method):
    path = f"/rounds/{full_scene.round.id}/seed"
    assert getattr(sign_in(build.coordinator(build.network())), method)(path).status_code == 404
    others = sign_in(build.person(Role.LEARNER, Role.MENTOR, Role.ADMINISTRATOR))
    assert getattr(others, method)(path).status_code == 403


@pytest.mark.parametrize(("days", "is_opened_again"), [(5, True), (0, True), (-1, False)])
def test_a_closed_round_that_is_opened_again_gets_another_seed_because_the_first_could_be_read(
    scene, sign_in, session, look_again, today, now, days, is_opened_again
):
    first, who = scene.round.seed, scene.coordinator
    later = dates_of(today - timedelta(days=9), today + timedelta(days=days), today + timedelta(days=50))
    assert sign_in(who).post(f"/rounds/{scene.round.id}/dates", data=later).status_code == 303
    look_again()
    assert (scene.round.seed.secret != first.secret) == is_opened_again
    lines = session.scalars(select(AuditLine).where(AuditLine.deed == "drew another seed")).all()
    assert [line.details["digest_before"] for line in lines] == [first.digest] * is_opened_again
    if is_opened_again:
        assert scene.round.seed.drawn_by_id == who.id
        assert scene.round.seed.readable(now) == ""


def test_dates_of_an_open_round_change_without_another_seed(open_scene, sign_in, look_again, today):
    first = open_scene.round.seed.secret
    later = dates_of(today - timedelta(days=9), today + timedelta(days=3), today + timedelta(days=50))
    sign_in(open_scene.coordinator).post(f"/rounds/{open_scene.round.id}/dates", data=later)
    look_again()
    assert open_scene.round.seed.secret == first


def test_the_home_page_does_not_ask_to_publish_a_run_of_an_earlier_seed(full_scene, sign_in, session, look_again):
    browser = sign_in(full_scene.coordinator)
    run_it(browser, full_scene.round, session, look_again)
    assert "Publish Spring 2026" in shown(browser.get("/")).links
    draw(browser, full_scene.round)
    page = shown(browser.get("/"))
    assert "Publish Spring 2026" not in page.links
    assert "Run Spring 2026" in page.links
