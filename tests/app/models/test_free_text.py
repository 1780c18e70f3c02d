"""Free text is searched for what looks like a patient's details; the learner's own record raises no alarm."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.models.values.free_text import DetailKind, find_patient_details, is_nhs_number

TODAY = date(2026, 11, 22)


def found_in(text: str) -> list[tuple[DetailKind, str]]:
    return [(detail.kind, detail.found) for detail in find_patient_details(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Patient 943 476 5919 was screened", "943 476 5919"),
        ("9434765919", "9434765919"),
        ("943-476-5919", "943-476-5919"),
        ("943\u00a0476\u00a05919", "943\u00a0476\u00a05919"),
        ("NHS9434765919", "9434765919"),
        ("NHS no.9434765919.", "9434765919"),
        ("On day 3 943 476 5919 came back", "943 476 5919"),
        ("CPMS 32539, 943 476 5919", "943 476 5919"),
        ("Ring +44 161 496 0000, 943 476 5919", "943 476 5919"),
    ],
)
def test_an_nhs_number_is_found_however_it_is_written(text: str, found: str) -> None:
    assert found_in(text) == [(DetailKind.NHS_NUMBER, found)]


@pytest.mark.parametrize(
    "text",
    [
        "943 476 5918",  # fails the check
        "94347659190",  # eleven digits
        "0000000000 and 1111111111",
        "ISRCTN35042256",
        "NCT01234567",
        "CPMS 32539 and IRAS 301255",
        "EudraCT 2004-005282-37",
        "EU CT 2024-519232-16-00",
        "Ring +44 943 476 5919",
        "Sponsor code STUDY9434765919",
        "Hours 94 34 76 59 19",
        "doi 10.1017/cts.2022.38",
        "0161 496 0000",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert found_in(text) == []


nhs_numbers = st.integers(0, 999_999_999).map(lambda number: f"{number:09}").filter(lambda nine: check_digit(nine) < 10)


def check_digit(nine: str) -> int:
    return (11 - sum(int(digit) * (10 - place) for place, digit in enumerate(nine)) % 11) % 11


@given(
    nine=nhs_numbers,
    before=st.sampled_from(["", "Saw ", "NHS number: ", "(", "\n"]),
    gap=st.sampled_from(["", " ", "-"]),
)
def test_every_nhs_number_is_found_where_it_stands(nine: str, before: str, gap: str) -> None:
    digits = f"{nine}{check_digit(nine)}"
    assume(len(set(digits)) > 1)
    written = gap.join((digits[:3], digits[3:6], digits[6:]))
    (detail,) = find_patient_details(f"{before}{written} today", TODAY)
    assert (detail.kind, detail.found, detail.start) == (DetailKind.NHS_NUMBER, written, len(before))


@given(nine=nhs_numbers, place=st.integers(0, 9), digit=st.sampled_from("0123456789"))
def test_a_number_with_one_wrong_digit_is_no_nhs_number(nine: str, place: int, digit: str) -> None:
    digits = f"{nine}{check_digit(nine)}"
    assume(digits[place] != digit)
    assert not is_nhs_number(digits[:place] + digit + digits[place + 1 :])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("DOB 12/5/61", "12/5/61"),
        ("DOB12/05/1961", "12/05/1961"),
        ("D.O.B.: 12.05.1961", "12.05.1961"),
        ("Her date of birth is 1 January 2024", "1 January 2024"),
        ("born on the 3rd of March 2026", "3rd of March 2026"),
        ("14/02/2025 (date of birth)", "14/02/2025"),
        ("12/05/1961", "12/05/1961"),
        ("05/31/1961", "05/31/1961"),
        ("1961-05-12", "1961-05-12"),
        ("12 May 1961", "12 May 1961"),
        ("May 12, 1961", "May 12, 1961"),
        ("12-MAY-1961", "12-MAY-1961"),
    ],
)
def test_a_date_of_birth_is_found_however_it_is_written(text: str, found: str) -> None:
    assert found_in(text) == [(DetailKind.DATE_OF_BIRTH, found)]


@pytest.mark.parametrize(
    "text",
    [
        "We met on 3 March 2026",
        "Session of 12/05/2025",
        "12/05/26",
        "Ethics approval came on 4 May 2021",
        "born in 1961",
        "A newborn study met on 3 March 2026",
        "We spoke of people who were born early. Next session 3 March 2026",
        "The study ends on 31/12/2031",
        "born on 3 March 2031",  # nobody is born in the future
        "31/02/1961",  # no such day
        "version 2.1.10 of the protocol, section 3.4.61",
        "3/4 of the 2024-25 budget",
    ],
)
def test_dates_of_the_record_itself_are_left_alone(text: str) -> None:
    assert found_in(text) == []


@given(days=st.integers(0, 2 * 365), form=st.sampled_from(["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d %B %Y", "%d %b %y"]))
def test_no_date_of_the_last_two_years_alone_looks_like_a_birth(days: int, form: str) -> None:
    assert found_in(f"Session on {(TODAY - timedelta(days=days)).strftime(form)} at the unit") == []


@given(days=st.integers(0, 36_500), form=st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"]))
def test_every_date_after_the_word_born_is_found(days: int, form: str) -> None:
    written = (TODAY - timedelta(days=days)).strftime(form)
    assert found_in(f"She was born {written}") == [(DetailKind.DATE_OF_BIRTH, written)]


@pytest.mark.parametrize(
    "text", ["MRN: A123456", "hospital number A123456", "Hosp. no. A123456", "patient ID is A123456"]
)
def test_a_hospital_number_is_found_by_the_word_before_it(text: str) -> None:
    assert found_in(text) == [(DetailKind.HOSPITAL_NUMBER, "A123456")]


def test_several_details_come_in_the_order_of_the_text() -> None:
    text = "Born 12/05/1961, NHS 943 476 5919, MRN 1234567"
    assert [kind for kind, _ in found_in(text)] == [
        DetailKind.DATE_OF_BIRTH,
        DetailKind.NHS_NUMBER,
        DetailKind.HOSPITAL_NUMBER,
    ]


@given(st.text(alphabet=st.sampled_from("0123456789 .-/bornDOBMRNmay+\n"), max_size=200))
def test_findings_never_overlap_and_point_into_the_text(text: str) -> None:
    details = find_patient_details(text, TODAY)
    assert all(text[detail.start : detail.end] == detail.found for detail in details)
    assert all(before.end <= after.start for before, after in pairwise(details))


@pytest.mark.parametrize(
    "text",
    [
        "JS aged 67",
        "J.S., 67-year-old",
        "Mr T, 74 yo",
        "Mrs K. is 81 years old",
        "A.B. (54F",
        "Mr A B, 60 yrs",
    ],
)
def test_initials_with_an_age_are_asked_about(text: str) -> None:
    assert found_in(f"Consented {text}) today") == [(DetailKind.INITIALS_WITH_AGE, text)]


@pytest.mark.parametrize(
    "text",
    [
        "The PI, 45 minutes",
        "NHS trusts, 5 years old",
        "An ECG 12 times a day",
        "With JS and the CI",
        "A participant aged 67",
        "MS, 30 M samples",
        "Dr A, 45 minutes",
    ],
)
def test_initials_or_an_age_alone_are_left_alone(text: str) -> None:
    assert found_in(text) == []
