"""People are asked once, answer without their names or would rather not, and nobody can tell which."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.evaluation.answering.due import askings_due
from app.evaluation.answering.jobs import ask_for_the_evaluation
from app.evaluation.answering.service import SETTLED
from app.models.evaluation.askings import Asking, Survey
from app.models.evaluation.replies import FreeWords, Reply
from app.models.operations.audit import AuditLine
from app.models.operations.links import RecordLink
from app.models.operations.outbox import Message
from app.models.people import Person
from app.models.placements import Outcome
from app.models.programmes import CreditDecision, Enrolment
from tests.screen import shown


@pytest.fixture
def enrolment(build):
    return build.enrolment(build.learner())


@pytest.fixture
def asking(build, enrolment):
    made = build.asking(enrolment)
    build.session.commit()
    return made


def test_an_answer_is_kept_without_a_name_a_moment_or_the_words(session, look_again, sign_in, asking, filled_in):
    learner = asking.person
    browser = sign_in(learner)
    address = shown(browser.get("/")).link("Answer, or say that you would rather not: How was your placement?")
    page = shown(browser.get(address))
    assert page.says("Programme leads, coordinators and administrators read those numbers")
    answer = browser.post(address, data=filled_in(placement_words="More screening."), follow_redirects=True)
    assert shown(answer).says("Nobody can tell which answers are yours")
    look_again()
    reply, words = session.scalars(select(Reply)).one(), session.scalars(select(FreeWords)).one()
    assert reply.answers["induction/1"] == "agree"
    assert words.words == "More screening."
    kept = {*Reply.__table__.columns.keys(), *FreeWords.__table__.columns.keys()}
    leads = {"provider_id", "cohort_id", "decided_at", "decided_by_id"}
    assert {one for one in kept if one.endswith(("_id", "_at"))} == leads
    assert reply.cohort_id is None, "of a cohort of one it would say whose it is"
    assert not shown(browser.get("/")).says("How was your placement?")


def test_who_would_rather_not_looks_the_same_in_every_table(session, look_again, sign_in, build, filled_in):
    rows = []
    for data, path in ((filled_in(), ""), ({}, "/none")):
        asking = build.asking(build.enrolment(build.learner()))
        build.session.commit()
        sign_in(asking.person).post(f"/surveys/{asking.id}{path}", data=data)
        look_again()
        line = session.scalars(select(AuditLine).order_by(AuditLine.id.desc()).where(AuditLine.deed == SETTLED)).first()
        rows.append((session.get_one(Asking, asking.id).is_settled, line.subject_type, line.details))
    assert rows[0] == rows[1] == (True, "Asking", {})


def test_once_settled_it_cannot_be_answered_again(session, look_again, sign_in, asking, filled_in):
    browser = sign_in(asking.person)
    browser.post(f"/surveys/{asking.id}/none")
    assert shown(browser.get(f"/surveys/{asking.id}")).says("There is nothing to answer here any more")
    late = browser.post(f"/surveys/{asking.id}", data=filled_in())
    assert late.status_code == 422
    assert shown(late).says("You are not asked this any more")
    look_again()
    assert session.scalars(select(Reply)).all() == []


def test_a_missing_answer_is_named_and_what_was_typed_stays(session, look_again, sign_in, asking, filled_in):
    browser = sign_in(asking.person)
    data = filled_in(placement_words="More time.") | {"q-safety": ""}
    page = shown(browser.post(f"/surveys/{asking.id}", data=data))
    words = "Had I been worried about a participant’s safety, I would have been heard."
    assert page.complaint == (words, f"Choose an answer: “{words}”")
    box = "What should stay as it is in this placement, and what should change? (optional)"
    assert page.field(box).value == "More time."


def test_words_that_look_like_a_patient_are_asked_about(session, look_again, sign_in, asking, filled_in):
    browser = sign_in(asking.person)
    typed = filled_in(placement_words="I screened JS aged 67.")
    page = shown(browser.post(f"/surveys/{asking.id}", data=typed))
    assert page.says("looks like somebody’s initials with an age")
    look_again()
    assert session.scalars(select(Reply)).all() == []


def test_learner_and_mentor_are_asked_once_when_a_placement_is_over(session, build):
    ended = build.placement(ends_on=build.today - timedelta(days=1))
    build.placement(ends_on=build.today - timedelta(days=1), outcome=Outcome.MOVED)
    build.placement(ends_on=build.today)
    build.placement(ends_on=build.today - timedelta(days=90))
    due = [one for one in askings_due(session, build.today) if one.placement_number]
    assert [(one.survey, one.person_id) for one in due] == [
        (Survey.PLACEMENT, ended.learner_id),
        (Survey.MENTORING, ended.mentor_id),
    ]
    session.add_all(due)
    session.flush()
    assert not [one for one in askings_due(session, build.today) if one.placement_number]


def test_a_level_is_asked_about_at_both_ends(session, build, enrolment):
    enrolment.started_on = build.today - timedelta(days=3)
    session.flush()
    assert [one.survey for one in askings_due(session, build.today)] == [Survey.BEFORE]
    enrolment.started_on = build.today - timedelta(days=300)
    for module in enrolment.programme.modules:
        decide(build, enrolment, module, module.credits)
    session.flush()
    session.expire_all()
    total = sum(module.credits for module in enrolment.programme.modules)
    assert [one.survey for one in askings_due(session, build.today)] == [Survey.AFTER] * (total >= 60)


def decide(build, enrolment: Enrolment, module, credits_earned):
    said = {"decided_on": build.today, "decided_by_id": build.person().id, "recorded_at": build.now}
    build.add(CreditDecision(enrolment=enrolment, module=module, credits=credits_earned, **said))


@pytest.fixture
def path(app, session, build, enrolment, look_again):
    """The link that somebody gets six months after she finished a level."""
    day = build.today - timedelta(days=183)
    build.asking(enrolment, Survey.AFTER, asked_on=day, until_on=day + timedelta(days=56), is_settled=True)
    enrolment.started_on = build.today - timedelta(days=500)
    session.commit()
    with app.app_context():
        ask_for_the_evaluation()
        ask_for_the_evaluation()
    look_again()
    learner = session.get_one(Person, enrolment.learner_id)
    mail = session.scalars(select(Message).where(Message.recipient == learner.email)).one()
    line = next(line for line in mail.body.splitlines() if "/survey/" in line)
    return line[line.index("/survey/") :]


def test_months_later_a_link_answers_once_without_an_account(app, session, look_again, path, filled_in):
    browser = app.test_client()
    before = session.scalars(select(AuditLine.id)).all()
    assert shown(browser.get(path)).says("What has become of it, six months on?")
    look_again()
    assert session.scalars(select(AuditLine.id)).all() == before, "who looks writes nothing"
    assert shown(browser.post(path, data=filled_in(Survey.MONTHS_6))).says("Thank you.")
    look_again()
    assert session.scalars(select(Reply.survey)).all() == [Survey.MONTHS_6]
    assert all(one.ended_at for one in session.scalars(select(RecordLink)))
    for answer in (
        browser.get(path),
        browser.post(path, data=filled_in(Survey.MONTHS_6)),
        browser.post(f"{path}/none"),
    ):
        assert answer.status_code == 422
        assert shown(answer).says("It was used already, or the time for it is over")
    look_again()
    assert len(session.scalars(select(Reply)).all()) == 1


def test_by_the_link_she_may_say_that_she_would_rather_not(app, session, look_again, path):
    assert shown(app.test_client().post(f"{path}/none")).says("You are not asked this again.")
    look_again()
    assert session.scalars(select(Reply)).all() == []


def test_a_link_opens_nothing_once_its_time_is_over(app, session, look_again, path, filled_in):
    for one in session.scalars(select(Asking).where(Asking.survey == Survey.MONTHS_6)):
        one.until_on = one.asked_on - timedelta(days=1)
    session.commit()
    answer = app.test_client().post(path, data=filled_in(Survey.MONTHS_6))
    assert answer.status_code == 422
    look_again()
    assert session.scalars(select(Reply)).all() == []
