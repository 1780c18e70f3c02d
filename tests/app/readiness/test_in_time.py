"""What time does to needs: reminders, word of what is missing at the start and of what runs out, each once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.course.readiness import CoverState, NeedKind, NeedState
from app.models.operations.outbox import Message
from app.models.reminding.digests import DigestSetting, Rhythm
from app.readiness.jobs import keep_to_the_days
from app.rules.course.courses import risks_by_placement
from app.rules.course.risks import Risk
from tests.screen import shown

DAY = timedelta(days=1)


@pytest.fixture
def without_digests(build, placement):
    """Learner and mentor want no digest, so that each reminder is mailed by itself."""
    for person in (placement.learner, placement.mentor):
        build.add(DigestSetting(person_id=person.id, rhythm=Rhythm.NEVER))


@pytest.fixture
def look(app, session, now, look_again):
    """look(days) does what a worker does so many days from today, twice, and gives recipients and subjects of mails."""

    def after(days=0):
        session.commit()
        app.config["NOW"] = lambda: now + days * DAY
        with app.test_request_context():
            keep_to_the_days()
            keep_to_the_days()
        look_again()
        return [tuple(row) for row in session.execute(select(Message.recipient, Message.subject).order_by(Message.id))]

    return after


def test_owners_are_reminded_once_and_only_of_what_is_theirs_to_do(build, placement, needs, without_digests, look):
    build.cover(needs[NeedKind.ACCESS])
    build.cover(needs[NeedKind.RELEASE], state=CoverState.TO_CHECK)
    learner, mentor = placement.learner.email, placement.mentor.email
    assert look(12) == []
    assert look(13) == [  # five working days before: the 17th is a bank holiday in Northern Ireland
        (learner, "Before the placement starts: by 24 March 2026"),
        (mentor, "Before the placement starts: by 24 March 2026"),
    ]
    assert len(look(15)) == 2


def test_which_paper_it_is_is_asked_of_the_mentor(build, placement, without_digests, look):
    build.need(placement, NeedKind.ACCESS)
    mentor = placement.mentor.email
    assert [recipient for recipient, _ in look(14)] == [mentor]


def test_where_a_digest_comes_in_time_it_says_so_and_no_reminder_does(build, placement, needs, look, session):
    """The learner has chosen nothing, so hers comes on Mondays; the mentor wants none."""
    build.cover(needs[NeedKind.ACCESS])
    due = min(need.due_on for need in needs.values())
    build.add(DigestSetting(person_id=placement.mentor.id, rhythm=Rhythm.NEVER))
    assert [recipient for recipient, _ in look(13)] == [placement.mentor.email]
    assert all(need.reminded_at for need in needs.values() if need.due_on == due and need.kind is not NeedKind.ACCESS)


def test_before_the_first_day_everybody_hears_once_of_what_is_missing(build, placement, needs, coordinator, look):
    for kind, need in needs.items():
        need.reminded_at = build.now
        if kind is not NeedKind.GCP:
            build.cover(need)
    people = [placement.learner.email, placement.mentor.email, coordinator.email]
    assert look(23) == []
    told = look(27)
    assert {subject for _, subject in told} == {"The placement of Robin Learner cannot start yet"}
    assert {one for one, _ in told} >= set(people)
    assert len(told) == len(set(told)) == len(look(28))


def test_what_runs_out_is_told_to_whoever_sees_to_it_and_an_exception_to_all(
    build, placement, needs, all_in_place, coordinator, without_digests, look, today
):
    placement.starts_on = today - DAY
    all_in_place[NeedKind.GCP].until_on = today + 40 * DAY
    all_in_place[NeedKind.RELEASE].is_exception = True
    all_in_place[NeedKind.RELEASE].until_on = today + 40 * DAY
    people = [placement.learner.email, placement.mentor.email, coordinator.email]
    assert look(9) == []
    assert look(10) == [(people[0], "Training in good clinical practice lapses on 12 April 2026")]
    told = look(37)[1:]
    assert {subject for _, subject in told} == {"The exception for the employer’s release ends on 12 April 2026"}
    assert {one for one, _ in told} >= set(people)
    assert len(told) == len(set(told))


@pytest.mark.parametrize("state", [CoverState.GOOD, CoverState.TO_CHECK])
def test_nobody_hears_of_what_goes_on_or_waits_to_be_checked(build, placement, all_in_place, gcp, look, today, state):
    placement.starts_on = today - DAY
    all_in_place[NeedKind.GCP].until_on = today + 5 * DAY
    build.cover(gcp, from_on=today, state=state)
    assert look() == []


def risks(session, placement, today):
    found = risks_by_placement(session, today).get(placement.id, ())
    return [one for one in found if one.risk in (Risk.NOT_READY, Risk.RUNS_OUT)]


def test_a_placement_is_at_risk_from_the_day_on_which_something_is_due(session, placement, needs, today):
    due = needs[NeedKind.GCP].due_on
    assert risks(session, placement, due - DAY) == []
    assert [one.risk for one in risks(session, placement, due)] == [Risk.NOT_READY]


def test_what_lapses_before_the_end_is_a_risk_and_what_does_not_is_none(session, placement, all_in_place, today):
    assert risks(session, placement, today) == []
    all_in_place[NeedKind.GCP].until_on = placement.ends_on
    session.flush()
    assert risks(session, placement, today) == []
    all_in_place[NeedKind.GCP].until_on = placement.ends_on - DAY
    session.flush()
    [found] = risks(session, placement, today)
    assert (found.risk, found.day) == (Risk.RUNS_OUT, placement.ends_on - DAY)


def test_the_coordinator_reads_what_is_missing_and_home_leads_there(
    sign_in, build, placement, needs, coordinator, today
):
    placement.starts_on = today - DAY
    for kind, need in needs.items():
        if kind is not NeedKind.ACCESS:
            build.cover(need, until_on=placement.ends_on - DAY if kind is NeedKind.GCP else None)
    browser = sign_in(coordinator)
    page = shown(browser.get("/our-placements"))
    words = page.row("Robin Learner PGCert")["At risk because"]
    assert "Work in the study cannot start or go on: the access paper is missing." in words
    assert "Training in good clinical practice lapses on 28 October 2026, before the placement ends." in words
    home = shown(browser.get("/"))
    link = home.link("See what 1 placement lacks before work in the study can start")
    assert link == "/our-placements?risk=NOT_READY"
    assert shown(browser.get(link)).rows == ["Robin Learner PGCert"]


def test_home_says_to_each_what_is_theirs(sign_in, build, placement, needs, today):
    needs[NeedKind.RELEASE].state = NeedState.NOT_NEEDED
    learner, mentor, id_ = placement.learner, placement.mentor, placement.id
    home = shown(sign_in(learner).get("/"))
    assert home.link("Before your placement starts: see to 2 things") == f"/placements/{id_}/before-start"
    home = shown(sign_in(mentor).get("/"))
    assert home.link("Before the placement of Robin Learner starts: see to 1 thing")


def test_home_asks_to_renew_what_lapses_soon(sign_in, placement, all_in_place, today):
    placement.starts_on = today - DAY
    all_in_place[NeedKind.GCP].until_on = today + 20 * DAY
    assert shown(sign_in(placement.learner).get("/")).link("Renew training in good clinical practice")


def test_the_pages_need_no_more_queries_when_more_waits(sign_in, build, placement, needs, coordinator, queries):
    def another():
        more = build.placement()
        more.opening.network = placement.opening.network
        for need in build.needs(more).values():
            build.cover(need, state=CoverState.TO_CHECK)

    def number(browser, address):
        with queries() as statements:
            assert browser.get(address).status_code == 200
        return len(statements)

    for need in needs.values():
        build.cover(need, state=CoverState.TO_CHECK)
    addresses = ("/", "/before-start", "/our-placements")
    another()
    few = [number(sign_in(coordinator), address) for address in addresses]
    for _ in range(4):
        another()
    build.session.refresh(coordinator)
    many = [number(sign_in(coordinator), address) for address in addresses]
    assert [max(0, more - less) for less, more in zip(few, many, strict=True)] == [0, 0, 0]
