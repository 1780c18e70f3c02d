"""Pages that ask a run: why this, why not, what if, what pins cost, where places are short."""

import csv

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.people import Role
from app.models.placements import Offer
from app.models.requests import RequestState
from app.models.runs import Pin, PinKind, QuestionKind, QuestionState, Run, RunQuestion
from app.rounds.questions import jobs
from app.rounds.questions.jobs import answer_questions, explain_offers
from tests.screen import shown


@pytest.fixture
def contest(scene, session, sign_in, look_again):
    """One place that two learners rank first, and another place; the run gives each learner one of them."""
    study = scene.build.study("Heart failure nurses at home")
    wanted = scene.opening(study=study, mentor=scene.build.mentor(name="Dr Wanted"))
    other = scene.opening(study=scene.build.study("Wound dressings"), mentor=scene.build.mentor(name="Dr Other"))
    for name in ("Ann First", "Ben Second"):
        scene.request(learner=scene.build.learner(name=name), ranked=[wanted, other])
    return solved(scene, session, sign_in, look_again, policy="ranking")


def solved(scene, session, sign_in, look_again, policy="fit"):
    sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/runs/new", data={"policy": policy, "minutes": "10"})
    look_again()
    scene.run = session.scalars(select(Run).order_by(Run.id.desc())).first()
    return scene


def got_other(scene):
    """The proposal of the learner who did not get her first choice."""
    return next(one for one in scene.run.proposals if one.rank == 2)


def questions(session, look_again):
    look_again()
    return session.scalars(select(RunQuestion).order_by(RunQuestion.id)).all()


def test_a_row_of_proposals_opens_to_why_this_and_why_not(contest, sign_in, session, look_again):
    browser, proposal = sign_in(contest.coordinator), got_other(contest)
    here = f"/runs/{contest.run.id}/requests/{proposal.request_id}"
    rows = shown(browser.get(f"/runs/{contest.run.id}/proposals"))
    assert rows.link(proposal.request.learner.name) == here
    page = shown(browser.get(here))
    answer = browser.post(page.button("Work it out").action)
    assert answer.location == here
    page = shown(browser.get(here))
    assert "1. Dr Wanted, Heart failure nurses at home" in page.headings
    assert any(
        line.startswith("It costs nothing in any aim: only the lottery stands against it.") for line in page.paragraphs
    )
    other = next(one for one in contest.run.proposals if one.rank == 1)
    assert page.says(other.request.learner.name)
    assert page.link("Fix this pairing with Dr Wanted, Heart failure nurses at home").startswith(
        f"/rounds/{contest.round.id}/requests/"
    )
    [question] = questions(session, look_again)
    assert (question.kind, question.state) == (QuestionKind.EXPLANATION, QuestionState.ANSWERED)
    browser.post(f"{here}/explain")
    assert len(questions(session, look_again)) == 1


def test_a_request_that_was_withdrawn_since_can_still_be_understood_and_is_offered_no_deed(contest, sign_in, session):
    proposal, stranger = got_other(contest), contest.build.request()
    proposal.request.state = RequestState.WITHDRAWN
    session.commit()
    browser, here = sign_in(contest.coordinator), f"/runs/{contest.run.id}/requests/{proposal.request_id}"
    browser.post(f"{here}/explain")
    page = shown(browser.get(here))
    assert "This request is no longer in the round: it was withdrawn or taken out since the run." in page.paragraphs
    assert not page.says("Fix this pairing")
    assert browser.get(f"/runs/{contest.run.id}/requests/{stranger.id}").status_code == 404


def test_who_asked_what_is_in_the_audit_trail(contest, sign_in, session, look_again):
    browser = sign_in(contest.coordinator)
    browser.post(f"/runs/{contest.run.id}/requests/{contest.requests[0].id}/explain")
    look_again()
    line = session.scalars(select(AuditLine).where(AuditLine.deed == "asked a question of a run")).one()
    assert line.actor_name == contest.coordinator.name
    assert line.details["request"] == contest.requests[0].id


