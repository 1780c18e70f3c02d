"""Reviews are due as the programme sets it; pauses and another end move them, and one gives way to the next."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.course.progress_reviews import ReviewKind, ReviewPlan, plan_for
from app.models.placements import Outcome
from app.rules.progress_reviews.dates import ASKED_AFTER_END, ReviewDates, Weeks, last_kind

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
START = date(2026, 1, 5)
INITIAL, MIDDLE, FINAL, CLOSING = ReviewKind
HALF_A_YEAR = ReviewDates(Weeks(), START, START + 26 * WEEK)


def due(dates):
    return {kind: (dates.due_on(kind) - START).days // 7 for kind in dates.kinds}


def test_the_initial_one_is_due_after_four_weeks_the_middle_one_at_half_and_the_final_one_at_the_end():
    assert due(HALF_A_YEAR) == {INITIAL: 4, MIDDLE: 13, FINAL: 26}


def test_a_short_placement_has_two_the_first_of_them_at_half_at_the_latest():
    assert due(replace(HALF_A_YEAR, ends_on=START + 6 * WEEK)) == {INITIAL: 3, FINAL: 6}
    assert due(replace(HALF_A_YEAR, ends_on=START + 12 * WEEK)) == {INITIAL: 4, MIDDLE: 6, FINAL: 12}


def test_a_pause_and_another_end_move_what_is_still_to_come():
    paused = replace(HALF_A_YEAR, ends_on=START + 30 * WEEK, pauses=((START + 6 * WEEK, START + 10 * WEEK),))
    assert due(paused) == {INITIAL: 4, MIDDLE: 17, FINAL: 30}
    assert due(replace(HALF_A_YEAR, ends_on=START + 16 * WEEK)) == {INITIAL: 4, MIDDLE: 8, FINAL: 16}


def test_one_whose_time_has_passed_gives_way_to_the_next():
    weeks = {0: INITIAL, 5: INITIAL, 12: MIDDLE, 20: MIDDLE, 25: FINAL, 27: FINAL}
    assert {week: HALF_A_YEAR.asked_on(START + week * WEEK) for week in weeks} == weeks
    assert HALF_A_YEAR.asked_on(START - DAY) is None
    assert HALF_A_YEAR.asked_on(HALF_A_YEAR.ends_on + ASKED_AFTER_END + DAY) is None


def test_what_breaks_off_or_goes_on_elsewhere_has_a_closing_review_and_no_other():
    finals = {outcome for outcome in (None, *Outcome) if last_kind(outcome) is FINAL}
    assert finals == {None, Outcome.COMPLETED_EARLY}
    assert replace(HALF_A_YEAR, last=CLOSING).kinds == (CLOSING,)


def test_what_is_set_later_does_not_move_placements_that_began_before():
    early, late, off = (
        ReviewPlan(id=number, from_on=START + weeks * WEEK, is_asked=asked)
        for number, weeks, asked in ((1, 0, True), (2, 10, True), (3, 20, False))
    )
    plans = [early, late, off]
    assert [plan_for(plans, START + weeks * WEEK) for weeks in (-1, 0, 9, 10, 20)] == [None, early, early, late, None]


@st.composite
def some_dates(draw):
    ends_on = START + draw(st.integers(0, 400)) * DAY
    pauses, day = [], START
    for before, length in draw(st.lists(st.tuples(st.integers(1, 90), st.integers(1, 60)), max_size=3)):
        first = day + before * DAY
        day = first + length * DAY
        pauses.append((first, day))
    weeks = Weeks(draw(st.integers(1, 8)), draw(st.integers(1, 4)), draw(st.integers(4, 20)))
    return ReviewDates(weeks, START, ends_on, tuple(pauses))


@given(some_dates(), st.integers(0, 500))
def test_a_review_is_overdue_from_the_day_after_it_was_due(dates, days):
    day = START + days * DAY
    assert all(dates.is_past(kind, day) == (day > dates.due_on(kind)) for kind in dates.kinds)


@given(some_dates())
def test_reviews_are_due_in_their_order_and_asked_for_one_after_the_other(dates):
    days = [dates.due_on(kind) for kind in dates.kinds]
    assert days == sorted(days)
    order = list(ReviewKind)
    asked = [dates.asked_on(dates.starts_on + number * DAY) for number in range(dates.length + 1)]
    places = [order.index(kind) for kind in asked if kind]
    assert places == sorted(places)
