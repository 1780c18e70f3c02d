"""Days on which people work, counted forwards and backwards."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.rules.days.working_days import is_working_day, working_day_after, working_day_before

GOOD_FRIDAY, EASTER_MONDAY = date(2026, 4, 3), date(2026, 4, 6)
HOLIDAYS = frozenset({GOOD_FRIDAY, EASTER_MONDAY})
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
NUMBERS = st.integers(0, 30)


def test_saturday_sunday_and_bank_holidays_are_no_working_days():
    week = [date(2026, 3, 30) + timedelta(days=number) for number in range(8)]
    assert [day.day for day in week if is_working_day(day, HOLIDAYS)] == [30, 31, 1, 2]
    assert [day.day for day in week if is_working_day(day)] == [30, 31, 1, 2, 3, 6]


def test_two_working_days_around_easter():
    assert working_day_after(date(2026, 4, 2), 2, HOLIDAYS) == date(2026, 4, 8)
    assert working_day_before(date(2026, 4, 7), 2, HOLIDAYS) == date(2026, 4, 1)
    assert working_day_after(date(2026, 4, 2), 2) == EASTER_MONDAY


@given(DAYS, NUMBERS)
def test_between_a_day_and_the_one_so_many_working_days_after_it_are_that_many(day, number):
    found = working_day_after(day, number, HOLIDAYS)
    between = (day + timedelta(days=step) for step in range(1, (found - day).days + 1))
    assert sum(is_working_day(one, HOLIDAYS) for one in between) == number
    assert found == day if number == 0 else is_working_day(found, HOLIDAYS)


@given(DAYS, NUMBERS)
def test_backwards_undoes_forwards_from_a_working_day(day, number):
    if is_working_day(day, HOLIDAYS):
        assert working_day_before(working_day_after(day, number, HOLIDAYS), number, HOLIDAYS) == day
