"""A file with column names of its own: somebody says once which column is which."""

import io

import pytest
from sqlalchemy import select

from app.import_commands import import_group
from app.models.operations.registry_files import ColumnNames, UploadedFile
from app.models.people import Role
from app.models.studies import Study
from tests.screen import shown

OWN = b"Ref,Project,Stage,Rubbish\nNCT01234567,Walking,RECRUITING,x\nNCT01234568,Talking,COMPLETED,y\n"
SAME_NAMES = b"STAGE,ref,Rubbish,project\nRECRUITING,NCT01234569,z,Running\n"
SAID = {"column_0": "NCT Number", "column_1": "Study Title", "column_2": "Study Status", "column_3": ""}


@pytest.fixture
def browser(sign_in, build):
    return sign_in(build.person(Role.ADMINISTRATOR))


def upload(browser, content=OWN, kind="studies"):
    return browser.post("/studies/import", data={"kind": kind, "file": (io.BytesIO(content), "own.csv")}).location


@pytest.fixture
def address(browser):
    return f"{upload(browser)}/columns"


def test_a_file_with_other_names_is_asked_about_with_a_guess_and_an_example_for_each(browser):
    answer = browser.get(upload(browser))
    assert answer.status_code == 303
    page = shown(browser.get(answer.location))
    assert page.heading == "Which column is which?"
    assert page.fields == ["“Ref”", "“Project”", "“Stage”", "“Rubbish”"]
    assert page.field("“Ref”").value == "NCT Number"
    assert page.says("For instance NCT01234567")


def test_what_was_said_leads_to_the_dry_run_and_the_import_as_usual(browser, address, session, look_again):
    dry_run = browser.post(address, data=SAID).location
    page = shown(browser.get(dry_run))
    assert page.heading == "What the file would change"
    assert page.items[0] == "2 new"
    assert page.link("See or change which column is which") == address
    browser.post(dry_run)
    look_again()
    assert session.scalars(select(Study.title).order_by(Study.title)).all() == ["Talking", "Walking"]


def test_the_next_file_with_the_same_names_is_not_asked_about_again(browser, address, session):
    browser.post(address, data=SAID)
    page = shown(browser.get(upload(browser, SAME_NAMES)))
    assert page.heading == "What the file would change"
    assert page.items[0] == "1 new"
    asked = shown(browser.get(page.link("See or change which column is which")))
    assert asked.field("“project”").value == "Study Title"


def test_an_answer_may_be_changed(browser, address, session, look_again):
    browser.post(address, data=SAID)
    page = shown(browser.get(address))
    assert [page.field(f"“{name}”").value for name in ("Ref", "Rubbish")] == ["NCT Number", "Leave it out"]
    browser.post(address, data={**SAID, "column_3": "Acronym"})
    look_again()
    assert session.scalars(select(ColumnNames.columns)).one()["Rubbish"] == "Acronym"


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"column_0": "NCT Number"}, "Say also which column is “Study Title”"),
        ({"column_0": "Study Title", "column_1": "Study Title", "column_2": "NCT Number"}, "choose one of the two"),
        ({}, "Say at least which column is the title"),
    ],
)
def test_answers_that_are_not_enough_are_refused_and_kept(browser, address, session, said, complaint):
    empty = {f"column_{at}": "" for at in range(4)}
    answer = browser.post(address, data={**empty, **said})
    page = shown(answer)
    assert answer.status_code == 422
    assert complaint in " ".join(page.errors)
    assert page.field("“Ref”").value == (said.get("column_0") or "Leave it out")
    assert session.scalars(select(ColumnNames)).all() == []


def test_nothing_is_imported_while_nobody_has_said(browser, address, session):
    answer = browser.post(address.removesuffix("/columns"))
    assert (answer.status_code, shown(answer).paragraphs[0]) == (422, "Say first which column is which.")
    assert session.scalars(select(Study)).all() == []


def test_a_file_of_organisations_has_no_such_question(browser, session):
    row = b'"RJ1","TRUST"' + b',""' * 7 + b',"SE1 9RT","19910401"' + b',""' * 16 + b"\n"
    assert browser.get(f"{upload(browser, row, 'organisations')}/columns").status_code == 422


def test_a_stranger_and_the_wrong_role_do_not_see_the_question(sign_in, build, address, look_again):
    look_again()
    other = sign_in(build.person(Role.ADMINISTRATOR))
    assert (other.get(address).status_code, other.post(address, data=SAID).status_code) == (404, 404)
    coordinator = sign_in(build.coordinator(build.network()))
    assert (coordinator.get(address).status_code, coordinator.post(address, data=SAID).status_code) == (403, 403)


def test_a_file_whose_columns_are_not_known_yet_may_be_dropped(browser, address, session):
    assert browser.post(f"{address.removesuffix('/columns')}/cancel").status_code == 303
    assert session.scalars(select(UploadedFile)).all() == []


@pytest.fixture
def command(app, tmp_path):
    def run(content, *options):
        path = tmp_path / "own.csv"
        path.write_bytes(content)
        return app.test_cli_runner().invoke(import_group, ["studies", str(path), *options])

    return run


COLUMNS = ("--column", "Study Title=Project", "--column", "nct number=Ref", "--column", "Study Status=Stage")


def test_the_command_names_the_columns_and_says_how_to_answer(command):
    result = command(OWN)
    assert result.exit_code == 2
    assert "'Ref' (such as 'NCT01234567'): --column 'NCT Number=Ref'" in result.stderr
    assert "'Rubbish' (such as 'x'): no guess" in result.stderr


def test_the_command_takes_the_answers_and_remembers_them(command, session):
    dry = command(OWN, *COLUMNS, "--dry-run")
    assert (dry.exit_code, "2 new" in dry.stdout) == (0, True)
    assert session.scalars(select(ColumnNames)).all() == []
    assert "2 new" in command(OWN, *COLUMNS).stdout
    assert "1 new" in command(SAME_NAMES).stdout


@pytest.mark.parametrize("option", ["Colour=Stage", "Study Title", "Study Title="])
def test_an_answer_that_means_nothing_is_refused_with_what_would(command, option):
    result = command(OWN, "--column", option)
    assert result.exit_code == 2
    assert "write one of Short Name," in result.stderr


def test_the_dry_run_of_the_command_tells_old_and_new(command):
    command(b"NCT Number,Study Title\nNCT01234567,Walking\n")
    out = command(b"NCT Number,Study Title\nNCT01234567,Running\n", "--dry-run").stdout
    assert "line 2: Walking: changed\n    Title: Walking -> Running\n" in out


def test_the_command_says_how_many_rows_it_does_not_tell_of(command):
    def rows(title):
        return b"NCT Number,Study Title\n" + b"".join(b"NCT%08d,%s\n" % (n, title) for n in range(60))

    command(rows(b"Walking"))
    assert "and 10 more changed rows: --all shows them" in command(rows(b"Running"), "--dry-run").stdout
    assert "more changed rows" not in command(rows(b"Running"), "--dry-run", "--all").stdout
