"""The NIHR portfolio export, on rows written by hand in its form."""

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.identifiers import Scheme
from app.models.values.study_status import StudyStatus
from app.registries.records import Identifier, RefusedRow, StudyRecord
from app.registries.studies import read_studies, recognise

COLUMNS = (
    "Short Name",
    "Managing Specialty",
    "All Specialties",
    "Lead Country",
    "Lead LCRN",
    "Funder(s)",
    "Open to New Sites",
    "Study Status",
    "Link",
)
FALLS = (
    "FALLS: walking",
    "Ageing",
    "Ageing, Primary Care",
    "England",
    "Wessex",
    "A Charity",
    "No",
    "Open",
    "12345",
)


def portfolio(*rows: Sequence[str], columns: Sequence[str] = COLUMNS) -> io.BytesIO:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([columns, *rows])
    return io.BytesIO(text.getvalue().encode())


def falls(**changes: str) -> tuple[str, ...]:
    return tuple({**dict(zip(COLUMNS, FALLS, strict=True)), **changes}.values())


def only_study(stream: io.BytesIO) -> StudyRecord:
    (study,) = read_studies(stream)
    assert isinstance(study, StudyRecord), study
    return study


def only_refusal(stream: io.BytesIO) -> RefusedRow:
    (refusal,) = (result for result in read_studies(stream) if isinstance(result, RefusedRow))
    return refusal


def test_a_row_says_what_the_portfolio_knows_of_a_study_and_leaves_the_rest_empty() -> None:
    assert only_study(portfolio(FALLS)) == StudyRecord(
        source="NIHR portfolio",
        line=2,
        title="FALLS: walking",
        status=StudyStatus.OPEN,
        identifiers=(Identifier(Scheme.CPMS, "12345"),),
        specialties=("Ageing", "Primary Care"),
        funders=("A Charity",),
        lead_country="England",
        lead_network="Wessex",
        open_to_new_sites="No",
    )


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Open", StudyStatus.OPEN),
        ("In Setup", StudyStatus.IN_SETUP),
        ("Suspended", StudyStatus.SUSPENDED),
        ("Closed", StudyStatus.CLOSED_TO_RECRUITMENT),
        ("Withdrawn", StudyStatus.WITHDRAWN),
        ("-", None),
    ],
)
def test_each_status_of_the_portfolio_has_its_word_here(word: str, status: StudyStatus | None) -> None:
    assert only_study(portfolio(falls(**{"Study Status": word}))).status is status


def test_the_managing_specialty_comes_first_and_a_repeated_one_once() -> None:
    row = falls(**{"Managing Specialty": "Surgery", "All Specialties": "Ear, Nose and Throat, Surgery, Surgery"})
    assert only_study(portfolio(row)).specialties == ("Surgery", "Ear, Nose and Throat")


def test_a_hyphen_stands_for_nothing() -> None:
    study = only_study(portfolio(falls(**{"Lead LCRN": "-", "Funder(s)": "-", "Open to New Sites": "-"})))
    assert (study.lead_network, study.funders, study.open_to_new_sites) == ("", (), "")


def test_several_funders_are_told_apart() -> None:
    assert only_study(portfolio(falls(**{"Funder(s)": "One Fund; Another, Ltd;One Fund"}))).funders == (
        "One Fund",
        "Another, Ltd",
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Short Name": " "}, "The study has no name in “Short Name”."),
        ({"Study Status": "Dormant"}, "“Dormant” is not a status that we know."),
        ({"All Specialties": "Ageing, Astrology"}, "“Astrology” is not a specialty that we know."),
        ({"Link": ""}, "Enter the CPMS number: four to six digits, for example 12345."),
        ({"Link": "n/a"}, "CPMS numbers are four to six digits, for example 12345. You gave “n/a”."),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_with_its_line_and_a_sentence(
    changes: dict[str, str], reason: str
) -> None:
    assert only_refusal(portfolio(falls(Link="777"), falls(**changes))) == RefusedRow(
        3, reason, changes.get("Short Name", FALLS[0]).strip()
    )


def test_a_row_with_a_comma_too_many_is_refused_and_the_others_are_read() -> None:
    results = list(read_studies(portfolio((*FALLS, "more"), falls(Link="777"))))
    assert results[0] == RefusedRow(
        2,
        "The row has 10 columns and the file has 9: look for a comma or quotation mark that is missing or too many.",
        FALLS[0],
    )
    assert isinstance(results[1], StudyRecord)


def test_empty_columns_at_the_end_and_empty_rows_do_no_harm() -> None:
    assert only_study(portfolio((*FALLS, "", " "), ("",) * 9, ())).title == "FALLS: walking"


def test_a_row_that_repeats_a_study_word_for_word_is_not_needed() -> None:
    assert only_refusal(portfolio(FALLS, FALLS)) == RefusedRow(
        3, "CPMS 12345 is already in line 2 with the same details, so this row is not needed.", FALLS[0]
    )


def test_a_row_that_contradicts_an_earlier_one_is_refused() -> None:
    assert only_refusal(portfolio(FALLS, falls(**{"Study Status": "Closed"}))) == RefusedRow(
        3, "CPMS 12345 is already in line 2 with other details: keep the row that is right.", FALLS[0]
    )


@given(order=st.permutations(range(9)))
def test_the_order_of_the_columns_does_not_matter(order: list[int]) -> None:
    stream = portfolio([FALLS[place] for place in order], columns=[COLUMNS[place].upper() for place in order])
    assert only_study(stream) == only_study(portfolio(FALLS))


@given(name=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).filter(str.strip))
def test_any_name_survives_the_file(name: str) -> None:
    study = only_study(portfolio(falls(**{"Short Name": "x" + name})))
    assert study.title == " ".join(("x" + name).split())


def test_the_export_is_recognised_by_its_columns() -> None:
    assert recognise(portfolio(FALLS).getvalue()) == "NIHR portfolio"