def test_what_is_supposed_is_collected_over_pages_and_asked_together(contest, sign_in, session, look_again):
    browser, wanted = sign_in(contest.coordinator), contest.openings[0]
    at = f"/runs/{contest.run.id}/what-if"
    page = shown(browser.get(f"{at}?q=wanted"))
    one_more = page.link("This opening had one more place with Dr Wanted, Heart failure nurses at home")
    page = shown(browser.get(one_more))
    assert "one more place with Dr Wanted on “Heart failure nurses at home”" in " ".join(page.items)
    asked = browser.post(at, data={"suppose": [f"opening-{wanted.id}", f"without-{contest.openings[1].mentor_id}"]})
    assert asked.status_code == 303
    page = shown(browser.get(asked.location))
    assert any(line.startswith("1 learner moves to another") or "loses" in line for line in page.paragraphs)
    assert page.says(got_other(contest).request.learner.name)
    assert page.link(wanted.mentor.email) == f"mailto:{wanted.mentor.email}"
    listed = shown(browser.get(f"/runs/{contest.run.id}/questions"))
    assert listed.says(contest.coordinator.name)
    again = browser.post(at, data={"suppose": [f"without-{contest.openings[1].mentor_id}", f"opening-{wanted.id}"]})
    assert again.location == asked.location


def test_a_question_that_says_nothing_is_refused(contest, sign_in, session):
    answer = sign_in(contest.coordinator).post(
        f"/runs/{contest.run.id}/what-if", data={"suppose": ["nonsense", "pin-1"]}
    )
    assert answer.status_code == 422
    assert "Choose at least one change to ask about." in shown(answer).errors
    assert session.scalar(select(RunQuestion)) is None


def test_a_question_about_another_round_is_refused_and_what_was_collected_is_kept(contest, sign_in):
    stranger = contest.build.opening()
    tokens = [f"opening-{stranger.id}", f"mentor-{contest.openings[0].mentor_id}"]
    contest.build.session.commit()
    answer = sign_in(contest.coordinator).post(f"/runs/{contest.run.id}/what-if", data={"suppose": tokens})
    assert answer.status_code == 422
    page = shown(answer)
    assert "Something in this question is not in the run. Take it out and ask again." in page.errors
    assert any("Dr Wanted can take one learner more" in item for item in page.items)


def test_one_learner_is_not_fixed_twice_in_a_question(contest, sign_in):
    request = contest.requests[0].id
    tokens = [f"pin-{request}-{one.id}" for one in contest.openings]
    answer = sign_in(contest.coordinator).post(f"/runs/{contest.run.id}/what-if", data={"suppose": tokens})
    assert answer.status_code == 422
    assert any("fixed twice" in message for message in shown(answer).errors)


def test_what_cannot_be_formed_is_said_on_the_answer(contest, sign_in, session, look_again):
    request, opening = contest.requests[0].id, contest.openings[0].id
    tokens = [f"pin-{request}-{opening}", f"apart-{request}-{opening}"]
    browser = sign_in(contest.coordinator)
    asked = browser.post(f"/runs/{contest.run.id}/what-if", data={"suppose": tokens})
    page = shown(browser.get(asked.location))
    assert any(inset.startswith("This cannot be asked: a pairing in it") for inset in page.insets)
    assert questions(session, look_again)[0].state is QuestionState.FAILED


def test_a_run_that_was_stopped_is_not_asked(contest, sign_in, session, look_again):
    contest.run.outcome = {**contest.run.outcome, "status": "stopped"}
    session.commit()
    browser = sign_in(contest.coordinator)
    for page in ("pins", "shortages", "what-if", f"requests/{contest.requests[0].id}"):
        said = shown(browser.get(f"/runs/{contest.run.id}/{page}"))
        assert any("stopped before it was proved" in inset for inset in said.insets), page
    assert browser.post(f"/runs/{contest.run.id}/pins").status_code == 422


