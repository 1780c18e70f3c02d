"""Days and durations as they stand in sentences."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.dates_and_times import day_in_words, day_of, hours_and_minutes


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 h"),
        (1, "1 min"),
        (59, "59 min"),
        (60, "1 h"),
        (61, "1 h 1 min"),
        (90, "1 h 30 min"),
        (119, "1 h 59 min"),
        (120, "2 h"),
        (24 * 60, "24 h"),
        (90.9, "1 h 30 min"),
    ],
)
def test_a_duration_leaves_out_what_is_nothing(minutes, words):
    assert hours_and_minutes(minutes) == words


@given(st.integers(0, 10**6))
def test_every_duration_can_be_read_back(minutes):
    words = hours_and_minutes(minutes).split()
    factors = {"h": 60, "min": 1}
    assert sum(int(n) * factors[unit] for n, unit in zip(words[::2], words[1::2], strict=True)) == minutes


def test_a_day_has_no_leading_zero():
    assert [day_in_words(date(2026, 3, 3)), day_in_words(date(1999, 12, 31))] == ["3 March 2026", "31 December 1999"]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 3, 23, 59, tzinfo=UTC), date(2026, 3, 3)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_moment_of_summer_falls_on_the_day_of_the_clocks_in_london(moment, day):
    assert day_of(moment) == day
    assert day_in_words(moment) == day_in_words(day)
