"""How old a date, how near a word and how many groups of digits it takes to look like a patient's details."""

from datetime import date, timedelta

import pytest

from app.models.values.birth_dates import dates_of_birth
from app.models.values.free_text import DetailKind, find_patient_details, is_nhs_number

TODAY = date(2026, 11, 22)
RECENT = "21/11/2026"


def found_in(text, today=TODAY):
    return [detail.found for detail in find_patient_details(text, today)]


@pytest.mark.parametrize(
    ("written", "is_found"),
    [
        ("22/11/2023", True),
        ("23/11/2023", False),
        ("22/12/2023", False),
        ("21/12/2022", True),
        ("1900-01-01", True),
        ("1899-12-31", False),
        ("22 November 2008", True),
        ("23 November 2008", False),
        ("22 December 2008", False),
        ("21 December 2007", True),
    ],
)
def test_figures_count_after_three_years_and_words_after_eighteen(written, is_found):
    assert found_in(f"On {written} at the unit") == ([written] if is_found else [])


@pytest.mark.parametrize(("written", "is_found"), [("22/11/2026", True), ("23/11/2026", False)])
def test_somebody_can_be_born_today_and_not_tomorrow(written, is_found):
    assert found_in(f"born {written}") == ([written] if is_found else [])


@pytest.mark.parametrize(
    ("written", "is_found"),
    [
        ("1/2/26", False),
        ("1/2/27", True),
        ("31/12/99", True),
        ("01.02.61", True),
        ("1.02.61", False),
        ("01.2.61", False),
    ],
)
def test_two_figures_of_a_year_are_the_latest_such_year_that_has_begun(written, is_found):
    assert found_in(f"On {written} at the unit") == ([written] if is_found else [])


@pytest.mark.parametrize(
    ("year", "today", "is_found"), [("26", TODAY, True), ("27", TODAY, True), ("00", date(2000, 6, 1), True)]
)
def test_a_birth_in_a_year_of_two_figures_is_in_the_past(year, today, is_found):
    assert found_in(f"born 01/01/{year}", today) == ([f"01/01/{year}"] if is_found else [])


@pytest.mark.parametrize(
    "month",
    ["January", "Feb", "March", "Apr.", "May", "June", "Jul", "Aug", "Sept", "September", "Oct", "Nov.", "December"],
)
def test_each_month_is_known_by_its_name_or_its_beginning(month):
    assert found_in(f"It was 4 {month} 1961 then") == [f"4 {month} 1961"]
    assert found_in(f"It was {month} 4th, 1961 then") == [f"{month} 4th, 1961"]


@pytest.mark.parametrize("written", ["31 February 1961", "0 May 1961", "32/12/1961", "13/13/1961"])
def test_a_day_that_is_none_is_nothing(written):
    assert found_in(f"On {written} at the unit") == []


@pytest.mark.parametrize(
    "word", ["born", "DOB", "d.o.b.", "D.O.B", "date of birth", "dates of birth", "birth date", "birthday"]
)
def test_a_word_of_birth_before_or_after_a_recent_date_makes_it_one(word):
    assert found_in(f"{word} {RECENT}") == [RECENT]
    assert found_in(f"{RECENT} ({word})") == [RECENT]


@pytest.mark.parametrize(
    ("gap", "is_found"),
    [(" " * 40, True), (" " * 41, False), (". ", False), ("! ", False), ("? ", False)],
)
def test_a_word_of_birth_before_counts_within_forty_characters_of_its_sentence(gap, is_found):
    assert found_in(f"born{gap}{RECENT}") == ([RECENT] if is_found else [])


@pytest.mark.parametrize(
    ("gap", "is_found"), [(" " * 20, True), (" " * 21, False), (" 5 ", False), (". ", False), ("\n", False)]
)
def test_a_word_of_birth_after_counts_within_twenty_characters_without_figures(gap, is_found):
    assert found_in(f"{RECENT}{gap}born") == ([RECENT] if is_found else [])


def test_a_long_word_before_is_read_whole():
    assert found_in("date of birth" + " " * 40 + RECENT) == [RECENT]


@pytest.mark.parametrize(
    "text", ["12/5/1961/7", "1/12/5/1961", "v12.05.1961", "12/05/19611", "112/05/1961", "12/05-1961"]
)
def test_figures_that_go_on_are_no_date(text):
    assert list(dates_of_birth(f"See {text} there", TODAY)) == []


@pytest.mark.parametrize(
    ("written", "is_found"),
    [
        ("943 476 5919", True),
        ("9434 765919", True),
        ("943 4765919", True),
        ("9434765919", True),
        ("943  476--5919", True),
        ("943   476 5919", False),
        ("94 34765919", False),
        ("943 47 65919", False),
        ("943476591 9", False),
        ("943 476 591 9", False),
        ("943 4 765919", False),
    ],
)
def test_an_nhs_number_is_at_most_three_groups_of_three_or_more_digits(written, is_found):
    assert found_in(f"Saw {written} today") == ([written] if is_found else [])


def test_groups_before_and_after_a_number_do_not_hide_it():
    assert found_in("101 943 476 5919 102") == ["943 476 5919"]
    assert found_in("943 476 5919 943 476 5919") == ["943 476 5919"] * 2


def test_ten_times_one_digit_is_a_placeholder():
    assert [digit for digit in "0123456789" if is_nhs_number(digit * 10)] == []
    assert is_nhs_number("9434765919")


@pytest.mark.parametrize("number", ["12345", "A12345", "ABC-1234567890"])
def test_a_hospital_number_has_five_to_ten_digits(number):
    assert found_in(f"MRN {number}.") == [number]


@pytest.mark.parametrize("number", ["1234", "12345678901", "ABCD12345"])
def test_a_shorter_or_longer_one_is_something_else(number):
    assert found_in(f"MRN {number}.") == []


def test_each_detail_says_what_it_looks_like_and_where_it_stands():
    text = "MRN 1234567, NHS 943 476 5919, born 12/05/1961"
    details = find_patient_details(text, TODAY)
    assert [(detail.kind, text[detail.start : detail.end]) for detail in details] == [
        (DetailKind.HOSPITAL_NUMBER, "1234567"),
        (DetailKind.NHS_NUMBER, "943 476 5919"),
        (DetailKind.DATE_OF_BIRTH, "12/05/1961"),
    ]
    assert [detail.found for detail in details] == [text[detail.start : detail.end] for detail in details]
    assert [kind.words for kind in DetailKind] == [
        "an NHS number",
        "a date of birth",
        "a hospital number",
        "somebody’s initials with an age",
    ]


def test_what_looks_like_two_details_is_asked_about_once():
    assert [detail.kind for detail in find_patient_details("hospital no 9434765919", TODAY)] == [DetailKind.NHS_NUMBER]


def test_a_month_ago_is_a_session_and_no_birth():
    day = TODAY - timedelta(days=31)
    assert found_in(f"Met on {day:%d/%m/%Y} and {day:%d %B %Y}") == []
