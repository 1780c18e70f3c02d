"""Moments as people name them here, around the change of the clocks and at the ends of days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.dates_and_times import LONDON, day_of
from app.language.local_times import (
    NoSuchTime,
    clock_of,
    end_of_day,
    from_in_words,
    last_day_before,
    moment_here,
    start_of_day,
    time_in,
    until_in_words,
)

DAYS = st.dates(date(2000, 1, 1), date(2199, 12, 30))
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
MOMENTS = st.integers(0, 10**8).map(lambda minutes: datetime(2000, 1, 2, tzinfo=UTC) + timedelta(minutes=minutes))


@given(DAYS)
def test_a_day_is_what_lies_between_its_midnights(day):
    start, end = start_of_day(day), end_of_day(day)
    assert day_of(start) == day == last_day_before(end)
    assert day_of(end) == day + timedelta(days=1)
    assert end - start in {timedelta(hours=hours) for hours in (23, 24, 25)}


@given(MOMENTS)
def test_a_moment_belongs_to_the_day_that_it_ends_and_a_midnight_to_the_day_before(moment):
    assert start_of_day(last_day_before(moment)) < moment <= end_of_day(last_day_before(moment))


@given(DAYS, CLOCKS)
def test_a_named_time_is_the_one_moment_at_which_the_clocks_show_it(day, clock):
    around = (datetime.combine(day, clock, UTC) + timedelta(hours=offset) for offset in (-1, 0))
    shown = [moment for moment in around if (day_of(moment), clock_of(moment)) == (day, clock)]
    if len(shown) == 1:
        assert moment_here(day, clock) == shown[0]
    else:
        with pytest.raises(NoSuchTime):
            moment_here(day, clock)


@pytest.mark.parametrize(
    ("day", "clock", "words"),
    [
        (date(2026, 3, 29), time(1, 30), "there is no 1:30am on 29 March 2026, when the clocks go forward"),
        (date(2026, 10, 25), time(1), "1am comes twice on 25 October 2026, when the clocks go back"),
    ],
)
def test_the_hour_that_is_left_out_or_comes_twice_is_refused_with_words(day, clock, words):
    with pytest.raises(NoSuchTime) as refusal:
        moment_here(day, clock)
    assert str(refusal.value) == f"{words}: choose another time"


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("9am", time(9)),
        ("9 AM", time(9)),
        ("12am", time(0)),
        ("12.15 pm", time(12, 15)),
        ("5:30pm", time(17, 30)),
        ("17:30", time(17, 30)),
        ("17.30", time(17, 30)),
        ("midday", time(12)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, clock):
    assert time_in(typed) == clock


@pytest.mark.parametrize("typed", ["", "9", "25:00", "13pm", "0am", "9:60", "soon", "٩:٠٠"])
def test_what_is_no_time_is_not_guessed(typed):
    with pytest.raises(ValueError, match=r"."):
        time_in(typed)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 7, 1), date(2026, 12, 31)])
def test_a_whole_day_is_said_without_a_time(day):
    assert from_in_words(start_of_day(day)) == until_in_words(end_of_day(day)) == f"{day.day} {day:%B %Y}"


def test_any_other_moment_is_said_with_its_time():
    moment = datetime(2026, 7, 1, 17, tzinfo=LONDON)
    assert (from_in_words(moment), until_in_words(moment)) == ("1 July 2026 at 5pm", "1 July 2026 at 5pm")
    assert until_in_words(moment + timedelta(minutes=5)) == "1 July 2026 at 5:05pm"
