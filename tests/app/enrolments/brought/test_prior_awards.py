"""A learner names a level that she was awarded elsewhere; a lead confirms it, and the next level is open to her."""

import pytest
from sqlalchemy import select

from app.models.academic.prior_awards import PriorAward, PriorAwardState
from app.models.programmes import Level
from app.rules.credit.entry import missing_level
from tests.screen import shown


@pytest.fixture
def dip(build, session, programme, lead):
    made = build.programme(programme.provider, Level.PGDIP)
    session.commit()
    return made


@pytest.fixture
def named(programme, days):
    return {
        "level": "PGCERT",
        "title": "PGCert Clinical Research",
        "awarded_by": "University of Elsewhere",
        **days("awarded_on", -300),
        "reference": "Certificate 12",
        "provider": str(programme.provider_id),
    }


def test_an_award_is_named_confirmed_and_opens_the_next_level(
    sign_in, session, look_again, dip, named, learner, lead, mails
):
    assert missing_level(session, learner.id, dip) is Level.PGCERT
    assert sign_in(learner).post("/my-programme/prior-awards/new", data=named).status_code == 303
    assert mails()[lead.email] == ["Robin Learner names a PGCert from elsewhere"]
    award = session.scalars(select(PriorAward)).one()
    browser = sign_in(lead)
    assert shown(browser.get("/")).link("Confirm a PGCert from elsewhere for Robin Learner")
    assert browser.post(f"/enrolments/prior-awards/{award.id}/confirm").status_code == 303
    look_again()
    assert missing_level(session, learner.id, dip) is None
    assert mails()[learner.email] == ["Your PGCert of University of Elsewhere is confirmed"]
    assert browser.post(f"/enrolments/prior-awards/{award.id}/confirm").status_code == 409


def test_it_counts_where_it_was_confirmed_and_a_confirmation_can_be_taken_back(
    sign_in, build, session, look_again, dip, learner, lead
):
    award = build.prior_award(learner, dip.provider, state=PriorAwardState.CONFIRMED)
    elsewhere = build.programme(level=Level.PGDIP)
    session.commit()
    assert missing_level(session, learner.id, dip) is None
    assert missing_level(session, learner.id, elsewhere) is Level.PGCERT
    address = f"/enrolments/prior-awards/{award.id}/refuse"
    assert sign_in(lead).post(address, data={"answer": ""}).status_code == 422
    assert sign_in(lead).post(address, data={"answer": "It is not known there."}).status_code == 303
    look_again()
    assert missing_level(session, learner.id, dip) is Level.PGCERT


def test_whoever_has_a_higher_level_has_those_below(build, session, dip, learner):
    build.prior_award(learner, dip.provider, level=Level.MSC, state=PriorAwardState.CONFIRMED)
    assert missing_level(session, learner.id, dip) is None


def test_an_award_to_come_is_refused_and_what_was_typed_stays(sign_in, session, dip, named, learner, days):
    refused = sign_in(learner).post("/my-programme/prior-awards/new", data=named | days("awarded_on", 1))
    assert refused.status_code == 422
    page = shown(refused)
    assert page.says("The date of the award must be today or in the past.")
    assert page.field("Title of the award").value == "PGCert Clinical Research"


def test_it_is_taken_back_until_it_is_answered(sign_in, build, session, dip, learner, lead):
    award = build.prior_award(learner, dip.provider)
    session.commit()
    browser = sign_in(learner)
    assert browser.post(f"/my-programme/prior-awards/{award.id}/take-back").status_code == 303
    assert not shown(browser.get("/my-programme")).says("Certificate 12")
    assert sign_in(lead).post(f"/enrolments/prior-awards/{award.id}/confirm").status_code == 409
