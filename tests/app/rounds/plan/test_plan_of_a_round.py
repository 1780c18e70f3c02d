"""The plan of a round: who can read it, what it says, and how its policy is announced, changed and departed from."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.people import Role
from app.models.rounds import PolicyAnnouncement
from app.rounds.policies import stages_of
from tests.screen import shown

FIT = "Place as many learners as possible, then the best fit overall"
FIRST = "Place as many as possible, then as many first choices as possible"
REASON = "Most learners asked for it."


@pytest.fixture
def open_scene(scene, today):
    scene.round.closes_on = today + timedelta(days=9)
    return scene


@pytest.fixture
def plan(open_scene):
    return f"/rounds/{open_scene.round.id}/plan"


@pytest.fixture
def announce(open_scene, sign_in, plan):
    def send(policy="fit", **given):
        data = {"policy": policy, "shown": str(len(open_scene.round.announcements)), **given}
        return sign_in(open_scene.coordinator).post(f"{plan}/policy", data=data)

    return send


def test_everybody_whom_a_round_concerns_reads_its_plan_and_nobody_else(build, open_scene, sign_in, plan):
    wish, opening = open_scene.request(), open_scene.opening()
    may_join = build.request(networks=[open_scene.network])
    for person in (open_scene.coordinator, wish.learner, may_join.learner, opening.mentor):
        assert sign_in(person).get(plan).status_code == 200
    strangers = build.request(networks=[build.network()]).learner, build.opening().mentor
    for person in (*strangers, build.coordinator(build.network()), build.learner()):
        assert sign_in(person).get(plan).status_code == 404
    assert sign_in(build.person(Role.ADMINISTRATOR)).get(plan).status_code == 403


def test_the_plan_says_when_what_counts_and_who_sees_what(open_scene, sign_in, plan, announce):
    wish = open_scene.request()
    assert shown(sign_in(wish.learner).get(plan)).says("has not announced yet which policy")
    assert announce().status_code == 303
    page = shown(sign_in(wish.learner).get(plan))
    assert page.says("Requests close 12 March 2026")
    assert page.says("Until 2 April 2026: 14 working days after requests close")  # without 17 March, St Patrick’s Day
    assert page.says(f"{FIT}.")
    assert page.says("the order of a list changed nothing")
    assert page.rows[-4:] == ["Learners", "Mentors", "Coordinators of its networks", "Universities"]
    assert page.says(open_scene.round.seed.digest)


def test_a_learner_a_mentor_and_a_coordinator_are_led_to_the_plan(open_scene, sign_in, plan):
    wish, opening = open_scene.request(), open_scene.opening()
    assert shown(sign_in(wish.learner).get(f"/request/{wish.id}")).link("Read the plan of Spring 2026") == plan
    home = shown(sign_in(opening.mentor).get("/"))
    assert home.link("Spring 2026, with openings of yours, closes on 12 March 2026") == plan
    page = shown(sign_in(open_scene.coordinator).get(f"/rounds/{open_scene.round.id}"))
    assert page.link("Plan") == plan
    assert page.link("Announce the policy") == f"{plan}/policy"


def test_the_first_policy_needs_no_reason_and_another_one_does_and_is_told(
    open_scene, announce, session, look_again, sign_in, plan
):
    wish = open_scene.request()
    announce()
    look_again()
    assert session.scalars(select(Message)).all() == []
    refused = announce("first")
    assert refused.status_code == 422
    page = shown(refused)
    assert page.errors == {"Enter the reason: learners read it": "Why does the policy change?"}
    assert page.says("1 learner has a request in this round and will be told by email")
    assert announce("first", reason=REASON).status_code == 303
    look_again()
    [message] = session.scalars(select(Message)).all()
    assert message.recipient == wish.learner.email
    assert FIRST in message.body
    assert REASON in message.body
    page = shown(sign_in(wish.learner).get(plan))
    assert page.says(f"{FIRST}.")
    assert page.says(REASON)
    assert page.says(f"{FIT}.")
    announced = select(AuditLine).where(AuditLine.deed == "announced a policy").order_by(AuditLine.id)
    lines = session.scalars(announced).all()
    assert [line.details["stages"] for line in lines] == [list(stages_of("fit")), list(stages_of("first"))]
    assert REASON not in str([line.details for line in lines])


def test_after_the_close_even_the_first_needs_a_reason(open_scene, announce, today):
    open_scene.round.closes_on = today - timedelta(days=1)
    assert announce().status_code == 422
    assert announce(reason=REASON).status_code == 303


@pytest.mark.parametrize(
    ("policy", "given", "status"),
    [
        ("", {}, 422),
        ("own", {}, 422),
        ("first", {"reason": "x" * 501}, 422),
        ("first", {"reason": "Patient 943 476 5919 asked."}, 422),
        ("fit", {"reason": REASON}, 422),
        ("first", {"reason": REASON, "shown": "0"}, 409),
    ],
)
def test_what_cannot_be_announced_is_refused_and_stays_typed(announce, session, look_again, policy, given, status):
    announce()
    answer = announce(policy, **given)
    assert answer.status_code == status
    if "reason" in given and status == 422:
        assert shown(answer).field("Why does the policy change?").value == given["reason"]
    look_again()
    assert len(session.scalars(select(PolicyAnnouncement)).all()) == 1


def test_a_stranger_and_others_cannot_announce_and_nobody_after_publication(build, open_scene, sign_in, announce, plan):
    assert sign_in(build.coordinator(build.network())).post(f"{plan}/policy").status_code == 404
    assert sign_in(build.mentor()).post(f"{plan}/policy").status_code == 403
    open_scene.round.published_at = build.now
    assert announce().status_code == 422


def test_publishing_another_policy_than_the_announced_one_needs_a_reason_that_learners_read(
    full_scene, sign_in, session, look_again, now
):
    round_, browser = full_scene.round, sign_in(full_scene.coordinator)
    told = PolicyAnnouncement(
        stages=list(stages_of("first")), announced_at=now - timedelta(days=30), announced_by=full_scene.coordinator
    )
    round_.announcements.append(told)
    session.commit()
    at = browser.post(f"/rounds/{round_.id}/runs/new", data={"policy": "fit"}).location
    page = shown(browser.get(f"{at}/publish"))
    assert page.says(f"You announced another policy: {FIRST}.")
    refused = browser.post(f"{at}/publish", data={"has_looked": "y"})
    assert refused.status_code == 422
    assert shown(refused).errors == {"Enter the reason: learners read it": "Why another policy than you announced?"}
    look_again()
    assert round_.published_at is None
    assert browser.post(f"{at}/publish", data={"has_looked": "y", "reason": REASON}).status_code == 303
    look_again()
    assert round_.announced.reason == REASON
    bodies = session.scalars(select(Message.body).where(Message.body.contains(REASON))).all()
    assert len(bodies) == 3
    assert shown(sign_in(full_scene.requests[0].learner).get(f"/rounds/{round_.id}/plan")).says(REASON)