@pytest.mark.parametrize(
    ("pinned_to", "tags", "says"),
    [
        ("Dr Wanted", ["Costs nothing"], "Costs nothing Without it the run would be the same."),
        ("Dr Other", [], "Without it: Learners’ own ranking: the smallest sum of ranks: 3 instead of 4."),
    ],
)
def test_what_a_pin_costs_is_said_also_that_it_costs_nothing(
    scene, sign_in, session, look_again, pinned_to, tags, says
):
    wanted, other = (scene.opening(mentor=scene.build.mentor(name=name)) for name in ("Dr Wanted", "Dr Other"))
    pinned, _ = scene.request(ranked=[wanted]), scene.request(ranked=[wanted, other])
    scene.build.add(
        Pin(
            round_id=scene.round.id,
            request=pinned,
            opening=wanted if pinned_to == "Dr Wanted" else other,
            kind=PinKind.AGREED_BEFORE,
            reason="Agreed.",
            author=scene.coordinator,
            created_at=scene.build.now,
        )
    )
    session.commit()
    solved(scene, session, sign_in, look_again, policy="ranking")
    browser, here = sign_in(scene.coordinator), f"/runs/{scene.run.id}/pins"
    browser.post(here)
    page = shown(browser.get(here))
    assert [tag for tag in page.tags if tag.startswith("Costs")] == tags
    assert any(line.startswith(says) for line in page.paragraphs), page.paragraphs


def test_a_shortage_is_told_by_network_and_specialty_and_ready_to_send(scene, sign_in, session, look_again):
    study = scene.build.study("Falls at home", [scene.build.specialty("Stroke")])
    scene.opening(study=study, mentor=scene.build.mentor(name="Dr Scarce", learners_max=1))
    learners = [scene.request(learner=scene.build.learner(name=name)) for name in ("Ann One", "Ben Two")]
    session.commit()
    solved(scene, session, sign_in, look_again)
    browser, here = sign_in(scene.coordinator), f"/runs/{scene.run.id}/shortages"
    browser.post(here)
    page = shown(browser.get(here))
    assert page.says("Stroke in North West")
    assert "One more place with Dr Scarce on “Falls at home” would place 1 more learner." in page.items
    told = shown(browser.get(page.link("North West")))
    assert (
        "Stroke: one more place with Dr Scarce on “Falls at home” would place 1 more learner."
        in told.field("Copy this text into an email").value
    )
    _, row = csv.reader(browser.get(told.link("Download it as CSV")).text.splitlines())
    assert row == ["North West", "Stroke", "One more place with Dr Scarce on “Falls at home”", "1", "0"]
    text = told.field("Copy this text into an email").value
    for learner in learners:
        assert not told.says(learner.learner.name)
        assert learner.learner.name not in text


@pytest.mark.parametrize("page", ["what-if", "questions", "pins", "shortages"])
def test_strangers_and_other_roles_are_kept_out(contest, sign_in, page):
    elsewhere = contest.build.coordinator(contest.build.network())
    mentor = contest.build.person(Role.MENTOR)
    contest.build.session.commit()
    address = f"/runs/{contest.run.id}/{page}"
    assert sign_in(elsewhere).get(address).status_code == 404
    assert sign_in(mentor).get(address).status_code == 403


def test_while_a_question_waits_its_page_says_so(contest, sign_in, session, look_again):
    question = RunQuestion(
        run_id=contest.run.id,
        kind=QuestionKind.SHORTAGES,
        state=QuestionState.WAITING,
        asked_at=contest.build.now,
        asked_by=contest.coordinator,
    )
    session.add(question)
    session.commit()
    browser, here = sign_in(contest.coordinator), f"/runs/{contest.run.id}/shortages"
    assert any(inset.startswith("It is being worked out.") for inset in shown(browser.get(here)).insets)
    look = f"/runs/{contest.run.id}/questions/{question.id}/progress"
    assert shown(browser.get(look, headers={"HX-Request": "true"})).link("look now") == here
    assert browser.get(look).location == here
    with browser.application.app_context():
        answer_questions(contest.run.id)
    at = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{here}"}
    assert browser.get(look, headers=at).headers["HX-Redirect"] == here


