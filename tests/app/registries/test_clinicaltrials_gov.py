"""The ClinicalTrials.gov download with any choice of columns, on rows written by hand in its form."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.identifiers import Scheme
from app.models.values.study_status import StudyStatus
from app.registries.records import DatePrecision, Identifier, RefusedRow, RegistryDate, Site, StudyRecord
from app.registries.studies import read_studies, recognise

WALKING = {
    "NCT Number": "NCT01234567",
    "Study Title": "Walking, talking and falling",
    "Study URL": "https://clinicaltrials.gov/study/NCT01234567",
    "Acronym": "WALK",
    "Study Status": "RECRUITING",
    "Brief Summary": "First paragraph,\nwith a line break.\n\nSecond  paragraph.",
    "Conditions": "Parkinson Disease|Accidental Falls|Parkinson Disease",
    "Sponsor": "A University",
    "Age": "ADULT, OLDER_ADULT",
    "Phases": "PHASE1|PHASE2",
    "Funder Type": "OTHER",
    "Study Type": "INTERVENTIONAL",
    "Other IDs": "SPONSOR-7|ISRCTN12345678|EudraCT-No.:2004-123456-12|IRAS 301255|2024-519232-16-00",
    "Start Date": "2026-03-01",
    "Completion Date": "2027-11",
    "Locations": "A Hospital, Chertsey, Surrey, TW15 3AA, United Kingdom",
}


def download(*rows: dict[str, str]) -> io.BytesIO:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode())


def only_study(**changes: str) -> StudyRecord:
    (study,) = read_studies(download({**WALKING, **changes}))
    assert isinstance(study, StudyRecord), study
    return study


def only_refusal(**changes: str) -> RefusedRow:
    (refusal,) = read_studies(download({**WALKING, **changes}))
    assert isinstance(refusal, RefusedRow), refusal
    return refusal


def test_a_row_with_every_column_says_all_that_we_keep_of_a_study() -> None:
    assert only_study() == StudyRecord(
        source="ClinicalTrials.gov",
        line=2,
        title="Walking, talking and falling",
        short_title="WALK",
        summary="First paragraph,\nwith a line break.\n\nSecond paragraph.",
        status=StudyStatus.OPEN,
        phase="Phase 1 and 2",
        study_type="Interventional",
        is_commercial=False,
        specialties=("Ageing", "Dementias and Neurodegeneration"),
        specialties_are_guessed=True,
        conditions=("Parkinson Disease", "Accidental Falls"),
        identifiers=(
            Identifier(Scheme.NCT, "NCT01234567"),
            Identifier(Scheme.ISRCTN, "ISRCTN12345678"),
            Identifier(Scheme.EUDRACT, "2004-123456-12"),
            Identifier(Scheme.IRAS, "301255"),
        ),
        sites=(Site("A Hospital", "Chertsey", "TW15 3AA", "United Kingdom"),),
        sponsor="A University",
        starts_on=RegistryDate(date(2026, 3, 1), DatePrecision.DAY),
        completes_on=RegistryDate(date(2027, 11, 1), DatePrecision.MONTH),
        url="https://clinicaltrials.gov/study/NCT01234567",
    )


@given(chosen=st.sets(st.sampled_from(sorted(WALKING))))
def test_any_choice_of_columns_with_a_number_and_a_title_is_read(chosen: set[str]) -> None:
    row = {column: WALKING[column] for column in {"Study URL", "Study Title", *chosen}}
    (study,) = read_studies(download(row))
    assert isinstance(study, StudyRecord)
    assert study.identifiers[0] == Identifier(Scheme.NCT, "NCT01234567")
    assert study.url == WALKING["Study URL"]


def test_without_its_column_a_status_is_not_given() -> None:
    (study,) = read_studies(download({"NCT Number": "NCT01234567", "Study Title": "Walking"}))
    assert isinstance(study, StudyRecord)
    assert (study.status, study.is_commercial, study.sites) == (None, None, ())


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("NOT_YET_RECRUITING", StudyStatus.IN_SETUP),
        ("RECRUITING", StudyStatus.OPEN),
        ("ENROLLING_BY_INVITATION", StudyStatus.OPEN),
        ("ACTIVE_NOT_RECRUITING", StudyStatus.CLOSED_TO_RECRUITMENT),
        ("Active, not recruiting", StudyStatus.CLOSED_TO_RECRUITMENT),
        ("SUSPENDED", StudyStatus.SUSPENDED),
        ("COMPLETED", StudyStatus.COMPLETED),
        ("TERMINATED", StudyStatus.STOPPED),
        ("WITHDRAWN", StudyStatus.WITHDRAWN),
        ("UNKNOWN", StudyStatus.UNKNOWN),
        ("AVAILABLE", StudyStatus.OPEN),
        ("NO_LONGER_AVAILABLE", StudyStatus.CLOSED_TO_RECRUITMENT),
    ],
)
def test_each_status_of_the_registry_has_its_word_here(code: str, status: StudyStatus) -> None:
    assert only_study(**{"Study Status": code}).status is status


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Study Title": ""}, "The study has no title in “Study Title”."),
        ({"Study Status": "PAUSED"}, "“PAUSED” is not a status that we know."),
        ({"Study Status": "WITHHELD"}, "ClinicalTrials.gov withholds the details of this study."),
        ({"Start Date": "2026-13"}, "“2026-13” in “Start Date” is not a date."),
        (
            {"NCT Number": "12345"},
            "NCT numbers are NCT and eight digits, for example NCT01234567. You gave “12345”.",
        ),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_with_a_sentence(changes: dict[str, str], reason: str) -> None:
    assert only_refusal(**changes) == RefusedRow(2, reason, changes.get("Study Title", WALKING["Study Title"]))


def test_a_row_knows_the_line_where_it_begins_even_after_summaries_of_several_lines() -> None:
    second = {**WALKING, "NCT Number": "NCT76543210"}
    assert [result.line for result in read_studies(download(WALKING, second))] == [2, 6]


def test_a_study_listed_twice_is_refused_the_second_time() -> None:
    _, refusal = read_studies(download(WALKING, {**WALKING, "Acronym": "RUN"}))
    sentence = "NCT01234567 is already in line 2 with other details: keep the row that is right."
    assert refusal == RefusedRow(6, sentence, WALKING["Study Title"])


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2026-03-05", date(2026, 3, 5), DatePrecision.DAY),
        ("2026-03", date(2026, 3, 1), DatePrecision.MONTH),
        ("March 5, 2026", date(2026, 3, 5), DatePrecision.DAY),
        ("March 2026", date(2026, 3, 1), DatePrecision.MONTH),
    ],
)
def test_a_date_is_known_to_the_day_or_to_the_month(text: str, day: date, precision: DatePrecision) -> None:
    assert only_study(**{"Start Date": text}).starts_on == RegistryDate(day, precision)


def test_no_date_is_no_date() -> None:
    assert only_study(**{"Start Date": ""}).starts_on is None


@pytest.mark.parametrize(
    ("funder", "is_commercial"), [("INDUSTRY", True), ("OTHER", False), ("NIH", False), ("", None), ("UNKNOWN", None)]
)
def test_a_study_is_commercial_when_a_company_sponsors_it(funder: str, is_commercial: bool | None) -> None:
    assert only_study(**{"Funder Type": funder}).is_commercial is is_commercial


def test_a_phase_that_is_new_to_us_stays_as_the_registry_words_it() -> None:
    assert only_study(Phases="PHASE7").phase == "PHASE7"


def test_a_study_of_children_only_is_also_of_the_specialty_children() -> None:
    assert only_study(Age="CHILD", Conditions="Asthma").specialties == ("Respiratory Disorders", "Children")
    assert only_study(Age="CHILD, ADULT", Conditions="Asthma").specialties == ("Respiratory Disorders",)


def test_where_conditions_point_nowhere_the_title_does() -> None:
    study = only_study(**{"Conditions": "Healthy Volunteers", "Study Title": "A vaccine against malaria"})
    assert study.specialties == ("Infection",)


def test_a_sponsors_own_code_is_no_number_of_a_registry() -> None:
    study = only_study(**{"Other IDs": "2004-12-1|IRAS-A|CPMS|12345|U1111-1111-1111"})
    assert study.identifiers == (Identifier(Scheme.NCT, "NCT01234567"),)


def test_the_address_of_a_study_is_never_taken_from_the_file() -> None:
    assert only_study(**{"Study URL": "javascript:alert(1)"}).url == "https://clinicaltrials.gov/study/NCT01234567"


@pytest.mark.parametrize(
    ("location", "site"),
    [
        ("A Hospital, London, NW3 2QG, United Kingdom", Site("A Hospital", "London", "NW3 2QG", "United Kingdom")),
        ("A Hospital, Belfast, United Kingdom", Site("A Hospital", "Belfast", "", "United Kingdom")),
        (
            "Unit 4, A Hospital, Bristol, BS105NB, United Kingdom",
            Site("Unit 4, A Hospital", "Bristol", "BS10 5NB", "United Kingdom"),
        ),
        ("A Hospital, London, UK, W1G 6BJ, United Kingdom", Site("A Hospital", "London", "W1G 6BJ", "United Kingdom")),
        ("Crowborough, East Sussex, TN6 1DL, United Kingdom", Site("", "Crowborough", "TN6 1DL", "United Kingdom")),
        ("A Hospital, Leeds, LS 7TF, United Kingdom", Site("A Hospital", "Leeds", "", "United Kingdom")),
        ("A Clinic, Atlanta, Georgia, 30328, United States", Site("A Clinic", "Atlanta", "30328", "United States")),
        ("A Clinic, Batumi, Georgia", Site("A Clinic", "Batumi", "", "Georgia")),
        ("A Clinic, Seoul, 03080, Korea, Republic of", Site("A Clinic", "Seoul", "03080", "Korea, Republic of")),
        (
            "Hand | Arm Clinic, London, Ontario, N6A 4V2, Canada",
            Site("Hand | Arm Clinic", "London", "N6A 4V2", "Canada"),
        ),
    ],
)
def test_a_location_is_taken_apart(location: str, site: Site) -> None:
    assert only_study(Locations=location).sites == (site,)


def test_several_locations_are_several_sites_each_once() -> None:
    first, second = "One, Leeds, United Kingdom", "Two, York, United Kingdom"
    assert [site.name for site in only_study(Locations="|".join((first, second, first))).sites] == ["One", "Two"]


def test_control_characters_are_dropped() -> None:
    assert only_study(**{"Study Title": "Walk\x07ing\x1b"}).title == "Walking"


def test_the_download_is_recognised_by_its_columns() -> None:
    assert recognise(download(WALKING).getvalue()) == "ClinicalTrials.gov"
    assert recognise(b"\xef\xbb\xbfStudy Title,NCT Number") == "ClinicalTrials.gov"
