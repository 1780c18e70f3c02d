"""A learner asks that a person looks again: another coordinator than the one who published answers, in time."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.operations.state_changes import StateChange
from app.models.people import Role
from app.models.reviews import Review, ReviewState
from app.models.runs import Proposal
from app.reviews.possible import possible_pairs
from app.reviews.states import REVIEWS
from tests.screen import shown

WORDS = {"words": "I ranked another opening first and would like to know why it is not that one."}
STANDS = {"outcome": "stands", "answer": "The place went to somebody whose interests fit it better."}
WRONG = {"outcome": "corrected", "answer": "You are right.", "correction": "Pin her to her first choice."}


class Case:
    """A published round with an offer, the coordinator who published it and another one."""

    def __init__(self, build):
        self.build, self.network = build, build.network("North West")
        self.publisher, self.other = build.coordinator(self.network), build.coordinator(self.network)
        self.opening = build.opening(network=self.network)
        self.better = build.opening(network=self.network)
        self.request = build.request(networks=[self.network], ranked=[self.better, self.opening])
        round_ = build.round(self.network, name="Spring 2026", published_at=build.now, coordinator=self.publisher)
        self.offer = build.offer(self.request, self.opening, round_)
        self.round, self.learner = round_, self.request.learner
        self.publication = build.publication(self.offer, self.publisher)
        run = self.publication.run
        proposal = build.session.get_one(Proposal, self.offer.proposal_id)
        proposal.rank = 2
        run.outcome = {"places": {str(self.opening.id): 1, str(self.better.id): 1}, "learners": 2, "placed": 2}
        holder = build.request(networks=[self.network])
        self.holder = holder.learner
        build.add(Proposal(run=run, request=holder, opening=self.better, score=810, rank=1))
        names = {"R": ("learner", self.request.id), "M": ("mentor", self.better.mentor_id)}
        names["S"] = ("study", self.better.study_id)
        run.problem = json.dumps({"pairs": [{kind: f"{letter}{id_}" for letter, (kind, id_) in names.items()}]})
        build.session.commit()

    @property
    def asking(self):
        return f"/request/{self.request.id}/review"

    def at(self, review):
        return f"/rounds/{self.round.id}/reviews/{review.id}"


@pytest.fixture
def case(build):
    return Case(build)


@pytest.fixture
def asked(case, sign_in, session, look_again):
    sign_in(case.learner).post(case.asking, data=WORDS)
    look_again()
    case.review = session.scalar(select(Review))
    return case


def recipients(session):
    return sorted(session.scalars(select(Message.recipient)))


def test_a_learner_reaches_it_from_her_offer_and_reads_until_when(case, sign_in):
    browser = sign_in(case.learner)
    address = shown(browser.get(f"/offers/{case.offer.id}")).link("how to ask for a review, and until when")
    page = shown(browser.get(address))
    assert page.heading == "A review by a person"
    assert page.says("You can ask until 18 March 2026, once.")
    assert page.says("within 10 working days")


def test_it_goes_to_the_coordinator_who_did_not_publish(asked, session, sign_in):
    assert asked.review.state is ReviewState.ASKED
    assert asked.review.due_on == date(2026, 3, 18)
    assert recipients(session) == [asked.other.email]
    assert WORDS["words"] not in session.scalar(select(Message)).body
    assert session.scalar(select(AuditLine).where(AuditLine.deed == "asked for a review")).details == {}
    assert shown(sign_in(asked.other).get("/")).says("Answer 1 review of Spring 2026")
    of_publisher = shown(sign_in(asked.publisher).get("/"))
    assert of_publisher.says("1 review of Spring 2026 waits")
    assert not of_publisher.says("Answer 1 review")
    assert shown(sign_in(asked.learner).get("/")).says("A person looks again at what Spring 2026 decided for you")


def test_where_there_is_no_other_coordinator_the_administrators_are_told(case, build, sign_in, session, look_again):
    administrator = build.person(Role.ADMINISTRATOR)
    for grant in case.other.grants:
        grant.ended_at = build.now
    session.commit()
    browser = sign_in(case.learner)
    assert shown(browser.get(case.asking)).says("no coordinator other than the one who published it")
    browser.post(case.asking, data=WORDS)
    look_again()
    assert recipients(session) == [administrator.email]
    assert shown(sign_in(administrator).get("/")).says("Answer 1 review that no coordinator may answer")


def test_whoever_answers_has_the_facts_before_her(asked, sign_in):
    page = shown(sign_in(asked.other).get(asked.at(asked.review)))
    assert page.says(WORDS["words"])
    assert page.says(f"1. {asked.better.mentor.name}")
    assert page.says(f"{asked.holder.name}: fit 810, number 1 on the list")
    assert page.says("1 place, 1 taken in the run.")
    assert page.says("Possible pairings in the run 1")


def test_an_opening_that_was_not_possible_is_said_to_be(asked, sign_in, session):
    asked.publication.run.problem = '{"pairs": []}'
    session.commit()
    page = shown(sign_in(asked.other).get(asked.at(asked.review)))
    assert page.says("The pairing was not possible when the round ran")


def test_the_decision_stands_and_both_see_the_answer(asked, sign_in, session, look_again):
    answer = sign_in(asked.other).post(asked.at(asked.review), data=STANDS)
    assert answer.status_code == 303
    look_again()
    assert (asked.review.state, asked.review.answered_by_id) == (ReviewState.STANDS, asked.other.id)
    mail = session.scalar(select(Message).where(Message.recipient == asked.learner.email))
    assert STANDS["answer"] in mail.body
    own = shown(sign_in(asked.learner).get(asked.asking))
    assert own.says("The decision stands.")
    assert own.says(STANDS["answer"])
    change = session.scalar(select(StateChange))
    assert (change.deed, change.party) == ("let a decision stand", "coordinator")
    assert not shown(sign_in(asked.other).get("/")).says("Answer 1 review")


def test_what_is_wrong_stays_on_home_pages_until_it_is_put_right(asked, sign_in, session, look_again):
    browser = sign_in(asked.other)
    browser.post(asked.at(asked.review), data=WRONG)
    look_again()
    assert asked.review.state.value == "to be put right"
    assert {asked.learner.email, asked.publisher.email} <= set(recipients(session))
    assert shown(sign_in(asked.publisher).get("/")).says("Put right what 1 review of Spring 2026 found")
    page = shown(browser.get(asked.at(asked.review)))
    assert page.says(WRONG["correction"])
    assert not shown(sign_in(asked.learner).get(asked.asking)).says(WRONG["correction"])
    browser.post(f"{asked.at(asked.review)}/put-right")
    look_again()
    assert asked.review.state.value == "put right"
    assert not shown(sign_in(asked.publisher).get("/")).says("Put right what")
    assert session.scalars(select(Message.recipient).order_by(Message.id.desc())).first() == asked.learner.email


def test_where_something_is_wrong_it_must_say_what(asked, sign_in, session, look_again):
    answer = sign_in(asked.other).post(asked.at(asked.review), data={**WRONG, "correction": ""})
    assert answer.status_code == 422
    assert shown(answer).says("Enter what is to be put right")
    look_again()
    assert asked.review.state is ReviewState.ASKED


def test_whoever_published_does_not_answer(asked, sign_in, session, look_again):
    browser = sign_in(asked.publisher)
    page = shown(browser.get(asked.at(asked.review)))
    assert page.says("You published this round, so somebody else answers.")
    assert "Send the answer" not in page.buttons
    assert browser.post(asked.at(asked.review), data=STANDS).status_code == 422
    look_again()
    assert asked.review.state is ReviewState.ASKED


def test_the_second_answer_is_overtaken(asked, sign_in):
    browser = sign_in(asked.other)
    assert browser.post(asked.at(asked.review), data=STANDS).status_code == 303
    assert browser.post(asked.at(asked.review), data=WRONG).status_code == 409


def test_it_is_asked_once_and_can_be_withdrawn(asked, sign_in, session, look_again):
    browser = sign_in(asked.learner)
    assert browser.post(asked.asking, data=WORDS).status_code == 422
    page = shown(browser.get(asked.asking))
    browser.post(page.button("Withdraw it").action)
    look_again()
    assert asked.review.state is ReviewState.WITHDRAWN
    assert not shown(sign_in(asked.other).get("/")).says("Answer 1 review")
    assert sign_in(asked.other).post(asked.at(asked.review), data=STANDS).status_code == 409


def test_after_its_last_day_nobody_can_ask(case, sign_in, session):
    case.publication.published_at = case.build.now - timedelta(days=30)
    session.commit()
    browser = sign_in(case.learner)
    page = shown(browser.get(case.asking))
    assert page.says("The last day to ask for a review was")
    assert "Ask for a review" not in page.buttons
    assert browser.post(case.asking, data=WORDS).status_code == 422


def test_what_is_not_decided_cannot_be_reviewed(build, sign_in):
    request = build.request(networks=[build.network()])
    browser = sign_in(request.learner)
    assert shown(browser.get(f"/request/{request.id}/review")).says("there is nothing to review yet")
    assert browser.post(f"/request/{request.id}/review", data=WORDS).status_code == 422


@pytest.mark.parametrize("words", ["", "The patient 943 476 5919 was there."])
def test_bad_input_is_refused_and_kept(case, sign_in, session, words):
    answer = sign_in(case.learner).post(case.asking, data={"words": words})
    assert answer.status_code == 422
    assert shown(answer).says(words)
    assert session.scalar(select(Review)) is None


def test_a_review_keeps_the_publication_from_being_taken_back(asked, sign_in):
    page = shown(sign_in(asked.publisher).get(f"/rounds/{asked.round.id}/take-back"))
    assert page.says("1 learner has asked for a review by a person")


def test_strangers_and_other_roles_see_nothing(asked, build, sign_in, session):
    stranger, learner, mentor = build.coordinator(build.network()), build.learner(), build.mentor()
    session.commit()
    assert sign_in(stranger).get(asked.at(asked.review)).status_code == 404
    assert sign_in(stranger).post(asked.at(asked.review), data=STANDS).status_code == 404
    assert sign_in(learner).get(asked.asking).status_code == 404
    assert sign_in(learner).post(f"/reviews/{asked.review.id}/withdraw").status_code == 404
    assert sign_in(mentor).get(asked.asking).status_code == 403
    assert sign_in(asked.learner).get(asked.at(asked.review)).status_code == 403


def test_a_coordinator_does_not_answer_her_own(asked, build, sign_in, session):
    build.grant(asked.learner, Role.COORDINATOR, network=asked.network)
    session.commit()
    assert sign_in(asked.learner).get(asked.at(asked.review)).status_code == 404


def test_the_list_has_what_is_due_first_and_says_what_is_late(asked, sign_in, session):
    asked.review.due_on = asked.build.today - timedelta(days=1)
    session.commit()
    page = shown(sign_in(asked.other).get(f"/rounds/{asked.round.id}/reviews"))
    assert page.rows == [asked.learner.name]
    assert "Overdue" in page.row(asked.learner.name).tags


def test_every_state_is_reached_and_left_as_the_table_says():
    ends = {move.ends for move in REVIEWS.moves.values()} | {ReviewState.ASKED}
    assert ends == set(ReviewState)


def test_only_the_pairs_of_one_learner_are_read():
    text = (
        '{"pins": [{"learner": "R1", "mentor": "M9", "study": "S9"}], "pairs": [{"learner": "R1", "mentor": "M2", '
        '"study": "S3", "score": 5}, {"learner": "R12", "mentor": "M4", "study": "S5"}], "previous": []}'
    )
    assert possible_pairs(text, 1) == frozenset({(2, 3)})
    assert possible_pairs(text, 12) == frozenset({(4, 5)})
    assert possible_pairs("{}", 1) is None


@pytest.fixture
def left(case, build, sign_in, session, look_again):
    """A review that no coordinator may answer, and an administrator."""
    administrator = build.person(Role.ADMINISTRATOR)
    for grant in case.other.grants:
        grant.ended_at = build.now
    session.commit()
    sign_in(case.learner).post(case.asking, data=WORDS)
    look_again()
    case.review, case.administrator = session.scalar(select(Review)), administrator
    return case


def test_an_administrator_answers_what_no_coordinator_may(left, sign_in, session, look_again):
    browser, text = sign_in(left.administrator), "Answer 1 review that no coordinator may answer"
    address = shown(browser.get("/")).item(text).link(text)
    page = shown(browser.get(address))
    address = page.link(left.learner.name)
    page = shown(browser.get(address))
    assert page.says(WORDS["words"])
    assert page.says(f"{left.holder.name}: fit 810, number 1 on the list")
    assert not [link for link in page.links if "Run" in link or "Ask the run" in link], "the round is not hers"
    assert browser.post(address, data=STANDS | {"answer": ""}).status_code == 422
    assert browser.post(address, data=WRONG).status_code == 303
    look_again()
    assert (left.review.state, left.review.answered_by_id) == (ReviewState.CORRECTED, left.administrator.id)
    assert {left.learner.email, left.publisher.email} <= set(recipients(session))
    browser = sign_in(left.administrator)
    assert shown(browser.get(address)).says("It is for the coordinators of the round to do")
    assert browser.post(address, data=STANDS).status_code == 409
    assert shown(sign_in(left.publisher).get("/")).says("Put right what 1 review of Spring 2026 found")
    assert shown(sign_in(left.learner).get(left.asking)).says(f"{left.administrator.name} answered on")


def test_an_administrator_reaches_only_what_is_left(asked, build, sign_in, session):
    browser = sign_in(build.person(Role.ADMINISTRATOR))
    assert shown(browser.get("/reviews")).says("There are none.")
    for answer in (
        browser.get(f"/reviews/{asked.review.id}"),
        browser.post(f"/reviews/{asked.review.id}", data=STANDS),
    ):
        assert answer.status_code == 404
    assert browser.get(asked.at(asked.review)).status_code == 403
    assert sign_in(asked.other).get("/reviews").status_code == 403
    assert sign_in(asked.learner).get(f"/reviews/{asked.review.id}").status_code == 403


def test_who_published_does_not_answer_as_an_administrator_either(left, build, sign_in, session):
    left.administrator.is_active = False
    build.grant(left.publisher, Role.ADMINISTRATOR)
    session.commit()
    browser = sign_in(left.publisher)
    assert browser.get(f"/reviews/{left.review.id}").status_code == 404
    assert shown(browser.get("/")).says("Name another coordinator: nobody can answer 1 review")


def test_once_another_coordinator_is_named_it_is_hers(left, build, sign_in, session):
    other = build.coordinator(left.network)
    session.commit()
    assert sign_in(left.administrator).get(f"/reviews/{left.review.id}").status_code == 404
    assert shown(sign_in(other).get("/")).says("Answer 1 review of Spring 2026")
