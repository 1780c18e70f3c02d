"""Planned, submitted, verified, minimum: the four numbers of a placement, and its weeks."""

from datetime import date, timedelta

import pytest

from app.language.dates_and_times import hours_and_minutes
from app.models.course.agreements import Objective
from app.models.hours import HoursCategory, HoursState
from app.models.operations.parties import Party
from app.models.people import Role
from app.rules.agreements.planned_hours import HoursPlan, agreed_plans, spread_evenly
from app.rules.hours.plan import DayOfHours, Plan, four_numbers, weeks_of
from app.rules.workplace_hours import Workplace
from tests.screen import shown

MONDAY = date(2026, 1, 5)
TEN_WEEKS = Plan(Workplace((50, 100), MONDAY, MONDAY + timedelta(weeks=10), 0))


def of(day, minutes, state=HoursState.SUBMITTED, category=HoursCategory.WORKPLACE):
    return DayOfHours(day, category, state, minutes)


def test_the_four_numbers_are_of_the_workplace_and_of_what_stands():
    days = [
        of(MONDAY, 300, HoursState.VERIFIED),
        of(MONDAY, 120),
        of(MONDAY, 60, HoursState.DRAFT),
        of(MONDAY, 30, HoursState.RETURNED),
        of(MONDAY, 999, HoursState.VERIFIED, HoursCategory.TEACHING),
    ]
    numbers = four_numbers(TEN_WEEKS, days, MONDAY + timedelta(weeks=2))
    assert (numbers.planned, numbers.submitted, numbers.verified, numbers.minimum) == (600, 420, 300, 3000)
    assert (numbers.drafts, numbers.position) == (90, "3 h behind the plan")


def test_ahead_of_and_just_as_planned_are_said():
    day = MONDAY + timedelta(weeks=2)
    assert four_numbers(TEN_WEEKS, [of(MONDAY, 660)], day).position == "1 h ahead of the plan"
    assert four_numbers(TEN_WEEKS, [of(MONDAY, 600)], day).position == "just as planned"
    assert four_numbers(Plan(Workplace(None, MONDAY, MONDAY, 0)), [of(MONDAY, 600)], day).position == ""


def test_each_week_has_what_was_up_to_its_end():
    days = [of(MONDAY, 300, HoursState.VERIFIED), of(MONDAY + timedelta(days=8), 120)]
    first, second, third = weeks_of(TEN_WEEKS, days, {MONDAY + timedelta(weeks=2)}, MONDAY + timedelta(days=20))
    assert (first.logged_minutes, second.logged_minutes, third.logged_minutes) == (300, 120, 0)
    assert [week.submitted_minutes for week in (first, second, third)] == [300, 420, 420]
    assert [week.verified_minutes for week in (first, second, third)] == [300, 300, 300]
    assert [week.says_none for week in (first, second, third)] == [False, False, True]
    assert second.ahead_minutes == 420 - TEN_WEEKS.workplace.line_minutes(MONDAY + timedelta(days=13))


def test_the_page_says_where_it_stands_and_shows_it(browser, mentor, submitted, placement, strange_learner):
    submitted(minutes=660)
    page = f"/placements/{placement.id}/hours"
    for person in (browser, mentor):
        screen = shown(person.get(page))
        assert screen.pictures == ["11 h in the workplace count, 1 h ahead of the plan"]
        row = screen.table("Hours in the workplace up to the end of each week").row("2 March 2026")
        assert (row["Submitted"], row["Verified"], row["Position"]) == ("11 h", "0 h", "1 h ahead")
    assert "Read and verify them" in shown(mentor.get(page)).links
    assert "Read and verify them" not in shown(browser.get(page)).links
    assert strange_learner.get(page).status_code == 404


