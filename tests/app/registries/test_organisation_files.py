"""The trusts file of the Organisation Data Service, on rows written by hand in its form."""

import csv
import io
from datetime import date

import pytest

from app.registries.names import title_case
from app.registries.organisations import read_organisations
from app.registries.records import OrganisationRecord, RefusedRow, UnreadableFile


def trust(code: str = "X1A", name: str = "A HOSPITAL NHS TRUST", **cells: str) -> list[str]:
    row = [""] * 27
    row[0], row[1] = code, name
    row[9], row[10], row[11] = (
        cells.get("postcode", "M13 9WL"),
        cells.get("opened", "20171001"),
        cells.get("closed", ""),
    )
    return row


def ods_file(*rows: list[str]) -> io.BytesIO:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    return io.BytesIO(text.getvalue().encode())


def test_a_row_is_an_organisation() -> None:
    (record,) = read_organisations(ods_file(trust("r0a", postcode="m139wl", closed="20180401")))
    assert record == OrganisationRecord(
        1, "R0A", "A Hospital NHS Trust", "M13 9WL", date(2017, 10, 1), date(2018, 4, 1)
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (trust("NOT-ONE"), "“NOT-ONE” is not an ODS code: three to twelve letters and digits, for example R0A."),
        (trust("X1"), "“X1” is not an ODS code: three to twelve letters and digits, for example R0A."),
        (trust(name=" "), "X1A has no name."),
        (trust(postcode="NOWHERE"), "“NOWHERE” is not a postcode."),
        (trust(opened="20171301"), "“20171301” is not a date: dates are written as 20171001."),
        (trust(closed="20170930"), "X1A closed before it opened."),
        (trust()[:26], "The row has 26 columns instead of 27."),
        (trust("X9Z"), "X9Z is already in line 1: keep the row that is right."),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_with_its_line_and_a_sentence(row: list[str], reason: str) -> None:
    assert list(read_organisations(ods_file(trust("X9Z"), row)))[1] == RefusedRow(
        2, reason, "" if row[1] == " " else "A Hospital NHS Trust"
    )


def test_a_gp_practice_has_a_code_of_six_characters() -> None:
    practice = trust("A81001", "EXAMPLE SURGERY", postcode="TS18 1HU", opened="19740401")
    (record,) = read_organisations(ods_file(practice))
    assert isinstance(record, OrganisationRecord)
    assert (record.ods_code, record.name) == ("A81001", "Example Surgery")


@pytest.mark.parametrize("content", [b"ods_code,trust_name\nRVV,A TRUST\n", b"", b",,,\n", b"[1]"])
def test_another_file_is_turned_away(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        list(read_organisations(io.BytesIO(content)))


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("MANCHESTER UNIVERSITY NHS FOUNDATION TRUST", "Manchester University NHS Foundation Trust"),
        ("GUY'S AND ST THOMAS' NHS FOUNDATION TRUST", "Guy's and St Thomas' NHS Foundation Trust"),
        ("THE NEWCASTLE UPON TYNE HOSPITALS NHS TRUST", "The Newcastle upon Tyne Hospitals NHS Trust"),
        ("2GETHER NHS FOUNDATION TRUST", "2gether NHS Foundation Trust"),
        ("ROYAL BROMPTON & HAREFIELD NHS FOUNDATION TRUST", "Royal Brompton & Harefield NHS Foundation Trust"),
        ("STOKE-ON-TRENT UNIT (THE ANNEX)", "Stoke-on-Trent Unit (The Annex)"),
        ("Solent NHS Trust", "Solent NHS Trust"),
    ],
)
def test_names_are_written_as_people_write_them(capitals: str, written: str) -> None:
    assert title_case(capitals) == written
