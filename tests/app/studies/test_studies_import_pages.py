"""The administrator uploads a registry file, sees what it would do, and imports it or drops it."""

import csv
import io

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from app.import_commands import import_group
from app.models.operations.audit import AuditLine
from app.models.operations.registry_files import UploadedFile
from app.models.organisations import Organisation
from app.models.people import Role
from app.models.studies import Study
from app.studies.imports.uploads import ROWS_MAX
from tests.screen import shown

GOOD = b"NCT Number,Study Title\nNCT01234567,Walking\nNCT01234568,Talking\nNCT99,Bad\n"
TRUST = b'"RJ1","GUY\'S TRUST"' + b',""' * 7 + b',"SE1 9RT","19910401"' + b',""' * 16 + b"\n"


def file(content=GOOD, kind="studies", name="studies.csv"):
    return {"kind": kind, "file": (io.BytesIO(content), name)}


def body(content, kind="studies"):
    """The same as one piece of bytes: the test client would leave a long file open on the disk."""
    start = f'--edge\r\nContent-Disposition: form-data; name="kind"\r\n\r\n{kind}\r\n--edge\r\n'
    start += 'Content-Disposition: form-data; name="file"; filename="studies.csv"\r\nContent-Type: text/csv\r\n\r\n'
    whole = start.encode() + content + b"\r\n--edge--\r\n"
    return {"data": whole, "content_type": "multipart/form-data; boundary=edge"}


@pytest.fixture
def administrator(build):
    return build.person(Role.ADMINISTRATOR, name="An Administrator")


@pytest.fixture
def browser(sign_in, administrator):
    return sign_in(administrator)


