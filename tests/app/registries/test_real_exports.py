"""The real exports are read whole; these tests need the folder of real data."""

from collections import Counter
from pathlib import Path

import pytest

from app.models.values.specialties import SPECIALTIES
from app.models.values.study_status import StudyStatus
from app.registries.conditions import specialties_from
from app.registries.organisations import read_organisations
from app.registries.records import OrganisationRecord, RefusedRow, StudyRecord, UnreadableFile
from app.registries.studies import read_studies, recognise

PORTFOLIO = "studies/nihr_crn_portfolio/portfolio.csv"


def test_every_row_of_the_portfolio_is_a_study(shared_data: Path) -> None:
    studies = list(read_studies(shared_data / PORTFOLIO))
    assert len(studies) == 9315
    assert all(isinstance(study, StudyRecord) for study in studies)


def test_the_portfolio_comes_out_with_all_it_says(shared_data: Path) -> None:
    studies = [study for study in read_studies(shared_data / PORTFOLIO) if isinstance(study, StudyRecord)]
    assert Counter(study.status for study in studies) == {
        StudyStatus.CLOSED_TO_RECRUITMENT: 6801,
        StudyStatus.OPEN: 1402,
        StudyStatus.SUSPENDED: 500,
        StudyStatus.IN_SETUP: 482,
        StudyStatus.WITHDRAWN: 130,
    }
    assert {name for study in studies for name in study.specialties} == set(SPECIALTIES)
    assert all(study.specialties and study.title for study in studies)
    assert len({study.identifiers for study in studies}) == 9315


@pytest.mark.parametrize(
    ("name", "studies", "refused"),
    [
        ("ctg-studies.csv", 565, 1),
        ("ctg-studies-urology-29col.csv", 308, 0),
        ("ctg-studies-11col-crc.csv", 682, 0),
    ],
)
def test_every_row_of_a_clinicaltrials_gov_download_is_read(
    shared_data: Path, name: str, studies: int, refused: int
) -> None:
    path = shared_data / "studies" / "ctgov_csv" / name
    kinds = Counter(type(result) for result in read_studies(path))
    assert kinds == Counter({StudyRecord: studies, RefusedRow: refused})
    with path.open("rb") as file:
        assert recognise(file.read(4096)) == "ClinicalTrials.gov"


def test_most_studies_of_a_download_get_a_specialty(shared_data: Path) -> None:
    studies = [
        study
        for study in read_studies(shared_data / "studies" / "ctgov_csv" / "ctg-studies.csv")
        if isinstance(study, StudyRecord)
    ]
    assert sum(bool(study.specialties) for study in studies) >= 0.9 * len(studies)


def test_guessed_specialties_mostly_agree_with_those_of_the_portfolio(shared_data: Path) -> None:
    guesses = agreed = 0
    for study in read_studies(shared_data / PORTFOLIO):
        assert isinstance(study, StudyRecord)
        guessed = set(specialties_from([study.title]))
        guesses += len(guessed)
        agreed += len(guessed.intersection(study.specialties))
    assert guesses > 4000
    assert agreed >= 0.75 * guesses


@pytest.mark.parametrize(
    "path",
    [
        "studies/ctgov_json_v2/ctg-studies.json",
        "studies/ctgov_xml_legacy/NCT00055081.xml",
        "studies/isrctn_xml/isrctn.xml",
        "studies/who_ictrp_csv/ictrp.csv",
        "organisations/ods_etr_trusts.csv",
        "organisations/nhs_hospitals_latlong.csv",
    ],
)
def test_other_real_files_are_turned_away(shared_data: Path, path: str) -> None:
    with pytest.raises(UnreadableFile):
        next(read_studies(shared_data / path))


def test_every_trust_is_read(shared_data: Path) -> None:
    trusts = list(read_organisations(shared_data / "organisations" / "ods_etr_trusts.csv"))
    assert len(trusts) == 234
    records = [trust for trust in trusts if isinstance(trust, OrganisationRecord)]
    assert len(records) == 234
    assert records[0].name == "Manchester University NHS Foundation Trust"
    assert sum(record.closed_on is not None for record in records) == 5
