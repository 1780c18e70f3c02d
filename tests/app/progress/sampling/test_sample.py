"""Whoever audits reads verified hours again: those with marks, and others by lot."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.hours import HoursEntry, HoursState
from app.models.people import Role
from app.progress.sampling.queries import Mark, sample_of
from tests.screen import shown


@pytest.fixture
def placement(build):
    return build.placement()


@pytest.fixture
def verified(build, placement):
    def put(**given):
        entry = build.entry(placement, state=HoursState.VERIFIED, **given)
        entry.verify(placement.mentor, build.now)
        build.session.commit()
        return entry

    return put


@pytest.fixture
def lead(build, placement):
    person = build.person()
    build.grant(person, Role.PROGRAMME_LEAD, provider=placement.module.programme.provider)
    build.session.commit()
    return person


def test_those_with_most_marks_come_first_and_the_others_by_lot(session, build, lead, verified, now):
    plain = [verified() for _ in range(3)]
    long = verified(minutes=13 * 60)
    both = verified(minutes=13 * 60, is_observed=True)
    late = verified(worked_on=build.today - timedelta(days=29))
    verified(worked_on=build.today - timedelta(days=28))
    sample = sample_of(session, lead, "a seed")
    assert sample.by_risk[0].id == both.id
    assert {one.id for one in sample.by_risk} == {both.id, long.id, late.id}
    assert sample.marks[both.id] == [Mark.LONG, Mark.OBSERVED]
    assert {one.id for one in plain} < {one.id for one in sample.by_lot}


def test_the_same_seed_draws_the_same_and_another_seed_others(session, lead, verified):
    for _ in range(40):
        verified()
    drawn = [[one.id for one in sample_of(session, lead, seed).by_lot] for seed in ("a", "a", "b")]
    assert drawn[0] == drawn[1] != drawn[2]
    assert len(set(drawn[0])) == 20


def test_only_what_is_verified_at_her_university_is_read(session, build, lead, verified, placement, sign_in):
    mine = verified()
    build.entry(placement, state=HoursState.SUBMITTED)
    other = build.placement()
    entry = build.entry(other, state=HoursState.VERIFIED)
    session.commit()
    sample = sample_of(session, lead, "a seed")
    assert [one.id for one in (*sample.by_risk, *sample.by_lot)] == [mine.id]
    assert sign_in(lead).post(f"/progress/hours/{entry.id}/reopen", data={"reason": "No."}).status_code == 404


def test_the_page_shows_the_seed_and_each_line_with_its_story(lead, verified, sign_in, placement):
    verified(is_observed=True)
    page = shown(sign_in(lead).get("/progress/sample?seed=spring"))
    assert page.field("Seed").value == "spring"
    line = page.section("By risk")
    assert line.link(placement.learner.name).startswith("/progress/")
    assert line.says(f"What stands here is what {placement.mentor.name} verified on 3 March 2026.")
    assert line.says("Logged: 1 h of workplace learning on 3 March 2026")
    assert sign_in(placement.mentor).get("/progress/sample").status_code == 403


def test_a_programme_lead_reopens_and_both_are_told(lead, verified, sign_in, placement, session, mails, look_again):
    entry = verified()
    address = f"/progress/hours/{entry.id}/reopen"
    assert shown(sign_in(lead).post(address, data={"reason": ""})).complaint == ("Why?", "Say why, in a few words")
    assert sign_in(lead).post(address, data={"reason": "Twice on the record."}).status_code == 303
    look_again()
    assert session.scalar(select(HoursEntry)).state is HoursState.RETURNED
    assert [mail[0] for mail in mails()] == [placement.learner.email, placement.mentor.email]


def test_an_academic_supervisor_reads_and_does_not_reopen(build, placement, verified, sign_in, session):
    entry = verified()
    person = build.person()
    build.grant(person, Role.ACADEMIC_SUPERVISOR, provider=placement.module.programme.provider)
    session.commit()
    assert "Reopen it" not in " ".join(shown(sign_in(person).get("/progress/sample")).links)
    assert sign_in(person).post(f"/progress/hours/{entry.id}/reopen", data={"reason": "No."}).status_code == 403
