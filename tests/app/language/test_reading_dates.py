"""A day is read however people write it, and what is shown back reads as the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.dates_and_times import day_in_words
from app.language.reading_dates import day_of_parts, whole_day

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
DAYS_OF_THIS_CENTURY = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
NOVEMBER = date(2026, 11, 3)


@pytest.mark.parametrize(
    "typed",
    [
        "3 Nov 26",
        "3 November 2026",
        "3 NOVEMBER 2026",
        "3rd November 2026",
        "3rd of November 2026",
        "Tuesday 3 November 2026",
        "Tue, 3 Nov 2026",
        "3-Nov-26",
        "3 Nov. 2026",
        "3nov26",
        "Nov 3, 2026",
        "November 3 2026",
        "3/11/2026",
        "03/11/26",
        "3.11.2026",
        "3-11-2026",
        "3 11 2026",
        "2026-11-03",
        "03112026",
        "  3  Nov\u00a02026 ",
    ],
)
def test_a_whole_date_is_read_in_every_way_that_people_write_it(typed):
    assert whole_day(typed) == NOVEMBER


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "3",
        "Nov",
        "3 Nov",
        "31/2/2026",
        "3 Nob 2026",
        "3/11",
        "1_1/11/2026",
        "٣/١١/٢٠٢٦",
        "3/11-2026",
        "3 Nov 026",
        "0 1 26",
    ],
)
def test_what_is_no_whole_date_is_not_read(typed):
    assert whole_day(typed) is None


@pytest.mark.parametrize(
    "parts",
    [
        ("3", "11", "2026"),
        ("03", "11", "26"),
        ("3rd", "Nov", "2026"),
        ("3", "november", "26"),
        ("3", "Nov.", "2026"),
    ],
)
def test_three_fields_take_names_of_months_and_short_years(parts):
    assert day_of_parts(*parts) == NOVEMBER


@pytest.mark.parametrize(
    "parts",
    [
        ("31", "2", "2026"),
        ("1_0", "1", "2026"),
        ("1", "1", "226"),
        ("1", "1", "0026"),
        ("1", "Ju", "2026"),
        ("٣", "1", "26"),
    ],
)
def test_fields_that_are_no_date_are_refused(parts):
    with pytest.raises(ValueError):  # noqa: PT011  # any reason will do
        day_of_parts(*parts)


def test_september_has_two_short_forms():
    assert day_of_parts("1", "Sept", "2026") == day_of_parts("1", "Sep", "2026") == date(2026, 9, 1)


@given(DAYS)
def test_what_is_shown_back_is_read_as_the_same(day):
    assert whole_day(day_in_words(day)) == day
    assert day_of_parts(str(day.day), str(day.month), str(day.year)) == day


@given(
    DAYS_OF_THIS_CENTURY, st.sampled_from(["%d/%m/%y", "%d %b %y", "%d.%m.%Y", "%d-%b-%Y", "%Y-%m-%d", "%A %d %B %Y"])
)
def test_each_way_to_write_it_gives_the_same(day, way):
    assert whole_day(day.strftime(way)) == day


@given(st.text(max_size=14))
def test_any_text_is_a_day_or_none(text):
    day = whole_day(text)
    assert day is None or 1900 <= day.year <= 2199


@pytest.mark.parametrize("typed", ["31 12 9999", "2200-01-01", "3 Nov 2206", "01019999", "3/11/1899", "3 Nov 0000"])
def test_a_year_of_another_age_is_a_slip_of_the_hand(typed):
    assert whole_day(typed) is None
