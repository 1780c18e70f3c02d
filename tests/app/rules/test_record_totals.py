"""What counts on a record: sums over entries and confirmed sessions, what never counts, and where the band is."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.language.dates_and_times import day_of
from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.placements import Placement, PlacementState
from app.models.programmes import Enrolment, Level, Module, Programme
from app.models.supervision import SessionForm, SupervisionSession
from app.rules.record_totals import (
    Summary,
    combined,
    logged_minutes,
    needs_session,
    summaries,
    summaries_with_earlier,
    summary_of,
    workplace_of,
)
from app.rules.workplace_hours import SLACK, Workplace, band_left, running_total
from app.web.workplace_picture import BOTTOM, LEFT, RIGHT, TOP, picture_of
from tests.app.rules.said_of_risks import risks

START, END = date(2026, 1, 1), date(2026, 10, 28)
minutes = st.integers(1, 24 * 60)
days = st.dates(START, END)
entry_facts = st.tuples(st.sampled_from(HoursCategory), minutes, st.booleans())
session_facts = st.tuples(minutes, st.sampled_from(["to confirm", "confirmed", "questioned", "withdrawn"]))


def add_records(session, placement, now, entries, meetings):
    for number, (category, length, is_withdrawn) in enumerate(entries):
        session.add(
            HoursEntry(
                placement=placement,
                state=HoursState.SUBMITTED,
                worked_on=day_of(now) - timedelta(days=number),
                category=category,
                minutes=length,
                did="Screening.",
                logged_at=now,
                form_key=f"entry {placement.id} {number}",
                withdrawn_at=now if is_withdrawn else None,
            )
        )
    for number, (length, state) in enumerate(meetings):
        session.add(
            SupervisionSession(
                placement=placement,
                held_on=day_of(now) - timedelta(days=number),
                minutes=length,
                form=SessionForm.VIDEO,
                topics="Consent.",
                logged_by_id=placement.mentor_id,
                logged_at=now,
                form_key=f"session {placement.id} {number}",
                confirmed_at=now if state in ("confirmed", "withdrawn") else None,
                disputed_at=now if state == "questioned" else None,
                withdrawn_at=now if state == "withdrawn" else None,
            )
        )
    session.flush()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=st.lists(entry_facts, max_size=12), meetings=st.lists(session_facts, max_size=8))
def test_totals_are_the_sum_of_what_counts(session, build, now, entries, meetings):
    placement, other = build.placement(), build.placement()
    add_records(session, placement, now, entries, meetings)
    add_records(session, other, now, [(HoursCategory.WORKPLACE, 77, False)], [])
    found = summaries(session, [placement.id, other.id])
    expected = dict.fromkeys(HoursCategory, 0)
    for category, length, is_withdrawn in entries:
        expected[category] += 0 if is_withdrawn else length
    for length, state in meetings:
        expected[HoursCategory.SUPERVISION] += length if state == "confirmed" else 0
    assert found[placement.id].minutes == expected
    assert found[placement.id].total_minutes == sum(expected.values())
    assert found[placement.id].waiting_sessions == sum(s in ("to confirm", "questioned") for _, s in meetings)
    assert found[other.id].workplace_minutes == 77
    assert combined(found.values()).total_minutes == sum(expected.values()) + 77
    session.rollback()


def test_a_placement_without_a_record_has_nothing(session, build):
    summary = summary_of(session, build.placement())
    assert (summary.total_minutes, summary.last_session_on, summary.waiting_sessions) == (0, None, 0)


def test_the_last_session_is_the_latest_that_was_not_withdrawn(session, build, now):
    placement = build.placement()
    add_records(session, placement, now, [], [(60, "withdrawn"), (60, "to confirm"), (60, "confirmed")])
    assert summary_of(session, placement).last_session_on == day_of(now) - timedelta(days=1)


def test_the_summaries_of_many_placements_take_two_queries(session, build, queries):
    ids = [build.placement().id for _ in range(6)]
    with queries() as statements:
        summaries(session, ids)
    assert len(statements) == 2


def test_a_day_counts_all_placements_of_a_learner_but_nobody_elses(session, build, now, today):
    learner = build.learner()
    for _ in range(2):
        add_records(
            session, build.placement(learner), now, [(HoursCategory.WORKPLACE, 60, False)], [(30, "to confirm")]
        )
    add_records(session, build.placement(), now, [(HoursCategory.WORKPLACE, 500, False)], [])
    assert logged_minutes(session, learner.id, today, today) == {today: 180}


@given(st.lists(st.tuples(days, minutes), max_size=40))
def test_a_running_total_rises_to_the_sum(steps):
    totals = running_total(steps)
    assert [day for day, _ in totals] == sorted({day for day, _ in steps})
    assert [total for _, total in totals] == sorted({total for _, total in totals})
    assert (totals[-1][1] if totals else 0) == sum(length for _, length in steps)


@pytest.mark.parametrize(
    ("level", "done", "position"),
    [
        (Level.PGCERT, 0, "50 h to go until the band of 50 to 100 hours"),
        (Level.PGCERT, 49 * 60 + 59, "1 min to go until the band of 50 to 100 hours"),
        (Level.PGCERT, 50 * 60, "within the band of 50 to 100 hours"),
        (Level.PGCERT, 100 * 60, "within the band of 50 to 100 hours"),
        (
            Level.PGCERT,
            100 * 60 + 1,
            "above the band of 50 to 100 hours, which is allowed but gives no extra credit",
        ),
        (Level.PGDIP, 69 * 60, "1 h to go until the band of 70 to 150 hours"),
        (Level.PGDIP, 150 * 60, "within the band of 70 to 150 hours"),
        (Level.PGDIP, 151 * 60, "above the band of 70 to 150 hours, which is allowed but gives no extra credit"),
    ],
)
def test_the_position_is_below_within_or_above_the_band(level, done, position):
    assert Workplace(level.workplace_band_hours, START, END, done).position == position


BEGUN = START + timedelta(days=60)  # the line to be on track stands at a fifth of 50 hours


@pytest.mark.parametrize(
    ("today", "done", "finding"),
    [
        (START - timedelta(days=1), 0, "0 h in the workplace: the placement has not begun"),
        (START, 0, "0 h in the workplace, on track: 50 h to go until the band of 50 to 100 hours"),
        (
            BEGUN,
            10 * 60 - 1,
            "9 h 59 min in the workplace, below the line to be on track: "
            "40 h 1 min to go until the band of 50 to 100 hours",
        ),
        (BEGUN, 10 * 60, "10 h in the workplace, on track: 40 h to go until the band of 50 to 100 hours"),
        (BEGUN, 50 * 60, "50 h in the workplace: within the band of 50 to 100 hours"),
        (
            BEGUN,
            101 * 60,
            "101 h in the workplace: above the band of 50 to 100 hours, which is allowed but gives no extra credit",
        ),
        (START - timedelta(days=1), 50 * 60, "50 h in the workplace: within the band of 50 to 100 hours"),
    ],
)
def test_the_picture_says_in_words_what_it_shows(today, done, finding):
    picture = picture_of(Workplace((50, 100), START, END, done), [(START, done)], today)
    assert picture is not None
    assert picture.finding == finding
    assert picture.band_label == "50 to 100 h"


def test_the_table_beside_the_picture_has_the_end_of_each_month_and_today():
    steps = [(date(2026, 1, 31), 60), (date(2026, 2, 1), 150), (date(2026, 3, 2), 200)]
    picture = picture_of(Workplace((50, 100), START, END, 200), steps, BEGUN)
    assert picture is not None
    assert [(row.day, row.minutes, row.line_minutes) for row in picture.rows] == [
        (date(2026, 1, 31), 60, 300),
        (date(2026, 2, 28), 150, 580),
        (BEGUN, 200, 600),
    ]


def test_a_month_that_ends_today_has_one_line_in_the_table():
    picture = picture_of(Workplace((50, 100), START, END, 0), [], date(2026, 2, 28))
    assert picture is not None
    assert [row.day for row in picture.rows] == [date(2026, 1, 31), date(2026, 2, 28)]


@given(days, days)
def test_the_line_rises_from_nothing_at_the_start_to_the_band_at_the_end(one, other):
    line = Workplace((50, 100), START, END, 0).line_minutes
    assert line(min(one, other)) <= line(max(one, other))
    assert (line(START), line(END)) == (0, 50 * 60)
    assert (line(START - timedelta(days=9)), line(END + timedelta(days=9))) == (0, 50 * 60)


@given(done=st.integers(0, 200 * 60), today=days)
def test_hours_are_a_risk_only_when_the_line_was_higher_four_weeks_ago(done, today):
    workplace = Workplace((50, 100), START, END, done)
    assert bool(workplace.complaint(today)) == (done < workplace.line_minutes(today - timedelta(weeks=4)))


@pytest.mark.parametrize(
    ("done", "complaint"),
    [
        (319, "5 h 19 min in the workplace. To reach 50 hours in time it would be about 10 h by now."),
        (320, ""),
        (599, ""),
    ],
)
def test_the_complaint_says_what_it_is_and_what_it_would_be(done, complaint):
    assert Workplace((50, 100), START, END, done).complaint(BEGUN) == complaint


def test_a_level_without_a_band_has_no_line_no_risk_and_no_picture():
    workplace = Workplace(None, START, END, 60)
    assert (workplace.position, workplace.complaint(END)) == ("", "")
    assert picture_of(workplace, [], END) is None


@given(steps=st.lists(st.tuples(days, minutes), max_size=30), today=st.dates(START - SLACK, END + SLACK))
def test_the_picture_stays_in_its_box_and_ends_at_the_total(steps, today):
    totals = running_total(steps)
    done = totals[-1][1] if totals else 0
    picture = picture_of(Workplace((50, 100), START, END, done), totals, today)
    assert picture is not None
    points = [tuple(map(float, point.split(","))) for point in picture.points.split()]
    assert all(LEFT <= x <= RIGHT and TOP - 0.1 <= y <= BOTTOM for x, y in points)
    assert picture.rows[-1].minutes == max((total for day, total in totals if day <= picture.rows[-1].day), default=0)


def placement_like(starts_on, ends_on):
    """A placement with just what the risk rules ask."""

    module = Module(title="RPE", credits=15, programme=Programme(level=Level.PGCERT, title="PGCert"))
    return Placement(starts_on=starts_on, ends_on=ends_on, state=PlacementState.ACTIVE, module=module)


@given(since=st.integers(0, 200), met=st.one_of(st.none(), st.integers(0, 200)))
def test_two_months_without_a_session_are_a_risk_and_one_month_is_a_reminder(since, met):
    today = START + timedelta(days=since)
    placement = placement_like(START, START + timedelta(days=3650))
    last = today - timedelta(days=met) if met is not None and met <= since else None
    summary = Summary(last_session_on=last)
    without = (today - (last or START)).days
    assert needs_session(placement, summary, today) == (without > 30)
    assert any("No session" in risk for risk in risks(placement, summary, today)) == (without > 60)


TOO_FEW = "0 h in the workplace. To reach 50 hours in time it would be about 10 h by now."


@pytest.mark.parametrize(
    ("days", "last", "minutes", "found"),
    [
        (60, None, 600, []),
        (61, None, 600, ["No session for 8 weeks. There has been none yet."]),
        (60, None, 0, [TOO_FEW]),
        (61, None, 0, ["No session for 8 weeks. There has been none yet.", TOO_FEW]),
        (70, date(2026, 1, 11), 600, []),
        (70, date(2026, 1, 10), 600, ["No session for 8 weeks. The last one was on 10 January 2026."]),
        (77, date(2026, 1, 9), 600, ["No session for 9 weeks. The last one was on 9 January 2026."]),
    ],
)
def test_each_risk_is_said_in_a_sentence(days, last, minutes, found):
    summary = Summary({HoursCategory.WORKPLACE: minutes}, last)
    assert risks(placement_like(START, END), summary, START + timedelta(days=days)) == found


@pytest.mark.parametrize(("day", "is_at_risk"), [(END, True), (END + timedelta(days=1), False)])
def test_a_placement_is_at_risk_to_its_last_day_and_not_after_it(day, is_at_risk):
    assert bool(risks(placement_like(START, END), Summary(), day)) == is_at_risk
    assert needs_session(placement_like(START, END), Summary(), day) == is_at_risk


def test_a_placement_that_has_not_begun_is_at_no_risk():
    """Not even where the two met long ago, in an earlier one."""
    summary = Summary(last_session_on=START - timedelta(days=99))
    assert risks(placement_like(START, END), summary, START - timedelta(days=1)) == []


@given(st.sampled_from([(50, 100), (70, 150)]), st.integers(5, 60), st.integers(0, 80))
def test_the_band_shrinks_with_what_is_recognised_and_never_asks_for_more_than_is_left(band, number, recognised):
    left = band_left(band, number, recognised)
    if recognised >= number:
        assert left is None
        return
    assert left is not None
    low, high = left
    assert 0 <= low <= high
    assert low * number <= band[0] * (number - recognised) < (low + 1) * number
    assert (high - 1) * number < band[1] * (number - recognised) <= high * number
    assert band_left(band, number, 0) == band
    assert band_left(None, number, recognised) is None


def test_hours_of_a_module_that_is_recognised_in_part_stand_to_what_is_left_of_the_band(build, session):
    placement = build.placement()
    enrolment = session.scalars(select(Enrolment).where(Enrolment.learner_id == placement.learner_id)).one()
    whole = summaries_with_earlier(session, [placement])[placement.id]
    assert workplace_of(placement, whole).band_hours == (50, 100)
    claim = build.claim(enrolment, module=placement.module, credits=6)
    build.granted(claim, build.person(), build.source(claim, credits=6))
    build.claim(build.enrolment(build.learner()), module=placement.module)
    shrunk = summaries_with_earlier(session, [placement])[placement.id]
    assert workplace_of(placement, shrunk).band_hours == (30, 60)
    assert combined([shrunk, shrunk]).recognised == 6