def test_a_job_that_is_given_up_fails_what_waits_and_lets_it_wait_again(app, contest, session, look_again, now):
    question = RunQuestion(run_id=contest.run.id, kind=QuestionKind.PINS, state=QuestionState.WAITING, asked_at=now)
    session.add(question)
    session.commit()
    answer_questions.give_up(session, now, contest.run.id)
    session.commit()
    look_again()
    assert question.state is QuestionState.FAILED
    answer_questions.ask_again(session, now, contest.run.id)
    session.commit()
    look_again()
    assert (question.state, question.complaint) == (QuestionState.WAITING, "")


def test_each_offer_is_explained_to_its_learner_after_publishing_in_counts_alone(contest, sign_in, session, look_again):
    browser, proposal = sign_in(contest.coordinator), got_other(contest)
    rival = next(one for one in contest.run.proposals if one.rank == 1).request.learner
    assert browser.post(f"/runs/{contest.run.id}/publish", data={"has_looked": "y"}).status_code == 303
    [explained] = questions(session, look_again)
    assert (explained.request_id, explained.asked_by_id) == (proposal.request_id, None)
    page = shown(sign_in(proposal.request.learner).get(offer_of(session, proposal)))
    assert "It would have been just as good for every aim of the round, so the lottery decided." in page.paragraphs
    assert not page.says(rival.name)
    with browser.application.app_context():
        explain_offers(contest.run.id)
    assert len(questions(session, look_again)) == 1


def offer_of(session, proposal):
    offer = session.scalars(select(Offer).where(Offer.proposal_id == proposal.id)).one()
    return f"/offers/{offer.id}"


@pytest.fixture
def no_time(monkeypatch):
    """Whatever is asked takes longer than it may."""
    monkeypatch.setattr(jobs, "SECONDS_FOR_AN_ANSWER", 0)


def test_a_question_that_takes_too_long_is_stopped_kindly_and_can_be_asked_again(
    contest, sign_in, session, look_again, monkeypatch, no_time
):
    browser, at = sign_in(contest.coordinator), f"/runs/{contest.run.id}/what-if"
    without = {"suppose": [f"without-{contest.openings[1].mentor_id}"]}
    stopped = browser.post(at, data=without).location
    page = shown(browser.get(stopped))
    assert any(inset.startswith("This could not be worked out within five minutes") for inset in page.insets)
    assert [one.state for one in questions(session, look_again)] == [QuestionState.FAILED]
    monkeypatch.undo()
    assert page.link("Ask this with something more, or something less")
    answered = browser.post(at, data=without).location
    assert answered != stopped
    assert not shown(browser.get(answered)).insets


@pytest.mark.parametrize("page", ["pins", "shortages", "requests/{}"])
def test_every_kind_of_question_has_a_limit_and_its_page_offers_another_try(
    contest, sign_in, monkeypatch, page, no_time
):
    contest.build.add(
        Pin(
            round_id=contest.round.id,
            request=contest.requests[0],
            opening=contest.openings[0],
            reason="They agreed.",
            author=contest.coordinator,
            created_at=contest.build.now,
        )
    )
    browser = sign_in(contest.coordinator)
    browser.post(f"/rounds/{contest.round.id}/runs/new", data={"policy": "ranking"})
    here = f"/runs/{contest.run.id + 1}/{page.format(contest.requests[1].id)}"
    browser.post(f"{here}/explain" if "requests" in here else here)
    stopped = shown(browser.get(here))
    assert stopped.says("This could not be worked out within five minutes")
    assert "Try again" in stopped.buttons
    monkeypatch.undo()
    browser.post(f"{here}/explain" if "requests" in here else here)
    assert not shown(browser.get(here)).says("five minutes")


def test_offers_that_take_too_long_to_explain_are_left_out_for_good(contest, sign_in, session, look_again, no_time):
    browser = sign_in(contest.coordinator)
    browser.post(f"/runs/{contest.run.id}/publish", data={"has_looked": "y"})
    (kept,) = questions(session, look_again)
    assert (kept.state, kept.answer["alternatives"]) == (QuestionState.ANSWERED, [])
    page = shown(sign_in(got_other(contest).request.learner).get(offer_of(session, got_other(contest))))
    assert page.says("Its only place went to another learner.")