def number_of(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_a_file_is_tried_then_imported_and_its_report_stays(browser, session, look_again):
    tried = browser.post("/studies/import", data=file())
    assert tried.status_code == 303
    page = shown(browser.get(tried.location))
    assert page.heading == "What the file would change"
    assert page.paragraphs[0] == (
        "studies.csv comes from ClinicalTrials.gov and lists 3 studies. Nothing has been written yet."
    )
    assert page.items == ["2 new", "0 changed", "0 the same", "0 less recent", "1 refused"]
    assert page.table("Refused rows").row("4")["Why"].startswith("NCT numbers are NCT and eight digits")
    assert number_of(session, Study) == 0
    assert browser.post(tried.location).location == tried.location
    for _ in range(2):
        done = shown(browser.get(tried.location))
        assert done.heading == "Studies imported"
        assert done.texts(".nhsuk-panel__body")[0].startswith("2 rows of studies.csv written on 3 March 2026")
        assert done.items == ["2 new", "0 changed", "0 the same", "0 less recent", "1 refused"]
        assert done.table("Refused rows").row("4")["Why"].startswith("NCT numbers are NCT and eight digits")
    look_again()
    assert (number_of(session, Study), session.scalar(select(UploadedFile.content))) == (2, b"")
    assert browser.post(tried.location).location == tried.location
    assert "imported already" in shown(browser.post(f"{tried.location}/cancel")).paragraphs[0]
    assert shown(browser.get("/studies/import")).insets == []
    deeds = [(line.deed, line.subject_name) for line in session.scalars(select(AuditLine).order_by(AuditLine.id))]
    assert deeds == [("tried a file of studies", "studies.csv"), ("imported studies", "studies.csv")]


def test_a_second_import_of_the_same_file_finds_nothing_to_do(browser):
    browser.post(browser.post("/studies/import", data=file()).location)
    page = shown(browser.get(browser.post("/studies/import", data=file()).location))
    assert page.paragraphs[1] == "There is nothing to import: everything that can be taken is here already."
    assert page.buttons == ["Drop the file"]


def test_organisations_are_imported_in_the_same_way(browser, session, look_again):
    tried = browser.post("/studies/import", data=file(TRUST, "organisations", "etr.csv"))
    page = shown(browser.get(tried.location))
    assert "lists 1 organisation." in page.paragraphs[0]
    assert page.buttons == ["Import now", "Drop the file"]
    browser.post(tried.location)
    look_again()
    assert session.scalars(select(Organisation.name)).all() == ["Guy's Trust"]


def test_a_file_is_dropped_without_importing(browser, session, look_again):
    tried = browser.post("/studies/import", data=file())
    assert browser.post(f"{tried.location}/cancel").status_code == 303
    look_again()
    assert (number_of(session, Study), number_of(session, UploadedFile)) == (0, 0)
    assert browser.get(tried.location).status_code == 404


def test_one_file_waits_for_each_person_and_another_takes_its_place(browser, session, look_again):
    first = browser.post("/studies/import", data=file())
    [waiting] = shown(browser.get("/studies/import")).insets
    assert waiting.startswith("A file of studies waits for you: studies.csv")
    second = browser.post("/studies/import", data=file(TRUST, "organisations", "etr.csv"))
    look_again()
    assert session.scalars(select(UploadedFile.name)).all() == ["etr.csv"]
    assert browser.get(second.location).status_code == 200
    assert number_of(session, UploadedFile) == 1
    assert first.status_code == 303


def test_a_file_is_its_owners_alone(sign_in, build, administrator):
    other = sign_in(build.person(Role.ADMINISTRATOR))
    tried = sign_in(administrator).post("/studies/import", data=file())
    assert other.get(tried.location).status_code == 404
    assert other.post(tried.location).status_code == 404
    assert other.post(f"{tried.location}/cancel").status_code == 404
    assert shown(other.get("/studies/import")).insets == []


@pytest.mark.parametrize(
    ("content", "kind", "sentence"),
    [
        (b"", "studies", "The file is empty: choose another one."),
        (b"Name\nAnn\n", "studies", "The first line has none of the column names that we know"),
        (b"NCT Number;Study Title\n", "studies", "The columns of this file are not separated by commas"),
        ("NCT Number,Study Title\nNCT01234567,Ménière\n".encode("cp1252"), "studies", "letters that are not in UTF-8"),
        (GOOD + b'NCT01234569,"Walking\n', "studies", "The quotation marks or line ends are broken"),
        (b"nonsense " * 1_200_000, "studies", "Line 1 is longer than any row can be"),
        (GOOD, "organisations", "This is not an organisation file of the Organisation Data Service"),
    ],
)
def test_a_file_that_cannot_be_used_gets_one_sentence_and_nothing_is_written(browser, session, content, kind, sentence):
    answer = browser.post("/studies/import", **body(content, kind))
    assert answer.status_code == 422
    label, message = shown(answer).complaint
    assert label == "The file"
    assert sentence in message
    for model in (Study, Organisation, UploadedFile, AuditLine):
        assert number_of(session, model) == 0


def test_a_form_without_a_file_says_so(browser):
    answer = browser.post("/studies/import", data={"kind": "studies"})
    assert (answer.status_code, shown(answer).complaint) == (422, ("The file", "Choose a file"))


def test_a_file_of_more_than_20_mb_is_too_large(browser, session):
    answer = browser.post("/studies/import", **body(b"x" * (20 << 20)))
    assert answer.status_code == 413
    page = shown(answer)
    assert (page.heading, page.paragraphs[0]) == (
        "That is too large",
        "A file can have at most 20 MB, and what is typed into a form about 500,000 characters in all.",
    )
    assert number_of(session, UploadedFile) == 0


def test_a_file_of_empty_lines_is_refused_before_it_is_read_to_its_end(browser, session):
    answer = browser.post("/studies/import", **body(b"\n" * (19 << 20)))
    assert (answer.status_code, shown(answer).complaint) == (
        422,
        ("The file", "The file has more than 1,048,576 lines: take out the empty ones, or split it."),
    )
    assert number_of(session, UploadedFile) == 0


def test_more_rows_than_somebody_can_wait_for_are_refused_before_any_is_compared(browser, session, queries):
    rows = "".join(f"NCT{number:08},Walking {number}\n" for number in range(ROWS_MAX + 1))
    with queries() as asked:
        answer = browser.post("/studies/import", **body(f"NCT Number,Study Title\n{rows}".encode()))
    assert answer.status_code == 422
    assert shown(answer).complaint[1].startswith("The file has more than 50,000 rows: split it, or let the operator")
    assert not [statement for statement in asked if "study_identifiers" in statement]
    assert number_of(session, UploadedFile) == 0


def test_of_many_refused_rows_twenty_are_shown_and_the_others_are_a_link_away(browser):
    content = b"NCT Number,Study Title\n" + b"".join(b"NCT%08d,\n" % number for number in range(150))
    page = shown(browser.get(browser.post("/studies/import", data=file(content)).location))
    refused = list(page.table("Refused rows").all_rows())
    assert [row.name for row in refused] == [str(line) for line in range(2, 22)]
    assert {row["Why"] for row in refused} == {"The study has no title in “Study Title”."}
    first = shown(browser.get(page.link("See all refused rows")))
    assert first.paragraphs[0].startswith("150 rows of studies.csv, page 1 of 3.")
    last = shown(browser.get(page.link("See all refused rows") + "&page=3"))
    assert [row.name for row in last.table("Refused rows").all_rows()][-1] == "151"
    download = browser.get(page.link("Download all these rows as CSV"))
    assert len(list(csv.DictReader(io.StringIO(download.text.lstrip("\ufeff"))))) == 150


def test_only_administrators_import(sign_in, build):
    browser = sign_in(build.coordinator(build.network()))
    assert browser.get("/studies/import").status_code == 403
    assert browser.post("/studies/import", data=file()).status_code == 403
    for path in ("/studies/import/1", "/studies/import/1/cancel"):
        assert browser.post(path).status_code == 403


def test_the_home_page_asks_for_a_first_import_until_there_is_one(browser):
    assert shown(browser.get("/")).link("Import studies") == "/studies/import"
    browser.post(browser.post("/studies/import", data=file()).location)
    assert "Import studies" not in shown(browser.get("/")).links


@pytest.fixture
def command(app, tmp_path):
    """command(content, "studies", ...) writes a file and runs `rpe import` on it."""

    def run(content, what, *options):
        path = tmp_path / "file.csv"
        path.write_bytes(content)
        return app.test_cli_runner().invoke(import_group, [what, str(path), *options])

    return run


def test_the_command_imports_and_prints_the_report(command, session, look_again):
    result = command(GOOD, "studies")
    assert result.exit_code == 0
    assert "ClinicalTrials.gov: 2 new, 0 changed, 0 same, 0 less recent, 1 refused." in result.stdout
    assert "line 4: Bad: NCT numbers are NCT and eight digits" in result.stderr
    look_again()
    assert number_of(session, Study) == 2
    assert "0 new, 0 changed, 2 same, 0 less recent, 1 refused" in command(GOOD, "studies").stdout


def test_the_dry_run_of_the_command_writes_nothing(command, session):
    result = command(TRUST, "organisations", "--dry-run")
    assert (result.exit_code, "Dry run: nothing was written." in result.stdout) == (0, True)
    assert number_of(session, Organisation) == 0


@pytest.mark.parametrize("what", ["studies", "organisations"])
def test_the_command_ends_with_status_2_and_one_sentence_when_the_file_cannot_be_used(command, session, what):
    result = command(b"Name\nAnn\n", what)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert number_of(session, Study) == 0


def test_the_command_asks_for_a_file_that_exists():
    result = CliRunner().invoke(import_group, ["studies", "nowhere.csv"])
    assert result.exit_code == 2
    assert "does not exist" in result.stderr
