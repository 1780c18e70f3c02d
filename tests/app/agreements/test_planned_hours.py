"""The plan of hours by month: spread over the days of the placement, whole at its end, none in a pause."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.operations.parties import Party
from app.rules.agreements.planned_hours import HoursPlan, months_of, planned_minutes_until, spread_evenly

FIRST = date(2026, 1, 15)


@st.composite
def plans(draw: st.DrawFn) -> HoursPlan:
    last = FIRST + timedelta(days=draw(st.integers(0, 400)))
    pauses, begins = [], FIRST
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 90)), max_size=3)):
        begins += timedelta(days=gap)
        pauses.append((begins, begins + timedelta(days=length)))
        begins += timedelta(days=length)
    months = draw(st.dictionaries(st.sampled_from(months_of(FIRST, last)), st.integers(1, 9_000)))
    return HoursPlan(months, FIRST, last, tuple(pauses))


@given(plans(), st.integers(-40, 460), st.integers(0, 60))
def test_it_never_falls_begins_with_nothing_and_ends_with_all(plan: HoursPlan, day: int, later: int) -> None:
    when = FIRST + timedelta(days=day)
    assert 0 <= plan.minutes_until(when) <= plan.minutes_until(when + timedelta(days=later)) <= plan.total_minutes
    assert plan.minutes_until(FIRST - timedelta(days=1)) == 0
    assert plan.minutes_until(plan.last) == plan.total_minutes


@given(plans(), st.integers(0, 400))
def test_nothing_is_planned_within_a_pause(plan: HoursPlan, day: int) -> None:
    when = FIRST + timedelta(days=day)
    is_paused = any(begins <= when < resumes for begins, resumes in plan.pauses)
    span = plan.span_of(f"{when:%Y-%m}")
    if is_paused and when < plan.last and plan.days(*span) and when < span[1]:
        assert plan.minutes_until(when) == plan.minutes_until(when - timedelta(days=1))


@given(plans(), st.integers(0, 2_000))
def test_what_is_spread_evenly_adds_up_in_whole_hours(plan: HoursPlan, hours: int) -> None:
    spread = spread_evenly(hours * 60, plan.first, plan.last, plan.pauses)
    runs = any(plan.days(*plan.span_of(month)) for month in months_of(plan.first, plan.last))
    assert sum(spread.values()) == (hours * 60 if runs else 0)
    assert all(minutes > 0 and minutes % 60 == 0 for minutes in spread.values())


def test_a_plan_counts_once_all_have_signed(session, build, agreement, placement, supervisor, today):
    placement.starts_on, placement.ends_on = date(2026, 3, 1), date(2026, 4, 30)
    agreement.minutes_by_month = {"2026-03": 3_100, "2026-04": 500}
    assert planned_minutes_until(session, placement, today) is None
    signers = {Party.LEARNER: placement.learner, Party.MENTOR: placement.mentor, Party.ACADEMIC_SUPERVISOR: supervisor}
    for party, person in signers.items():
        build.signature(agreement, party, person)
    assert planned_minutes_until(session, placement, today) == 300
    assert planned_minutes_until(session, placement, date(2026, 5, 1)) == 3_600