@pytest.fixture
def signed(build, session):
    """signed(placement, workplace=20, teaching=20) is its agreement with so many hours, which all three have signed."""

    def put(placement, **hours):
        minutes = {HoursCategory[name.upper()].value: number * 60 for name, number in hours.items()}
        by_month = spread_evenly(sum(minutes.values()), placement.starts_on, placement.ends_on)
        agreement = build.agreement(placement, minutes_by_category=minutes, minutes_by_month=by_month)
        supervisor = build.person()
        build.grant(supervisor, Role.ACADEMIC_SUPERVISOR, provider=placement.module.programme.provider)
        people = {Party.LEARNER: placement.learner, Party.MENTOR: placement.mentor}
        for party, person in (people | {Party.ACADEMIC_SUPERVISOR: supervisor}).items():
            build.signature(agreement, party, person)
        session.commit()
        return agreement

    return put


def agreed_over(first, weeks, minutes, workplace_minutes):
    return HoursPlan({f"{first:%Y-%m}": minutes}, first, first + timedelta(weeks=weeks, days=-1), (), workplace_minutes)


def test_what_is_agreed_takes_the_place_of_the_line_with_its_share_in_the_workplace():
    plan = Plan(TEN_WEEKS.workplace, agreed_over(MONDAY, 2, 1_400, 700))
    days = [MONDAY + timedelta(days=n) for n in (-1, 0, 6, 13, 70)]
    assert [plan.planned_minutes(day) for day in days] == [0, 50, 350, 700, 700]
    numbers = four_numbers(plan, [of(MONDAY, 410)], MONDAY + timedelta(days=6))
    assert (numbers.planned, numbers.minimum, numbers.position) == (350, 3_000, "1 h ahead of the plan")


def test_an_agreement_of_a_part_that_goes_on_adds_to_the_line_until_there():
    later = MONDAY + timedelta(weeks=2)
    plan = Plan(TEN_WEEKS.workplace, agreed_over(later, 1, 700, 700))
    assert [plan.planned_minutes(later + timedelta(days=n)) for n in (-7, -1, 0, 6)] == [300, 557, 700, 1_300]


def test_an_agreement_is_a_plan_where_there_is_no_band_and_may_plan_nothing_in_the_workplace():
    plan = Plan(Workplace(None, MONDAY, MONDAY + timedelta(weeks=2), 0), agreed_over(MONDAY, 2, 1_400, 0))
    numbers = four_numbers(plan, [of(MONDAY, 60)], MONDAY + timedelta(weeks=1))
    assert (numbers.planned, numbers.minimum, numbers.position) == (0, 0, "1 h ahead of the plan")


def test_the_page_follows_the_agreement_once_all_have_signed_it(browser, submitted, placement, signed, session, today):
    submitted(minutes=660)
    page = f"/placements/{placement.id}/hours"
    evenly = "Without a learning agreement that all have signed, the plan rises evenly to the minimum."
    assert shown(browser.get(page)).says(evenly)
    agreement = signed(placement, workplace=1_000, teaching=1_000)
    planned = agreed_plans(session, [placement])[placement.id].minutes_until(today) // 2
    screen = shown(browser.get(page))
    assert screen.pictures == [f"11 h in the workplace count, {hours_and_minutes(planned - 660)} behind the plan"]
    assert screen.says("The plan is that of the learning agreement, which all have signed.")
    assert not screen.says(evenly)
    agreement.working_pattern = "Fridays."
    session.commit()
    assert shown(browser.get(page)).pictures == ["11 h in the workplace count, 1 h ahead of the plan"]


def test_the_page_takes_the_same_queries_for_a_longer_agreement(browser, placement, signed, session, queries):
    page, numbers = f"/placements/{placement.id}/hours", []
    agreement = signed(placement, workplace=1_000)
    for _ in range(2):
        with queries() as statements:
            assert browser.get(page).status_code == 200
        numbers.append(len(statements))
        agreement.objectives += [Objective(words=f"To learn a thing, number {n}.") for n in range(5)]
        session.commit()
    assert numbers[0] == numbers[1]
