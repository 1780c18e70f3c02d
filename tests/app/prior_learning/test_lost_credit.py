"""Credit that was recognised elsewhere and is no longer earned where it came from is told to whoever recognised it."""

from functools import partial

import pytest
from sqlalchemy import select

from app.models.academic.prior_learning import ClaimState, SourceKind
from app.models.operations.outbox import Message
from app.models.people import Role
from app.models.programmes import CreditOutcome
from app.rules.prior_learning.lost import lost_uses
from tests.app.progress.test_progress_of_learners import sent
from tests.in_between import in_between
from tests.screen import shown

SUBJECT = "Credit that you recognised for Robin Learner is no longer earned"


@pytest.fixture
def before(build, learner):
    """Her enrolment at the university that she came from."""
    return build.enrolment(learner)


@pytest.fixture
def first_lead(build, before):
    person = build.person(name="Lyn Lead")
    build.grant(person, Role.PROGRAMME_LEAD, provider=before.programme.provider)
    return person


@pytest.fixture
def earned(build, before, first_lead):
    return build.credit_decision(before, before.programme.modules[1], first_lead)


@pytest.fixture
def granted(build, session, enrolment, lead, earned):
    """A claim by which the credits earned count at the second university."""
    claim = build.claim(enrolment, state=ClaimState.GRANTED)
    title = earned.module.title
    source = build.source(claim, kind=SourceKind.HERE, title=title, credit_decision_id=earned.id)
    session.refresh(claim)
    build.granted(claim, lead, source)
    session.commit()
    return claim


def told(session, look_again):
    look_again()
    return sorted(session.scalars(select(Message.recipient).where(Message.subject == SUBJECT)))


@pytest.mark.parametrize("deed", ["void", "failed"])
def test_whoever_recognised_it_hears_sees_it_and_can_make_that_void(
    sign_in, session, look_again, today, before, first_lead, earned, granted, lead, other_lead, deed
):
    browser, void = sign_in(first_lead), f"/credit-decisions/{earned.id}/void"
    assert shown(browser.get(void)).says("15 credits of the module count in another level by now")
    if deed == "void":
        assert browser.post(void, data={"reason": "The wrong marks."}).status_code == 303
    else:
        data = sent(earned.module, today, outcome="failed", words="The marks were those of another.")
        assert browser.post(f"/progress/{before.id}/credit", data=data).status_code == 303
    assert told(session, look_again) == sorted([lead.email, other_lead.email])
    says = f"{before.programme.provider.name} no longer counts 15 credits of “{earned.module.title}” as earned."
    for one in (lead, other_lead):
        hers = sign_in(one)
        home = shown(hers.get("/"))
        assert home.says(says)
        page = f"/prior-learning/claims/{granted.id}"
        assert home.link("See what was recognised for Robin Learner: 15 credits of the level") == page
        assert shown(hers.get(page)).says(says)
    assert hers.post(f"{page}/void", data={"reason": "It was not earned."}).status_code == 303
    assert not shown(hers.get("/")).says(says)
    assert not shown(hers.get(page)).says(says)


def test_nobody_is_told_while_the_credit_counts_all_the_same(
    sign_in, build, session, look_again, before, first_lead, earned, granted, lead
):
    failed = {"outcome": CreditOutcome.FAILED, "words": "No."}
    first = build.credit_decision(before, earned.module, first_lead, **failed)
    second = build.credit_decision(before, earned.module, first_lead)
    session.commit()
    browser = sign_in(first_lead)
    assert browser.post(f"/credit-decisions/{earned.id}/void", data={"reason": "Twice."}).status_code == 303
    assert browser.post(f"/credit-decisions/{first.id}/void", data={"reason": "Wrong."}).status_code == 303
    assert told(session, look_again) == []
    assert not shown(sign_in(lead).get("/")).says("no longer counts")
    assert browser.post(f"/credit-decisions/{second.id}/void", data={"reason": "Wrong."}).status_code == 303
    assert told(session, look_again) == [lead.email]


@pytest.mark.parametrize("first", ["grant", "void"])
def test_credit_made_void_while_it_is_recognised_is_either_refused_there_or_told(
    sign_in, build, session, look_again, engine, says, decides, enrolment, first_lead, earned, lead, first
):
    says()
    claim = build.claim(enrolment)
    build.source(claim, kind=SourceKind.HERE, title=earned.module.title, credit_decision_id=earned.id)
    session.commit()
    session.refresh(claim, ["every_source"])
    deeds = {
        "grant": partial(decides, sign_in(lead), claim, 15),
        "void": partial(sign_in(first_lead).post, f"/credit-decisions/{earned.id}/void", data={"reason": "Wrong."}),
    }
    look_again()
    [other] = deeds.keys() - {first}
    before = "FOR UPDATE" if first == "grant" else "INSERT INTO credit_voids"
    answers = dict(zip((first, other), in_between(engine, deeds[first], deeds[other], before), strict=True))
    assert answers["void"].status_code == 303
    is_granted = answers["grant"].status_code == 303
    assert is_granted == (first == "grant" and engine.dialect.name == "sqlite"), "SQLite has one writer: it follows"
    assert is_granted or shown(answers["grant"]).says("no longer counts these credits as earned.")
    assert told(session, look_again) == ([lead.email] if is_granted else [])
    assert bool(lost_uses(session)) == is_granted


def test_what_is_asked_of_lost_credit_does_not_grow_with_what_is_lost(
    sign_in, build, session, look_again, queries, enrolment, first_lead, earned, granted, lead
):
    counts = []
    for number in (1, 4):
        for _ in range(number):
            other = build.enrolment(build.learner())
            decision = build.credit_decision(other, other.programme.modules[1], first_lead)
            build.void(decision, first_lead)
            to = build.enrolment(build.learner(), enrolment.programme)
            claim = build.claim(to, state=ClaimState.GRANTED)
            source = build.source(claim, kind=SourceKind.HERE, credit_decision_id=decision.id)
            session.refresh(claim)
            build.granted(claim, lead, source)
        session.commit()
        browser = sign_in(lead)
        with queries() as statements:
            assert shown(browser.get("/")).says("no longer counts 15 credits")
        counts.append(len(statements))
        look_again()
    assert counts[0] == counts[1]
