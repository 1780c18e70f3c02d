"""Working days: weekends and the bank holidays of all four nations are left out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.working_days import is_working_day, working_day_after, working_days_between

DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 3, 7),  # a Saturday
        date(2026, 3, 17),  # Northern Ireland alone
        date(2026, 11, 30),  # Scotland alone
        date(2026, 4, 6),  # Easter Monday, not in Scotland
        date(2026, 12, 28),  # in place of Boxing Day, a Saturday
    ],
)
def test_nobody_is_asked_to_answer_on_a_day_that_is_free_anywhere(day):
    assert not is_working_day(day)


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_working_days_add_up_and_are_never_more_than_those_of_the_week(day, first, second):
    middle, end = day + timedelta(days=first), day + timedelta(days=first + second)
    assert working_days_between(day, end) == working_days_between(day, middle) + working_days_between(middle, end)
    assert working_days_between(day, end) <= (first + second) // 7 * 5 + min(5, (first + second) % 7)
    assert working_days_between(end, day) == 0 or first + second == 0


def test_two_working_days_around_easter():
    assert working_day_after(date(2026, 4, 2), 2) == date(2026, 4, 8)


@given(DAYS, st.integers(0, 60))
def test_between_a_day_and_the_one_so_many_working_days_after_it_are_that_many(day, number):
    found = working_day_after(day, number)
    assert working_days_between(day, found) == number
    assert found == day if number == 0 else is_working_day(found)
